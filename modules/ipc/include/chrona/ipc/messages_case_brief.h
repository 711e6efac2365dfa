// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_brief.h"
#include "chrona/ipc/messages_case.h"

#include <string>

namespace chrona::ipc {

/// The briefing of a day over what is pinned, with the person's own words. Made anew, not stored.
struct CaseBriefRequest {
    static constexpr std::uint16_t kType = 0x0c0a;
    using Reply = BriefingReply;
    schema::InvestigationId investigation;
    std::string day; ///< empty: the newest day with prices
    static constexpr auto fields()
    {
        return fieldList(required("case", &CaseBriefRequest::investigation),
                         field("day", &CaseBriefRequest::day));
    }
    friend bool operator==(const CaseBriefRequest &, const CaseBriefRequest &) = default;
};

} // namespace chrona::ipc
