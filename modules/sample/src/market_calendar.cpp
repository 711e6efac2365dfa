// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market_calendar.h"

namespace chrona::sample {

namespace {

using namespace std::chrono;

Date nthWeekday(year y, month m, weekday day, unsigned n)
{
    return sys_days(y / m / day[n]);
}

/// Gauss' rule for the Gregorian calendar, in the anonymous form of 1876.
Date easterSunday(int y)
{
    const int a = y % 19;
    const int b = y / 100;
    const int c = y % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int monthNumber = (h + l - 7 * m + 114) / 31;
    const int dayNumber = (h + l - 7 * m + 114) % 31 + 1;
    return sys_days(year(y) / month(static_cast<unsigned>(monthNumber)) /
                    day(static_cast<unsigned>(dayNumber)));
}

/// A fixed holiday on a Saturday is kept on Friday, one on a Sunday on Monday.
bool isKeptOn(Date date, Date holiday)
{
    const weekday day(holiday);
    if (day == Saturday)
        return date == holiday - days(1);
    if (day == Sunday)
        return date == holiday + days(1);
    return date == holiday;
}

bool isDaylightSaving(Date date)
{
    const year y = year_month_day(date).year();
    return date >= nthWeekday(y, March, Sunday, 2) && date < nthWeekday(y, November, Sunday, 1);
}

} // namespace

bool isUsMarketHoliday(Date date)
{
    const year y = year_month_day(date).year();
    // New Year's Day on a Saturday is not kept: the exchanges' books close on that Friday.
    const Date newYear = sys_days(y / January / 1);
    if (date == newYear || (weekday(newYear) == Sunday && date == newYear + days(1)))
        return true;
    return date == nthWeekday(y, January, Monday, 3) ||
           date == nthWeekday(y, February, Monday, 3) ||
           date == easterSunday(static_cast<int>(y)) - days(2) ||
           date == Date(sys_days(y / May / Monday[last])) ||
           (y >= year(2022) && isKeptOn(date, sys_days(y / June / 19))) ||
           isKeptOn(date, sys_days(y / July / 4)) || date == nthWeekday(y, September, Monday, 1) ||
           date == nthWeekday(y, November, Thursday, 4) ||
           isKeptOn(date, sys_days(y / December / 25));
}

std::vector<TradingDay> tradingDays(Instant begin, Instant end)
{
    std::vector<TradingDay> result;
    for (Date date = floor<days>(begin); date <= floor<days>(end); date += days(1)) {
        const weekday day(date);
        if (day == Saturday || day == Sunday || isUsMarketHoliday(date))
            continue;
        const hours offset(isDaylightSaving(date) ? 4 : 5);
        const TradingDay trading{date, date + offset + minutes(570), date + offset + hours(16)};
        if (trading.closesAt > begin && trading.closesAt <= end)
            result.push_back(trading);
    }
    return result;
}

} // namespace chrona::sample
