// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/schema/investigation.h"

#include <string>
#include <string_view>
#include <vector>

namespace chrona::service {

/// A pinned search: the line that was typed over the events, with the types, box and time that were
/// pinned beside it. Words, "phrases in quotes", region:, source:, severity>= and confidence>= are
/// followed; another term is named in `unknown`. Pure; any thread.
class PinnedSearch {
public:
    explicit PinnedSearch(const schema::PinTarget &target);

    [[nodiscard]] bool takes(const schema::Event &event, std::string_view sourceKey) const;
    [[nodiscard]] const std::vector<std::string> &unknown() const { return m_unknown; }

private:
    void read(const std::string &term);

    schema::PinTarget m_target;
    std::vector<std::string> m_words; ///< folded
    std::vector<std::string> m_regions, m_sources, m_refusedRegions, m_refusedSources;
    float m_severityMin = 0, m_confidenceMin = 0;
    std::vector<std::string> m_unknown;
};

/// Whether it happened in the target's time, is of its types, and touches its box, where there is
/// one. A box with west > east goes across the anti-meridian.
[[nodiscard]] bool liesWithin(const schema::Event &event, const schema::PinTarget &target);

/// Whether a code is the region or a part of it: "US-TX" of "US".
[[nodiscard]] bool isOfRegion(std::string_view code, std::string_view region);

} // namespace chrona::service
