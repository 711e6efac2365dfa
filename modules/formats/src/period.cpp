// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/period.h"

#include <charconv>
#include <cmath>
#include <format>
#include <optional>

namespace chrona::formats {
namespace {

using namespace std::chrono;
using schema::Frequency;

constexpr double kNumberMax = 1e30;
constexpr int kYearMax = 9998; // so that the end of the period can be written too

std::unexpected<Error> noPeriod(std::string_view text)
{
    return fail(ErrorCode::InvalidInput,
                std::format("\"{}\" is no period that the calendar has", text.substr(0, 40)));
}

std::optional<int> digits(std::string_view text)
{
    int value = 0;
    if (text.empty() || text.size() > 4)
        return std::nullopt;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

Period between(Date from, Date until, Frequency frequency)
{
    return {from, until, frequency};
}

/// A part of a year that is a whole number of months.
std::optional<Period> monthsOf(year y, int number, int monthsEach, Frequency frequency)
{
    if (number < 1 || number > 12 / monthsEach)
        return std::nullopt;
    const year_month first = y / January + months((number - 1) * monthsEach);
    return between(sys_days(first / 1), sys_days((first + months(monthsEach)) / 1), frequency);
}

/// Week 1 is the one with the first Thursday of the year.
std::optional<Period> weekOf(year y, int number)
{
    const auto mondayOfFirst = [](year of) {
        const Date fourth = sys_days(of / January / 4);
        return fourth - (weekday(fourth) - Monday);
    };
    const Date monday = mondayOfFirst(y) + weeks(number - 1);
    if (number < 1 || monday >= mondayOfFirst(y + years(1)))
        return std::nullopt;
    return between(monday, monday + weeks(1), Frequency::Week);
}

std::optional<Period> dayOf(year y, int number)
{
    const Date day = sys_days(y / January / 1) + days(number - 1);
    if (number < 1 || day >= sys_days((y + years(1)) / January / 1))
        return std::nullopt;
    return between(day, day + days(1), Frequency::Day);
}

std::optional<Period> lettered(year y, char letter, int number)
{
    switch (letter) {
    case 'A': return monthsOf(y, number, 12, Frequency::Year);
    case 'S':
    case 'H': return monthsOf(y, number, 6, Frequency::Irregular);
    case 'T': return monthsOf(y, number, 4, Frequency::Irregular);
    case 'Q': return monthsOf(y, number, 3, Frequency::Quarter);
    case 'M': return monthsOf(y, number, 1, Frequency::Month);
    case 'W': return weekOf(y, number);
    case 'D': return dayOf(y, number);
    default: return std::nullopt;
    }
}

std::optional<Period> dated(std::string_view text)
{
    if (text.size() == 10) {
        const auto day = parseDate(text);
        if (day)
            return between(*day, *day + days(1), Frequency::Day);
        return std::nullopt;
    }
    if (text.size() == 13 && text[10] == 'T') {
        const auto day = parseDate(text.substr(0, 10));
        const auto hour = digits(text.substr(11));
        if (!day || !hour || *hour > 23)
            return std::nullopt;
        const Instant from = *day + hours(*hour);
        return Period{from, from + hours(1), Frequency::Hour};
    }
    if (const auto at = parseInstant(text); at && text.size() > 13)
        return Period{*at, *at, Frequency::Tick};
    return std::nullopt;
}

std::optional<Period> readPeriod(std::string_view text)
{
    const auto number = digits(text.substr(0, 4));
    if (!number || *number < 1 || *number > kYearMax)
        return std::nullopt;
    const year y(*number);
    std::string_view rest = text.substr(4);
    if (rest.empty())
        return monthsOf(y, 1, 12, Frequency::Year);
    if (rest.starts_with('-') && rest.size() == 3)
        if (const auto month = digits(rest.substr(1)))
            return monthsOf(y, *month, 1, Frequency::Month);
    if (rest.size() >= 6)
        return dated(text);
    if (rest.starts_with('-'))
        rest.remove_prefix(1);
    if (rest.size() < 2)
        return std::nullopt;
    const auto part = digits(rest.substr(1));
    return part ? lettered(y, rest.front(), *part) : std::nullopt;
}

} // namespace

Result<Period> parsePeriod(std::string_view text)
{
    if (text.size() < 4)
        return noPeriod(text);
    if (const auto period = readPeriod(text))
        return *period;
    return noPeriod(text);
}

Result<double> parseNumber(std::string_view text)
{
    std::string_view rest = text;
    if (rest.starts_with('+'))
        rest.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    const bool signTwice = rest.size() < text.size() && rest.starts_with('-');
    if (error == std::errc::invalid_argument || signTwice || end != rest.data() + rest.size() ||
        std::isnan(value) || (std::isinf(value) && error == std::errc{}))
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" is no number", text.substr(0, 40)));
    if (error == std::errc::result_out_of_range || std::abs(value) > kNumberMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is larger than any statistic", text.substr(0, 40)));
    return value;
}

} // namespace chrona::formats
