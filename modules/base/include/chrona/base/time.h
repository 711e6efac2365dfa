// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace chrona {

/// A moment in UTC. Microseconds, because that is what Postgres keeps.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;
using Date = std::chrono::sys_days;

/// "2026-11-21T09:30:00Z", with a fraction only where there is one.
[[nodiscard]] std::string formatInstant(Instant instant);
[[nodiscard]] std::string formatDate(Date date);

/// ISO 8601 date or date-time; a time without an offset is UTC. Years 0001 to 9999.
[[nodiscard]] Result<Instant> parseInstant(std::string_view text);
/// "2026-11-21" only.
[[nodiscard]] Result<Date> parseDate(std::string_view text);
/// "90s", "15m", "36h", "3d", "2w": a whole number with a unit.
[[nodiscard]] Result<Duration> parseDuration(std::string_view text);

} // namespace chrona
