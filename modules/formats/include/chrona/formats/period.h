// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/schema/series.h"

#include <string_view>

namespace chrona::formats {

/// The stretch of time that a statistical value speaks of. Half-years and four-month terms have no
/// frequency of their own and are Irregular.
struct Period {
    Instant from, until; ///< [from, until)
    schema::Frequency frequency = schema::Frequency::Irregular;
    friend bool operator==(const Period &, const Period &) = default;
};

/// Reads how statistics name a period: "2019", "2019-A1", "2019-S1" (or H1), "2019-T2", "2019-Q1",
/// "2019Q1", "2019-01", "2019-M01", "2019M01", "2019-W05" (ISO 8601 week), "2019-D032",
/// "2019-01-15", "2019-01-15T13" (one hour) and date-times. Periods are in UTC: statistics state no
/// zone.
///
/// Pure. Refuses years outside 1 to 9998 and what the calendar does not have.
[[nodiscard]] Result<Period> parsePeriod(std::string_view text);

/// A finite decimal number with an optional sign and exponent, and nothing around it. Refuses NaN,
/// infinities, hexadecimal and what is beyond ±1e30: no statistic is that large, so it is a fault.
[[nodiscard]] Result<double> parseNumber(std::string_view text);

} // namespace chrona::formats
