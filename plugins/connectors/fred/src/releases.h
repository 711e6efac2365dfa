// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"

#include <optional>
#include <string_view>

namespace chrona::fred {

/// What is known of the series whose values a payload holds.
struct ReleasedSeries {
    std::string_view id;
    schema::Frequency frequency = schema::Frequency::Irregular;
};

/// The publications of a weekly or rarer series as events of the day on which FRED had them: what a
/// vintage says of the newest period, what was known of the one before, and how it was revised. A
/// vintage that says nothing of the newest period is none; nor is the beginning of what was asked
/// for, which FRED states as if everything before had been published then.
void addReleases(formats::JsonValue root, const ReleasedSeries &series, Instant fetchedAt,
                 connect::DraftList &list);

/// The day from which on FRED had a value, or at the latest; it may have begun before the period
/// that was asked for. nullopt: since ever, as far as FRED knows.
[[nodiscard]] std::optional<Date> vintageOf(formats::JsonValue observation);
/// The first moment at which a vintage of that day was certainly known.
[[nodiscard]] Instant knownAfter(Date day);

} // namespace chrona::fred
