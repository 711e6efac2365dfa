// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/time.h"

#include <charconv>
#include <cstdlib>
#include <format>
#include <optional>

namespace chrona {
namespace {

using namespace std::chrono;

/// Reads fixed-width fields from the front of a text.
class Reader {
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    std::optional<int> digits(std::size_t count)
    {
        int value = 0;
        if (m_rest.size() < count)
            return std::nullopt;
        for (char c : m_rest.substr(0, count)) {
            if (c < '0' || c > '9')
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        m_rest.remove_prefix(count);
        return value;
    }
    bool accept(char c)
    {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] char front() const { return m_rest.empty() ? '\0' : m_rest.front(); }

    /// Digits after the decimal mark as microseconds; more than six are cut.
    std::optional<int> fraction()
    {
        int value = 0;
        int count = 0;
        for (; !m_rest.empty() && front() >= '0' && front() <= '9'; m_rest.remove_prefix(1)) {
            if (count < 6) {
                value = value * 10 + (front() - '0');
                ++count;
            }
        }
        if (count == 0)
            return std::nullopt;
        for (; count < 6; ++count)
            value *= 10;
        return value;
    }

private:
    std::string_view m_rest;
};

std::unexpected<Error> notATime(std::string_view text)
{
    return fail(ErrorCode::InvalidInput,
                std::format("'{}' is not an ISO 8601 time", text.substr(0, 40)),
                "write 2026-11-21 or 2026-11-21T09:30:00Z");
}

std::optional<Date> readDate(Reader &reader)
{
    const auto year = reader.digits(4);
    if (!year || *year < 1 || !reader.accept('-'))
        return std::nullopt;
    const auto month = reader.digits(2);
    if (!month || !reader.accept('-'))
        return std::nullopt;
    const auto day = reader.digits(2);
    if (!day)
        return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month(unsigned(*month)),
                              std::chrono::day(unsigned(*day))};
    return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::optional<Duration> readTimeOfDay(Reader &reader)
{
    const auto hour = reader.digits(2);
    if (!hour || !reader.accept(':'))
        return std::nullopt;
    const auto minute = reader.digits(2);
    int second = 0;
    int micros = 0;
    if (reader.accept(':')) {
        const auto value = reader.digits(2);
        if (!value)
            return std::nullopt;
        second = *value;
        if (reader.accept('.') || reader.accept(',')) {
            const auto part = reader.fraction();
            if (!part)
                return std::nullopt;
            micros = *part;
        }
    }
    // A leap second is read as the first moment after it: no clock of ours has one.
    if (!minute || *hour > 23 || *minute > 59 || second > 60)
        return std::nullopt;
    return hours(*hour) + minutes(*minute) + seconds(second) + microseconds(micros);
}

std::optional<Duration> readOffset(Reader &reader)
{
    if (reader.atEnd() || reader.accept('Z') || reader.accept('z'))
        return Duration{0};
    const bool negative = reader.front() == '-';
    if (!reader.accept('+') && !reader.accept('-'))
        return std::nullopt;
    const auto hour = reader.digits(2);
    reader.accept(':');
    const auto minute = reader.atEnd() ? std::optional(0) : reader.digits(2);
    if (!hour || !minute || *hour > 15 || *minute > 59)
        return std::nullopt;
    const Duration offset = hours(*hour) + minutes(*minute);
    return negative ? -offset : offset;
}

} // namespace

std::string formatDate(Date date)
{
    const year_month_day ymd{date};
    return std::format("{:04}-{:02}-{:02}", int(ymd.year()), unsigned(ymd.month()),
                       unsigned(ymd.day()));
}

std::string formatInstant(Instant instant)
{
    const Date date = floor<days>(instant);
    const hh_mm_ss time{instant - date};
    std::string text = std::format("{}T{:02}:{:02}:{:02}", formatDate(date), time.hours().count(),
                                   time.minutes().count(), time.seconds().count());
    if (const auto micros = time.subseconds().count(); micros % 1000 != 0)
        text += std::format(".{:06}", micros);
    else if (micros != 0)
        text += std::format(".{:03}", micros / 1000);
    return text + 'Z';
}

Result<Instant> parseInstant(std::string_view text)
{
    Reader reader(text);
    const auto date = readDate(reader);
    if (!date)
        return notATime(text);
    if (reader.atEnd())
        return Instant(*date);
    if (!reader.accept('T') && !reader.accept('t') && !reader.accept(' '))
        return notATime(text);
    const auto time = readTimeOfDay(reader);
    if (!time)
        return notATime(text);
    const auto offset = readOffset(reader);
    if (!offset || !reader.atEnd())
        return notATime(text);
    return Instant(*date) + *time - *offset;
}

Result<Date> parseDate(std::string_view text)
{
    Reader reader(text);
    const auto date = readDate(reader);
    if (!date || !reader.atEnd())
        return notATime(text);
    return *date;
}

Result<Duration> parseDuration(std::string_view text)
{
    std::int64_t count = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(end, std::size_t(text.data() + text.size() - end));
    // The cap keeps sums with instants far from overflow.
    if (problem == std::errc{} && std::abs(count) <= 1'000'000) {
        if (unit == "s")
            return seconds(count);
        if (unit == "m")
            return minutes(count);
        if (unit == "h")
            return hours(count);
        if (unit == "d")
            return days(count);
        if (unit == "w")
            return weeks(count);
    }
    return fail(ErrorCode::InvalidInput, std::format("'{}' is not a duration", text.substr(0, 40)),
                "write a number and a unit: 90s, 15m, 36h, 3d or 2w");
}

} // namespace chrona
