// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// When exchanges trade, by rule: no table to run out and no time zone data of the machine.
namespace chrona::schema {

enum class Calendar : std::uint8_t {
    AlwaysOpen, ///< "24x7": a session is a day in UTC
    NewYork,    ///< "XNYS": exact from 1993 on, by the rules that hold now for years to come
};

[[nodiscard]] std::string_view toString(Calendar calendar);
[[nodiscard]] std::optional<Calendar> calendarFrom(std::string_view code);

enum class SessionLength : std::uint8_t { Full, Half };

struct Session {
    Date day;
    Instant opensAt;
    Instant closesAt;
    SessionLength length = SessionLength::Full;
    friend bool operator==(const Session &, const Session &) = default;
};

/// nullopt: no trading on that day.
[[nodiscard]] std::optional<Session> sessionOn(Calendar calendar, Date day);
/// Why there is no session: "Good Friday", "weekend"; empty on a day with one.
[[nodiscard]] std::string_view closureOn(Calendar calendar, Date day);
/// Closed for what no rule foresees: mourning, a storm, an attack. What looks ahead from before
/// such a day must not know of it.
[[nodiscard]] bool isUnforeseenClosure(Calendar calendar, Date day);
/// When trading begins and ends on that day, or would if there were trading.
[[nodiscard]] Session ordinarySessionOn(Calendar calendar, Date day);

[[nodiscard]] Session sessionAfter(Calendar calendar, Date day);
[[nodiscard]] Session sessionBefore(Calendar calendar, Date day);
/// Sessions of the days in [begin, end), in order.
[[nodiscard]] std::vector<Session> sessionsBetween(Calendar calendar, Date begin, Date end);
[[nodiscard]] std::size_t sessionCount(Calendar calendar, Date begin, Date end);

/// Sunday of Easter in the Gregorian calendar.
[[nodiscard]] Date easterSunday(std::chrono::year year);
/// What New York's wall clock is ahead of UTC (negative), by United States law since 1967.
[[nodiscard]] Duration newYorkOffset(Instant instant);

} // namespace chrona::schema
