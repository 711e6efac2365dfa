// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.h"

#include "chrona/schema/briefing_blocks.h"

#include <array>
#include <cmath>
#include <format>

namespace chrona::briefing {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 11> kOrdinals{"zeroth", "first", "second", "third",
                                                     "fourth", "fifth", "sixth",  "seventh",
                                                     "eighth", "ninth", "tenth"};

std::string ordinalDigits(int number)
{
    const int tens = number % 100;
    std::string_view suffix = "th";
    if (tens < 11 || tens > 13) {
        switch (number % 10) {
        case 1: suffix = "st"; break;
        case 2: suffix = "nd"; break;
        case 3: suffix = "rd"; break;
        default: break;
        }
    }
    return std::format("{}{}", number, suffix);
}

} // namespace

std::string grouped(std::size_t count)
{
    return schema::formatQuantity({double(count), "", 0, schema::SignRule::MinusOnly});
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string ordinal(int number)
{
    if (number >= 0 && number < int(kOrdinals.size()))
        return std::string(kOrdinals[std::size_t(number)]);
    return ordinalDigits(number);
}

std::string percentile(double share)
{
    return ordinalDigits(int(std::lround(share * 100))) + " percentile";
}

std::string spokenDate(Date day)
{
    const std::chrono::year_month_day date(day);
    return std::format("{} {} {}", unsigned(date.day()), kMonths[unsigned(date.month()) - 1],
                       int(date.year()));
}

std::string spokenWeekday(Date day)
{
    return std::string(kWeekdays[std::chrono::weekday(day).c_encoding()]);
}

std::string spokenTime(Instant instant)
{
    const Date day = std::chrono::floor<std::chrono::days>(instant);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(instant - Instant(day)).count();
    return std::format("{}, {:02}:{:02} UTC", spokenDate(day), minutes / 60, minutes % 60);
}

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

std::string sigmas(double value)
{
    return schema::formatQuantity({value, "σ", 1, schema::SignRule::Always});
}

std::string withDecimals(double value, int decimals)
{
    return schema::formatQuantity({value, "", std::uint8_t(decimals), schema::SignRule::MinusOnly});
}

std::string capitalised(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = char(text[0] - 'a' + 'A');
    return text;
}

} // namespace chrona::briefing
