// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_date_parts.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <vector>

namespace chrona::formats {
namespace {

/// The day of a year, counted from 1.
bool setOrdinal(DateParts &parts, int ordinal)
{
    using namespace std::chrono;
    const year_month_day first{year(parts.year), January, day(1)};
    if (!first.ok() || ordinal < 1 || ordinal > (year(parts.year).is_leap() ? 366 : 365))
        return false;
    const year_month_day date{sys_days(first) + days(ordinal - 1)};
    parts.month = static_cast<int>(static_cast<unsigned>(date.month()));
    parts.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return true;
}

/// ISO week: week 1 is the one with January 4th, days count from Monday as 1.
bool setWeek(DateParts &parts, int week, int weekday)
{
    using namespace std::chrono;
    if (week < 1 || week > 53 || weekday < 1 || weekday > 7)
        return false;
    const sys_days fourth = sys_days(year_month_day{year(parts.year), January, day(4)});
    const sys_days monday = fourth - (std::chrono::weekday(fourth) - Monday);
    const year_month_day date{monday + days(7 * (week - 1) + weekday - 1)};
    parts.year = static_cast<int>(date.year());
    parts.month = static_cast<int>(static_cast<unsigned>(date.month()));
    parts.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return true;
}

/// Digits without separators: what they mean hangs on how many there are.
bool setCompact(DateParts &parts, const Digits &digits)
{
    const int value = digits.value;
    switch (digits.count) {
    case 8: // YYYYMMDD
        parts.year = value / 10'000;
        parts.month = value / 100 % 100;
        parts.day = value % 100;
        return true;
    case 7: // YYYYDDD
        parts.year = value / 1000;
        return setOrdinal(parts, value % 1000);
    case 6: // YYMMDD
        parts.year = fullYear(value / 10'000);
        parts.month = value / 100 % 100;
        parts.day = value % 100;
        return true;
    case 5: // YYDDD
        parts.year = fullYear(value / 1000);
        return setOrdinal(parts, value % 1000);
    case 4: parts.year = value; return true;
    default: return false;
    }
}

/// The year is read; "-12-31", "-335", "-W52-3" or nothing follows.
bool readAfterYear(std::string_view &text, DateParts &parts)
{
    const char separator = text.empty() ? ' ' : text.front();
    if (separator == 'w' || text.starts_with("-w")) {
        text.remove_prefix(separator == 'w' ? 1 : 2);
        const Digits week = takeDigits(text);
        if (week.count == 3)
            return setWeek(parts, week.value / 10, week.value % 10);
        int weekday = 1;
        if (text.size() > 1 && text[0] == '-' && isAsciiDigit(text[1])) {
            text.remove_prefix(1);
            weekday = takeDigits(text).value;
        }
        return week.count == 2 && setWeek(parts, week.value, weekday);
    }
    if (separator != '-' && separator != '/' && separator != '.')
        return true;
    text.remove_prefix(1);
    const Digits month = takeDigits(text);
    if (month.count == 0) { // Hungarian: "2004-július-13t9:15-05:00"
        const auto end = std::min(text.find('-'), text.size());
        parts.month = monthNumber(text.substr(0, end));
        text.remove_prefix(end);
        if (parts.month == 0)
            return false;
    } else if (month.count == 3) {
        return setOrdinal(parts, month.value);
    } else if (month.count == 4) { // "-MMDD"
        parts.month = month.value / 100;
        parts.day = month.value % 100;
        return true;
    } else {
        parts.month = month.value;
    }
    if (!takeChar(text, separator))
        return month.count <= 2;
    const Digits day = takeDigits(text);
    parts.day = day.value;
    return month.count <= 2 && day.count >= 1 && day.count <= 2;
}

bool readDatePart(std::string_view &text, DateParts &parts)
{
    if (takeChar(text, '-')) { // "-YYMM", "-YY-MM", "-YY": a century left out
        const Digits year = takeDigits(text);
        if (year.count == 4) {
            parts.year = fullYear(year.value / 100);
            parts.month = year.value % 100;
            return true;
        }
        parts.year = fullYear(year.value);
        if (year.count == 2 && takeChar(text, '-')) {
            const Digits month = takeDigits(text);
            parts.month = month.value;
            return month.count == 2;
        }
        return year.count == 2;
    }
    std::string_view rest = text;
    const Digits first = takeDigits(rest);
    if (first.count == 9)
        return false;
    text = rest;
    const bool isShortYear =
        first.count == 2 && rest.size() > 1 && rest[0] == '-' && isAsciiDigit(rest[1]);
    if (first.count == 4 || isShortYear) {
        parts.year = first.count == 4 ? first.value : fullYear(first.value);
        return readAfterYear(text, parts);
    }
    return setCompact(parts, first);
}

/// Words and numbers of a date that is written out.
class WordyDate {
public:
    std::optional<DateParts> read(std::string_view text)
    {
        const auto words = split(text);
        for (std::size_t i = 0; i < words.size(); ++i)
            if (!take(words[i], i == 0))
                return std::nullopt;
        if (m_numbers.empty() || m_parts.month == 0 || !placeNumbers())
            return std::nullopt;
        return m_parts;
    }

private:
    static std::vector<std::string_view> split(std::string_view text)
    {
        std::vector<std::string_view> words;
        while (!text.empty() && words.size() < 12) {
            const auto isGap = [](char c) {
                return isAsciiBlank(c) || c == ',' || c == '(' || c == ')';
            };
            const auto begin = std::ranges::find_if_not(text, isGap);
            const auto end = std::find_if(begin, text.end(), isGap);
            if (begin != end)
                words.emplace_back(begin, end);
            text = std::string_view(end, text.end());
        }
        return words;
    }

    bool take(std::string_view word, bool isFirst)
    {
        if (word.contains(':') && isAsciiDigit(word.front()))
            return takeClock(word);
        if (m_hasTime && (word == "am" || word == "pm"))
            return setHalfOfDay(word);
        if (isAsciiDigit(word.front()))
            return takeNumber(word);
        if (m_parts.month == 0) {
            m_parts.month = monthNumber(word);
            if (m_parts.month != 0)
                return true;
        }
        const bool isFiller = word == "of" || (word == "at" && !m_hasTime); // else Atlantic time
        if (isWeekday(word) || isFiller)
            return true;
        if (m_hasTime || word.front() == '+' || word.front() == '-')
            return takeZone(word);
        return isFirst; // a weekday in a language that we do not know
    }

    bool takeClock(std::string_view word)
    {
        if (m_hasTime)
            return false;
        m_hasTime = true;
        if (!takeTime(word, m_parts))
            return false;
        if (word == "am" || word == "pm")
            return setHalfOfDay(word);
        return word.empty() || takeZone(word);
    }

    bool setHalfOfDay(std::string_view half)
    {
        if (m_parts.hour < 1 || m_parts.hour > 12)
            return m_parts.hour < 24; // "13:05 pm", "0:30 am"
        m_parts.hour = m_parts.hour % 12 + (half == "pm" ? 12 : 0);
        return true;
    }

    /// A second name is a comment on the first: "+0200 (CEST)".
    bool takeZone(std::string_view word)
    {
        const auto offset = zoneOffsetSeconds(word);
        if (!offset)
            return m_hasZone;
        // "GMT +0200" means the number; "+0200 (CEST)" means it too.
        const bool isNumber = word.front() == '+' || word.front() == '-';
        if (!m_hasZone || isNumber)
            m_parts.offsetSeconds = *offset;
        m_hasZone = true;
        return true;
    }

    bool takeNumber(std::string_view word)
    {
        if (word.contains('/') || word.contains('-')) { // "2006/09/15", "13-jul-2004"
            const char separator = word.contains('/') ? '/' : '-';
            const std::string_view whole = word;
            const Digits first = takeDigits(word);
            if (first.count == 4 || !takeChar(word, separator)) {
                const auto iso = readIsoDate(whole);
                if (!iso || m_parts.month != 0)
                    return false;
                m_parts.month = iso->month;
                m_numbers = {{iso->day, 2}, {iso->year, 4}};
                return true;
            }
            const auto end = std::min(word.find(separator), word.size());
            m_parts.month = monthNumber(word.substr(0, end));
            word.remove_prefix(std::min(end + 1, word.size()));
            const Digits year = takeDigits(word);
            m_numbers = {first, year};
            return m_parts.month != 0 && word.empty() && year.count > 0;
        }
        const Digits digits = takeDigits(word);
        const bool isOrdinal = word == "st" || word == "nd" || word == "rd" || word == "th";
        if ((!word.empty() && !isOrdinal && word != ".") || digits.count > 4 ||
            m_numbers.size() == 2)
            return false;
        m_numbers.push_back(digits);
        return true;
    }

    /// Which of two numbers is the year: the one of four digits, else the second.
    bool placeNumbers()
    {
        if (m_numbers.size() != 2)
            return false;
        Digits day = m_numbers[0], year = m_numbers[1];
        if (day.count > 2)
            std::swap(day, year);
        if (day.count > 2 || year.count == 1 || year.count == 3)
            return false;
        m_parts.day = day.value;
        m_parts.year = year.count == 2 ? fullYear(year.value) : year.value;
        return true;
    }

    DateParts m_parts{.month = 0};
    std::vector<Digits> m_numbers;
    bool m_hasTime = false;
    bool m_hasZone = false;
};

} // namespace

std::optional<DateParts> readIsoDate(std::string_view text)
{
    DateParts parts;
    if (text.size() == 14 && std::ranges::all_of(text, isAsciiDigit)) { // YYYYMMDDhhmmss
        std::string_view date = text.substr(0, 8), time = text.substr(8);
        if (setCompact(parts, takeDigits(date)) && takeTime(time, parts))
            return parts;
        return std::nullopt;
    }
    if (!readDatePart(text, parts))
        return std::nullopt;
    if (text.empty())
        return parts;
    if (text.front() != 't' && !isAsciiBlank(text.front()))
        return text == "z" ? std::optional(parts) : std::nullopt;
    text.remove_prefix(1);
    text = trimmed(text);
    if (!takeTime(text, parts))
        return std::nullopt;
    text = trimmed(text);
    if (text.empty())
        return parts;
    const auto offset = zoneOffsetSeconds(text);
    if (!offset)
        return std::nullopt;
    parts.offsetSeconds = *offset;
    return parts;
}

std::optional<DateParts> readWordyDate(std::string_view text)
{
    return WordyDate().read(text);
}

std::optional<DateParts> readKoreanDate(std::string_view text)
{
    constexpr std::string_view kYear = "년", kMonth = "월", kDay = "일", kAm = "오전", kPm = "오후";
    constexpr int kKoreaSeconds = 9 * 3600;
    const auto skip = [&text](std::string_view word) {
        text = trimmed(text);
        const bool found = text.starts_with(word);
        if (found)
            text.remove_prefix(word.size());
        return found;
    };
    DateParts parts{.offsetSeconds = kKoreaSeconds};
    const Digits year = takeDigits(text);
    parts.year = year.value;
    const bool inWords = skip(kYear);
    if (year.count != 4 || (!inWords && !skip("-")))
        return std::nullopt;
    text = trimmed(text);
    parts.month = takeDigits(text).value;
    if (!skip(inWords ? kMonth : "-"))
        return std::nullopt;
    text = trimmed(text);
    parts.day = takeDigits(text).value;
    if (inWords && !skip(kDay))
        return std::nullopt;
    const bool morning = skip(kAm), afternoon = !morning && skip(kPm);
    text = trimmed(text);
    if (!inWords && !morning && !afternoon)
        return std::nullopt;
    if (!text.empty() && (!takeTime(text, parts) || !trimmed(text).empty()))
        return std::nullopt;
    if ((morning || afternoon) && parts.hour >= 1 && parts.hour <= 12)
        parts.hour = parts.hour % 12 + (afternoon ? 12 : 0);
    return parts;
}

} // namespace chrona::formats
