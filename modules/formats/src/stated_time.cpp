// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/stated_time.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <optional>
#include <utility>
#include <vector>

namespace chrona::formats {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> kEnglishMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                          "jul", "aug", "sep", "oct", "nov", "dec"};
struct ZoneHours {
    std::string_view name;
    int hours;
};
constexpr std::array<ZoneHours, 17> kZoneHours{{{"gmt", 0},
                                                {"utc", 0},
                                                {"ut", 0},
                                                {"z", 0},
                                                {"est", -5},
                                                {"edt", -4},
                                                {"cst", -6},
                                                {"cdt", -5},
                                                {"mst", -7},
                                                {"mdt", -6},
                                                {"pst", -8},
                                                {"pdt", -7},
                                                {"ast", -4},
                                                {"hst", -10},
                                                {"cet", 1},
                                                {"cest", 2},
                                                {"bst", 1}}};

std::vector<std::string> lowerWords(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n') {
            if (!words.back().empty())
                words.emplace_back();
        } else {
            words.back() += asciiLower(c);
        }
    }
    if (words.back().empty())
        words.pop_back();
    return words;
}

std::optional<int> number(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.front() == '-' || error != std::errc{} ||
        end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<minutes> offsetFrom(std::string_view zone)
{
    const auto *const known = std::ranges::find(kZoneHours, zone, &ZoneHours::name);
    if (known != kZoneHours.end())
        return hours(known->hours);
    const bool west = zone.starts_with('-');
    if (zone.size() != 5 || (!west && !zone.starts_with('+')))
        return std::nullopt;
    const auto hour = number(zone.substr(1, 2));
    const auto minute = number(zone.substr(3, 2));
    if (!hour || !minute || *hour > 14 || *minute > 59)
        return std::nullopt;
    const minutes offset = hours(*hour) + minutes(*minute);
    return west ? -offset : offset;
}

std::optional<seconds> clockFrom(std::string_view text)
{
    if (text.size() != 5 && text.size() != 8)
        return std::nullopt;
    const auto hour = number(text.substr(0, 2));
    const auto minute = number(text.substr(3, 2));
    const auto second = text.size() == 8 ? number(text.substr(6, 2)) : 0;
    if (text[2] != ':' || (text.size() == 8 && text[5] != ':') || !hour || !minute || !second ||
        *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return hours(*hour) + minutes(*minute) + seconds(*second);
}

/// "[Mon,] 30 Dec 2019 01:35[:11] GMT".
std::optional<Instant> mailDate(std::string_view text)
{
    auto words = lowerWords(text);
    if (words.size() == 6)
        words.erase(words.begin());
    if (words.size() != 5 || words[1].size() < 3)
        return std::nullopt;
    const auto day = number(words[0]);
    const auto *const month =
        std::ranges::find(kEnglishMonths, std::string_view(words[1]).substr(0, 3));
    const auto stated = number(words[2]);
    const auto clock = clockFrom(words[3]);
    const auto offset = offsetFrom(words[4]);
    if (!day || month == kEnglishMonths.end() || !stated || words[2].size() != 4 || !clock ||
        !offset)
        return std::nullopt;
    const year_month_day date(std::chrono::year(*stated),
                              std::chrono::month(unsigned(month - kEnglishMonths.begin()) + 1),
                              std::chrono::day(unsigned(*day)));
    if (*day > 31 || !date.ok())
        return std::nullopt;
    return Instant(sys_days(date)) + *clock - *offset;
}

/// Saturday night's change, 2:00 by the clock before it, as an instant.
std::pair<Instant, Instant> daylightOf(year stated)
{
    const bool since2007 = stated >= year(2007);
    const sys_days first =
        since2007 ? sys_days(stated / March / Sunday[2]) : sys_days(stated / April / Sunday[1]);
    const sys_days end = since2007 ? sys_days(stated / November / Sunday[1])
                                   : sys_days(stated / October / Sunday[std::chrono::last]);
    return {Instant(first) + hours(7), Instant(end) + hours(6)};
}

Result<Instant> plausible(Instant instant, std::string_view text)
{
    static constexpr Instant kFirst = sys_days(year(1900) / 1 / 1);
    static constexpr Instant kEnd = sys_days(year(2200) / 1 / 1);
    if (instant < kFirst || instant >= kEnd)
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" lies outside the years 1900 to 2199", text.substr(0, 60)));
    return instant;
}

} // namespace

Result<Instant> readStatedTime(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "the time is empty");
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    if (const auto iso = parseInstant(text))
        return plausible(*iso, text);
    if (const auto mail = mailDate(text))
        return plausible(*mail, text);
    return fail(ErrorCode::InvalidInput, std::format("\"{}\" is not a time", text.substr(0, 60)));
}

Result<Instant> readEasternTime(std::string_view text)
{
    const auto local = readStatedTime(text);
    if (!local)
        return local;
    const Instant standard = *local + hours(5);
    const auto [begin, end] = daylightOf(year_month_day(floor<days>(*local)).year());
    return standard >= begin && standard - hours(1) < end ? standard - hours(1) : standard;
}

} // namespace chrona::formats
