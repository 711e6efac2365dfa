// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"

namespace chrona::macrocalendar {

using Drafts = Result<std::vector<connect::Draft>>;

/// Entries become events of the type calendar_entry at the time they are scheduled for, which may
/// lie ahead. Moved entries are revisions of the same event, cancelled ones retractions.
[[nodiscard]] Drafts readIcs(const connect::RawItem &item);
/// {"Gross Domestic Product": {"release_dates": ["2026-09-30T12:30:00+00:00", …]}, …}
[[nodiscard]] Drafts readBeaDates(const connect::RawItem &item);
/// {"events": [{"title", "time": "2:00 p.m.", "month": "2026-10", "days": "27-28", …}]}
[[nodiscard]] Drafts readFedCalendar(const connect::RawItem &item);

/// {"data": [{"security_type", "security_term", "auction_date", "cusip", "offering_amt", …}]}, all
/// of it texts, "null" among them.
[[nodiscard]] Drafts readTreasuryAuctions(const connect::RawItem &item);

} // namespace chrona::macrocalendar
