// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace chrona::service {

/// Has features refreshed soon after events came in, but not with each batch: what comes until a
/// refresh is due is in it, and refreshes keep their distance. A value; one thread at a time.
class FeatureTrigger {
public:
    static constexpr Duration kSettle = std::chrono::minutes(2); ///< more of the same comes by then
    static constexpr Duration kDistance = std::chrono::minutes(10);

    /// When to refresh for events that are stored now; nullopt: the refresh that is due takes them.
    [[nodiscard]] std::optional<Instant> eventsCame(Instant now)
    {
        if (m_due && now <= *m_due)
            return std::nullopt;
        const Instant soon = now + kSettle;
        m_due = m_due ? std::max(soon, *m_due + kDistance) : soon;
        return m_due;
    }

private:
    std::optional<Instant> m_due;
};

} // namespace chrona::service
