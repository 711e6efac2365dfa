// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/steps.h"

#include <format>
#include <utility>

namespace chrona::briefing {

Steps::Steps(std::stop_token stop, Tell tell) : m_stop(std::move(stop)), m_tell(std::move(tell)) {}

Status Steps::done()
{
    ++m_count;
    if (m_tell)
        m_tell(m_count, m_total);
    if (!isStopped())
        return {};
    return fail(ErrorCode::Cancelled,
                std::format("the briefing was broken off after step {} of {}", m_count, m_total));
}

} // namespace chrona::briefing
