// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_date_parts.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>

namespace chrona::formats {
namespace {

struct ZoneMinutes {
    std::string_view name;
    int minutes;
};

constexpr ZoneMinutes kZoneMinutes[] = {
    {"acdt", 630},  {"acst", 570}, {"adt", -180}, {"aedt", 660}, {"aest", 600}, {"akdt", -480},
    {"akst", -540}, {"art", -180}, {"ast", -240}, {"at", -240},  {"awst", 480}, {"brt", -180},
    {"bst", 60},    {"cat", 120},  {"cdt", -300}, {"cest", 120}, {"cet", 60},   {"clt", -240},
    {"cst", -360},  {"ct", -360},  {"eat", 180},  {"edt", -240}, {"eest", 180}, {"eet", 120},
    {"est", -300},  {"et", -300},  {"hkt", 480},  {"hst", -600}, {"ict", 420},  {"idt", 180},
    {"ist", 330},   {"jst", 540},  {"kst", 540},  {"mdt", -360}, {"mesz", 120}, {"met", 60},
    {"mez", 60},    {"msd", 240},  {"msk", 180},  {"mst", -420}, {"mt", -420},  {"ndt", -150},
    {"nst", -210},  {"nzdt", 780}, {"nzst", 720}, {"pdt", -420}, {"pht", 480},  {"pkt", 300},
    {"pst", -480},  {"pt", -480},  {"sast", 120}, {"sgt", 480},  {"trt", 180},  {"wat", 60},
    {"west", 60},   {"wet", 0},    {"wib", 420},
};
static_assert(std::ranges::is_sorted(kZoneMinutes, {}, &ZoneMinutes::name));

struct NamedMonth {
    std::string_view begin;
    int month;
};

/// By how the name begins; the first that fits counts.
constexpr NamedMonth kMonthBeginnings[] = {
    {"jan", 1},
    {"feb", 2},
    {"mar", 3},
    {"apr", 4},
    {"may", 5},
    {"jun", 6},
    {"jul", 7},
    {"aug", 8},
    {"sep", 9},
    {"oct", 10},
    {"nov", 11},
    {"dec", 12},
    // Hungarian
    {"máu", 5},
    {"má", 3},
    {"ápr", 4},
    {"máj", 5},
    {"jún", 6},
    {"júl", 7},
    {"szept", 9},
    {"okt", 10},
    // German, French, Spanish, Portuguese
    {"mär", 3},
    {"mai", 5},
    {"dez", 12},
    {"fév", 2},
    {"fev", 2},
    {"avr", 4},
    {"aoû", 8},
    {"déc", 12},
    {"ene", 1},
    {"abr", 4},
    {"ago", 8},
    {"dic", 12},
    // Greek, in the spellings that publishers use
    {"ιαν", 1},
    {"φεβ", 2},
    {"μάώ", 3},
    {"μαώ", 3},
    {"μάρ", 3},
    {"μαρ", 3},
    {"απρ", 4},
    {"μάι", 5},
    {"μαϊ", 5},
    {"μαι", 5},
    {"μαΐ", 5},
    {"ιούν", 6},
    {"ιον", 6},
    {"ιουν", 6},
    {"ιούλ", 7},
    {"ιολ", 7},
    {"ιουλ", 7},
    {"αύγ", 8},
    {"αυγ", 8},
    {"σεπ", 9},
    {"οκτ", 10},
    {"νοέ", 11},
    {"νοε", 11},
    {"δεκ", 12},
};

constexpr std::string_view kWeekdays[] = {
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", // English
    "κυρ", "δευ", "τρι", "τετ", "πεμ", "πέμ", "παρ", "σαβ", "σάβ", "σαμ",
};

/// "+02:00", "-0800", "+2", "-01:01".
std::optional<int> numericOffset(std::string_view text)
{
    const int sign = takeChar(text, '+') ? 1 : takeChar(text, '-') ? -1 : 0;
    const Digits first = takeDigits(text);
    int hours = first.value, minutes = 0;
    if (sign == 0 || first.count == 0 || first.count > 4)
        return std::nullopt;
    if (first.count > 2) {
        hours = first.value / 100;
        minutes = first.value % 100;
    } else if (takeChar(text, ':')) {
        const Digits second = takeDigits(text);
        if (second.count == 0 || second.count > 2)
            return std::nullopt;
        minutes = second.value;
        if (takeChar(text, ':') && takeDigits(text).count == 0)
            return std::nullopt;
    }
    if (!text.empty() || hours > 23 || minutes > 59)
        return std::nullopt;
    return sign * (hours * 3600 + minutes * 60);
}

} // namespace

Digits takeDigits(std::string_view &text)
{
    Digits digits;
    while (digits.count < text.size() && digits.count < 9 && isAsciiDigit(text[digits.count]))
        digits.value = digits.value * 10 + (text[digits.count++] - '0');
    text.remove_prefix(digits.count);
    return digits;
}

bool takeChar(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Instant> instantFrom(const DateParts &parts)
{
    using namespace std::chrono;
    const year_month_day day{year(parts.year), month(static_cast<unsigned>(parts.month)),
                             std::chrono::day(static_cast<unsigned>(parts.day))};
    if (parts.year < 1 || parts.year > 9999 || parts.month < 1 || parts.day < 1 || !day.ok())
        return std::nullopt;
    const bool endOfDay = parts.hour == 24 && parts.minute == 0 && parts.second == 0;
    const bool leapSecond = parts.second == 60 && parts.minute == 59;
    if ((parts.hour > 23 && !endOfDay) || parts.minute > 59 || (parts.second > 59 && !leapSecond))
        return std::nullopt;
    const Instant instant = sys_days(day) + hours(parts.hour) + minutes(parts.minute) +
                            seconds(parts.second) + microseconds(parts.microsecond) -
                            seconds(parts.offsetSeconds);
    // An offset may carry the first and the last day out of the years that we keep.
    const year_month_day utc{floor<days>(instant)};
    if (utc.year() < year(1) || utc.year() > year(9999))
        return std::nullopt;
    return instant;
}

int fullYear(int twoDigits)
{
    return twoDigits < 90 ? 2000 + twoDigits : 1900 + twoDigits;
}

bool takeTime(std::string_view &text, DateParts &parts)
{
    const Digits first = takeDigits(text);
    if (first.count == 6 || first.count == 4) { // "194821", "1948"
        const int minutes = first.count == 6 ? first.value / 100 : first.value;
        parts.hour = minutes / 100;
        parts.minute = minutes % 100;
        parts.second = first.count == 6 ? first.value % 100 : 0;
    } else {
        if (first.count == 0 || first.count > 2)
            return false;
        parts.hour = first.value;
        int *const rest[] = {&parts.minute, &parts.second};
        for (int *part : rest) {
            if (!takeChar(text, ':'))
                break;
            const Digits digits = takeDigits(text);
            if (digits.count == 0 || digits.count > 2)
                return false;
            *part = digits.value;
        }
    }
    if (text.size() > 1 && (text[0] == '.' || text[0] == ',') && isAsciiDigit(text[1])) {
        text.remove_prefix(1);
        int scale = 100'000;
        for (; !text.empty() && isAsciiDigit(text.front()); text.remove_prefix(1), scale /= 10)
            parts.microsecond += (text.front() - '0') * scale;
    }
    return !text.starts_with(':');
}

std::optional<int> zoneOffsetSeconds(std::string_view zone)
{
    if (zone.starts_with("etc/"))
        zone.remove_prefix(4);
    for (const std::string_view prefix : {"gmt", "utc", "ut", "z"})
        if (zone.starts_with(prefix)) {
            const std::string_view rest = zone.substr(prefix.size());
            if (rest.empty())
                return 0;
            if (const auto offset = numericOffset(rest))
                return offset;
        }
    if (const auto offset = numericOffset(zone))
        return offset;
    const auto found = std::ranges::lower_bound(kZoneMinutes, zone, {}, &ZoneMinutes::name);
    if (found != std::end(kZoneMinutes) && found->name == zone)
        return found->minutes * 60;
    const bool isName = !zone.empty() && std::ranges::all_of(zone, [](char c) {
        return isAsciiLetter(c) || c == '/' || c == '_';
    });
    return isName ? std::optional(0) : std::nullopt;
}

int monthNumber(std::string_view name)
{
    for (const NamedMonth &known : kMonthBeginnings)
        if (name.starts_with(known.begin) && (known.begin != "má" || !name.starts_with("máj")))
            return known.month;
    return 0;
}

bool isWeekday(std::string_view name)
{
    return std::ranges::any_of(kWeekdays,
                               [name](std::string_view day) { return name.starts_with(day); });
}

} // namespace chrona::formats
