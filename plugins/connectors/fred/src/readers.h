// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"

namespace chrona::fred {

using Drafts = Result<std::vector<connect::Draft>>;

/// Values of one series, and what was published of it as events (releases.h). The beginning of a
/// value's real-time period is the day of its vintage: known from the next midnight in Chicago on,
/// because FRED tells days and no hours.
[[nodiscard]] Drafts readObservations(formats::JsonValue root, const connect::RawItem &item);
[[nodiscard]] Drafts readSeriesList(formats::JsonValue root);
[[nodiscard]] Drafts readReleaseDates(formats::JsonValue root);

} // namespace chrona::fred
