// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <string_view>

namespace chrona::formats {

/// A date as feeds write it: RFC 822 and 2822 with all that writers make of them, ISO 8601
/// (calendar, ordinal and week dates, shortened and two-digit years), asctime, Perforce, and the
/// forms of Greek, Hungarian and Korean publishers.
///
/// A time without an offset is UTC, except Korean ones, which are Korea's. An unknown zone name is
/// UTC, as RFC 2822 has it. A date without a time is its midnight; without a day, the first.
/// Two-digit years are 1990 to 2089. Nothing depends on today: what lacks a year is refused.
/// Pure, any thread. Fails with InvalidInput on what is no date, and on a date that never was: 31
/// June, 25 o'clock, the year 0.
[[nodiscard]] Result<Instant> parseFeedDate(std::string_view text);

} // namespace chrona::formats
