// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

namespace chrona::workspace {

/// Cancels its request when asked; does nothing when the request has ended. Cheap to copy.
class RequestHandle {
public:
    RequestHandle() = default;
    explicit RequestHandle(std::function<void()> cancel) : m_cancel(std::move(cancel)) {}
    void cancel() const
    {
        if (m_cancel)
            m_cancel();
    }

private:
    std::function<void()> m_cancel;
};

} // namespace chrona::workspace
