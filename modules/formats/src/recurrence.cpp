// SPDX-License-Identifier: AGPL-3.0-or-later
#include "recurrence.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>

namespace chrona::formats {
namespace {

using namespace std::chrono;
using Every = Recurrence::Every;

constexpr std::array<std::string_view, 7> kDayNames{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr int kPeriodsMax = 20'000; // of a rule that never matches (30 February)

std::optional<int> integer(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// False when a part of the list cannot be read.
template <class Take> bool eachPart(std::string_view list, Take take)
{
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        if (!take(list.substr(begin, end - begin)))
            return false;
        begin = end + 1;
    }
    return true;
}

bool takeWeekday(std::string_view text, Recurrence &rule)
{
    if (text.size() < 2)
        return false;
    const auto name = std::ranges::find(kDayNames, text.substr(text.size() - 2));
    const std::string_view number = text.substr(0, text.size() - 2);
    const auto nth = number.empty() ? std::optional(0) : integer(number);
    if (name == kDayNames.end() || !nth || *nth < -5 || *nth > 5)
        return false;
    rule.weekdays.push_back({weekday(static_cast<unsigned>(name - kDayNames.begin())), *nth});
    return true;
}

bool takeBetween(std::string_view text, int low, int high, auto &list)
{
    const auto value = integer(text);
    if (!value || *value < low || *value > high || *value == 0)
        return false;
    list.push_back(static_cast<std::ranges::range_value_t<decltype(list)>>(*value));
    return true;
}

bool takeFrequency(std::string_view value, Recurrence &rule)
{
    constexpr std::array<std::string_view, 4> kNames{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    const auto name = std::ranges::find(kNames, value);
    if (name == kNames.end())
        return false;
    rule.every = static_cast<Every>(name - kNames.begin());
    return true;
}

bool takePart(std::string_view name, std::string_view value, Recurrence &rule)
{
    if (name == "FREQ")
        return takeFrequency(value, rule);
    if (name == "INTERVAL") {
        rule.interval = integer(value).value_or(0);
        return rule.interval >= 1 && rule.interval <= 1000;
    }
    if (name == "COUNT") {
        const int count = integer(value).value_or(0);
        rule.count = static_cast<std::size_t>(count);
        return count >= 1;
    }
    if (name == "UNTIL") {
        rule.until =
            parseBasicTime(value.ends_with('Z') ? value.substr(0, value.size() - 1) : value);
        if (rule.until && value.size() == 8)
            *rule.until += days(1) - microseconds(1);
        return rule.until.has_value();
    }
    if (name == "BYDAY")
        return eachPart(value, [&](auto part) { return takeWeekday(part, rule); });
    if (name == "BYMONTHDAY")
        return eachPart(value,
                        [&](auto part) { return takeBetween(part, -31, 31, rule.monthDays); });
    if (name == "BYMONTH")
        return eachPart(value, [&](auto part) { return takeBetween(part, 1, 12, rule.months); });
    return name == "WKST" && value == "MO";
}

bool isIn(const Recurrence &rule, year_month month)
{
    return rule.months.empty() ||
           std::ranges::contains(rule.months, static_cast<unsigned>(month.month()));
}

/// The days of a month that the rule names; without a name, the day of the first occurrence.
std::vector<local_days> daysOf(const Recurrence &rule, year_month month, day usual)
{
    std::vector<local_days> found;
    const local_days begin{month / 1}, end{(month + months(1)) / 1};
    const auto add = [&](local_days at) {
        if (at >= begin && at < end)
            found.push_back(at);
    };
    if (!isIn(rule, month))
        return found;
    for (const int number : rule.monthDays)
        add(number > 0 ? begin + days(number - 1) : end + days(number));
    for (const auto &[day, number] : rule.weekdays) {
        if (number > 0)
            add(begin + (day - weekday(begin)) + weeks(number - 1));
        else if (number < 0)
            add(end - days(1) - (weekday(end - days(1)) - day) + weeks(number + 1));
        else
            for (local_days at = begin + (day - weekday(begin)); at < end; at += weeks(1))
                add(at);
    }
    if (rule.monthDays.empty() && rule.weekdays.empty() && (month / usual).ok())
        add(local_days{month / usual});
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

/// The days of the n-th day, week, month or year of the rule.
std::vector<local_days> daysOfPeriod(const Recurrence &rule, local_days first, int number)
{
    const year_month_day start(first);
    const int step = number * rule.interval;
    std::vector<local_days> found;
    switch (rule.every) {
    case Every::Day: {
        const local_days at = first + days(step);
        const year_month_day date(at);
        const bool named = std::ranges::any_of(
            rule.weekdays, [&](const auto &entry) { return entry.day == weekday(at); });
        if (isIn(rule, date.year() / date.month()) && (rule.weekdays.empty() || named))
            found.push_back(at);
        break;
    }
    case Every::Week: {
        const local_days monday = first - (weekday(first) - Monday) + weeks(step);
        for (const auto &entry : rule.weekdays)
            found.push_back(monday + (entry.day - Monday));
        if (rule.weekdays.empty())
            found.push_back(first + weeks(step));
        std::ranges::sort(found);
        break;
    }
    case Every::Month:
        return daysOf(rule, start.year() / start.month() + months(step), start.day());
    case Every::Year:
        for (unsigned month = 1; month <= 12; ++month)
            if (!rule.months.empty() || std::chrono::month(month) == start.month()) {
                const auto part = daysOf(
                    rule, (start.year() + years(step)) / std::chrono::month(month), start.day());
                found.insert(found.end(), part.begin(), part.end());
            }
        break;
    }
    return found;
}

} // namespace

std::optional<WallTime> parseBasicTime(std::string_view text)
{
    const bool hasTime = text.size() == 15 && text[8] == 'T';
    if (text.size() != 8 && !hasTime)
        return std::nullopt;
    std::string spread =
        std::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    if (hasTime)
        spread +=
            std::format("T{}:{}:{}", text.substr(9, 2), text.substr(11, 2), text.substr(13, 2));
    return parseWallTime(spread);
}

Result<Recurrence> parseRecurrence(std::string_view rule)
{
    Recurrence read;
    bool hasFrequency = false;
    for (std::size_t begin = 0; begin < rule.size();) {
        const std::size_t end = std::min(rule.find(';', begin), rule.size());
        const std::string_view part = rule.substr(begin, end - begin);
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view value = part.substr(std::min(equals + 1, part.size()));
        if (!takePart(part.substr(0, equals), value, read))
            return fail(ErrorCode::InvalidInput,
                        std::format("the rule \"{}\" is not followed", part.substr(0, 80)));
        hasFrequency |= part.starts_with("FREQ");
        begin = end + 1;
    }
    if (!hasFrequency)
        return fail(ErrorCode::InvalidInput, "the rule has no FREQ");
    return read;
}

std::vector<WallTime> occurrencesOf(const Recurrence &rule, WallTime first, std::size_t max)
{
    std::vector<WallTime> found;
    const local_days firstDay = floor<days>(first);
    const Duration time = first - firstDay;
    const std::size_t wanted = std::min(rule.count.value_or(max), max);
    for (int number = 0; number < kPeriodsMax; ++number)
        for (const local_days day : daysOfPeriod(rule, firstDay, number)) {
            const WallTime at = day + time;
            if (at < first)
                continue;
            if ((rule.until && at > *rule.until) || found.size() == wanted ||
                year_month_day(day).year() > year(9998))
                return found;
            found.push_back(at);
        }
    return found;
}

} // namespace chrona::formats
