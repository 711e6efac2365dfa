// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/calendar.h"

#include "enum_names.h"

#include <algorithm>
#include <array>

namespace chrona::schema {
namespace {

using namespace std::chrono;

constexpr auto kCodes = enumNames<Calendar>("24x7", "XNYS");

struct DatedName {
    Date day;
    std::string_view name;
};

constexpr Date on(int y, unsigned m, unsigned d)
{
    return sys_days(year(y) / month(m) / day(d));
}

/// Days on which New York stayed shut for what no rule foresees.
constexpr std::array kSpecialClosures{
    DatedName{on(1994, 4, 27), "funeral of President Nixon"},
    DatedName{on(2001, 9, 11), "attacks of 11 September"},
    DatedName{on(2001, 9, 12), "attacks of 11 September"},
    DatedName{on(2001, 9, 13), "attacks of 11 September"},
    DatedName{on(2001, 9, 14), "attacks of 11 September"},
    DatedName{on(2004, 6, 11), "funeral of President Reagan"},
    DatedName{on(2007, 1, 2), "mourning for President Ford"},
    DatedName{on(2012, 10, 29), "Hurricane Sandy"},
    DatedName{on(2012, 10, 30), "Hurricane Sandy"},
    DatedName{on(2018, 12, 5), "mourning for President G. H. W. Bush"},
    DatedName{on(2025, 1, 9), "mourning for President Carter"},
};

/// Half days that no rule foresees.
constexpr std::array kSpecialHalfDays{on(1997, 12, 26), on(1999, 12, 31), on(2003, 12, 26)};

Date nth(year y, month m, weekday w, unsigned index)
{
    return sys_days(y / m / w[index]);
}

Date lastOf(year y, month m, weekday w)
{
    return sys_days(y / m / w[last]);
}

/// A holiday of fixed date moves to Friday from Saturday and to Monday from Sunday.
Date observed(Date day)
{
    const weekday w{day};
    if (w == Saturday)
        return day - days(1);
    return w == Sunday ? day + days(1) : day;
}

std::string_view holidayOf(Date day, year y)
{
    const int number = int(y);
    // New Year's Day on a Saturday is not made up for: the Friday before closes the old year's
    // books.
    const Date newYear = sys_days(y / January / 1);
    if (day == (weekday(newYear) == Sunday ? newYear + days(1) : newYear))
        return "New Year's Day";
    if (number >= 1998 && day == nth(y, January, Monday, 3))
        return "Martin Luther King Jr. Day";
    if (day == nth(y, February, Monday, 3))
        return "Washington's Birthday";
    if (day == easterSunday(y) - days(2))
        return "Good Friday";
    if (day == lastOf(y, May, Monday))
        return "Memorial Day";
    if (number >= 2022 && day == observed(sys_days(y / June / 19)))
        return "Juneteenth";
    if (day == observed(sys_days(y / July / 4)))
        return "Independence Day";
    if (day == nth(y, September, Monday, 1))
        return "Labor Day";
    if (day == nth(y, November, Thursday, 4))
        return "Thanksgiving Day";
    if (day == observed(sys_days(y / December / 25)))
        return "Christmas Day";
    return {};
}

std::string_view newYorkClosure(Date day)
{
    const weekday w{day};
    if (w == Saturday || w == Sunday)
        return "weekend";
    const year_month_day date{day};
    if (const auto name = holidayOf(day, date.year()); !name.empty())
        return name;
    const auto special = std::ranges::find(kSpecialClosures, day, &DatedName::day);
    return special != kSpecialClosures.end() ? special->name : std::string_view();
}

bool isHalfDayByIndependenceDay(Date day, year y)
{
    const Date holiday = sys_days(y / July / 4);
    const weekday w{holiday};
    if (day == holiday - days(1)) {
        // Before 2013 a Thursday's holiday took its half day from the Friday after it.
        return w == Tuesday || w == Wednesday || w == Friday || (w == Thursday && int(y) >= 2013);
    }
    return day == holiday + days(1) && w == Thursday && int(y) < 2013;
}

/// Asked only for days with a session.
bool isHalfDay(Date day)
{
    const year y = year_month_day(day).year();
    if (day == nth(y, November, Thursday, 4) + days(1))
        return true;
    if (day == Date(sys_days(y / December / 24)))
        return true;
    return isHalfDayByIndependenceDay(day, y) || std::ranges::contains(kSpecialHalfDays, day);
}

/// Daylight saving time of one year, as days on which clocks change at 2:00.
struct DaylightSaving {
    Date begins, ends;
};

DaylightSaving daylightSavingOf(year y)
{
    const int number = int(y);
    if (number >= 2007)
        return {nth(y, March, Sunday, 2), nth(y, November, Sunday, 1)};
    if (number == 1974)
        return {on(1974, 1, 6), lastOf(y, October, Sunday)};
    if (number == 1975)
        return {on(1975, 2, 23), lastOf(y, October, Sunday)};
    if (number >= 1987)
        return {nth(y, April, Sunday, 1), lastOf(y, October, Sunday)};
    return {lastOf(y, April, Sunday), lastOf(y, October, Sunday)};
}

Instant newYorkInstant(Date day, Duration timeOfDay)
{
    // Sessions lie hours from the change at 2:00, so the offset at noon is that of the session.
    const Instant noonUtc = Instant(day) + hours(17);
    return Instant(day) + timeOfDay - newYorkOffset(noonUtc);
}

constexpr Duration kOpens = hours(9) + minutes(30);
constexpr Duration kCloses = hours(16);
constexpr Duration kClosesEarly = hours(13);

} // namespace

std::string_view toString(Calendar calendar)
{
    return kCodes.nameOf(calendar);
}

std::optional<Calendar> calendarFrom(std::string_view code)
{
    return kCodes.valueOf(code);
}

Date easterSunday(year y)
{
    // The anonymous Gregorian computus of 1876.
    const int number = int(y);
    const int a = number % 19, b = number / 100, c = number % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int sum = h + l - 7 * m + 114;
    return on(number, unsigned(sum / 31), unsigned(sum % 31 + 1));
}

Duration newYorkOffset(Instant instant)
{
    constexpr Duration kStandard = -hours(5);
    // The year by standard time; the change of year is far from both changes of clocks.
    const year y = year_month_day(floor<days>(instant + kStandard)).year();
    const DaylightSaving rule = daylightSavingOf(y);
    const Instant begins = Instant(rule.begins) + hours(2) - kStandard;
    const Instant ends = Instant(rule.ends) + hours(1) - kStandard;
    return instant >= begins && instant < ends ? kStandard + hours(1) : kStandard;
}

std::optional<Session> sessionOn(Calendar calendar, Date day)
{
    if (calendar == Calendar::AlwaysOpen)
        return Session{day, Instant(day), Instant(day) + days(1), SessionLength::Full};
    if (!newYorkClosure(day).empty())
        return std::nullopt;
    const bool half = isHalfDay(day);
    return Session{day, newYorkInstant(day, kOpens),
                   newYorkInstant(day, half ? kClosesEarly : kCloses),
                   half ? SessionLength::Half : SessionLength::Full};
}

std::string_view closureOn(Calendar calendar, Date day)
{
    return calendar == Calendar::NewYork ? newYorkClosure(day) : std::string_view();
}

bool isUnforeseenClosure(Calendar calendar, Date day)
{
    return calendar == Calendar::NewYork &&
           std::ranges::contains(kSpecialClosures, day, &DatedName::day);
}

Session ordinarySessionOn(Calendar calendar, Date day)
{
    if (const auto session = sessionOn(calendar, day))
        return *session;
    return {day, newYorkInstant(day, kOpens), newYorkInstant(day, kCloses), SessionLength::Full};
}

Session sessionAfter(Calendar calendar, Date day)
{
    for (;;) {
        day += days(1);
        if (const auto session = sessionOn(calendar, day))
            return *session;
    }
}

Session sessionBefore(Calendar calendar, Date day)
{
    for (;;) {
        day -= days(1);
        if (const auto session = sessionOn(calendar, day))
            return *session;
    }
}

std::vector<Session> sessionsBetween(Calendar calendar, Date begin, Date end)
{
    std::vector<Session> sessions;
    for (Date day = begin; day < end; day += days(1)) {
        if (const auto session = sessionOn(calendar, day))
            sessions.push_back(*session);
    }
    return sessions;
}

std::size_t sessionCount(Calendar calendar, Date begin, Date end)
{
    std::size_t count = 0;
    for (Date day = begin; day < end; day += days(1))
        count += closureOn(calendar, day).empty() ? 1 : 0;
    return count;
}

} // namespace chrona::schema
