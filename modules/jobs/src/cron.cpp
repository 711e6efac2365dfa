// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/jobs/cron.h"

#include <charconv>
#include <format>
#include <vector>

namespace chrona::jobs {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        if (separator != ' ' || end != 0)
            parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<unsigned> number(std::string_view text)
{
    unsigned value = 0;
    const auto end = text.data() + text.size();
    if (text.empty() || std::from_chars(text.data(), end, value).ptr != end || text.size() > 3)
        return std::nullopt;
    return value;
}

struct Range {
    unsigned least, most;
};

/// One field: * or a number or a range, each with an optional step, separated by commas.
template <std::size_t Size>
Status readField(std::string_view text, Range bounds, std::bitset<Size> &out)
{
    for (const auto part : split(text, ',')) {
        const auto slash = part.find('/');
        const auto span = part.substr(0, slash);
        const auto step =
            slash == std::string_view::npos ? std::optional(1U) : number(part.substr(slash + 1));
        const auto dash = span.find('-');
        std::optional<unsigned> first = bounds.least, last = bounds.most;
        if (span != "*") {
            first = number(span.substr(0, dash));
            last = dash != std::string_view::npos    ? number(span.substr(dash + 1))
                   : slash != std::string_view::npos ? std::optional(bounds.most)
                                                     : first;
        }
        if (!first || !last || !step || *step == 0 || *first < bounds.least ||
            *last > bounds.most || *first > *last)
            return fail(ErrorCode::InvalidInput,
                        std::format("\"{}\" is not a list of numbers from {} to {}", text,
                                    bounds.least, bounds.most));
        for (unsigned value = *first; value <= *last; value += *step)
            out.set(value);
    }
    return {};
}

} // namespace

Result<CronRule> CronRule::parse(std::string_view text)
{
    const auto fields = split(text, ' ');
    if (fields.size() != 5)
        return fail(ErrorCode::InvalidInput,
                    std::format("the rule \"{}\" has not five fields", text),
                    "write minute hour day-of-month month day-of-week");
    CronRule rule;
    std::bitset<8> weekdays; // 0 and 7 are Sunday
    const Status read[] = {
        readField(fields[0], {0, 59}, rule.m_minutes), readField(fields[1], {0, 23}, rule.m_hours),
        readField(fields[2], {1, 31}, rule.m_days), readField(fields[3], {1, 12}, rule.m_months),
        readField(fields[4], {0, 7}, weekdays)};
    for (const auto &status : read)
        if (!status)
            return std::unexpected(status.error());
    for (unsigned day = 0; day < 8; ++day)
        if (weekdays.test(day))
            rule.m_weekdays.set(day % 7);
    rule.m_daysLimited = fields[2] != "*";
    rule.m_weekdaysLimited = fields[4] != "*";
    return rule;
}

bool CronRule::matchesDay(Date date) const
{
    const std::chrono::year_month_day day(date);
    if (!m_months.test(static_cast<unsigned>(day.month())))
        return false;
    const bool dayMatches = m_days.test(static_cast<unsigned>(day.day()));
    const bool weekdayMatches = m_weekdays.test(std::chrono::weekday(date).c_encoding());
    if (m_daysLimited && m_weekdaysLimited)
        return dayMatches || weekdayMatches;
    return dayMatches && weekdayMatches;
}

Result<Instant> CronRule::nextAfter(Instant moment) const
{
    constexpr int kDaysMax = 8 * 366 + 1; // 29 February may be eight years away
    const auto start = std::chrono::floor<std::chrono::minutes>(moment) + std::chrono::minutes(1);
    auto date = std::chrono::floor<std::chrono::days>(start);
    auto minute = std::chrono::duration_cast<std::chrono::minutes>(start - date).count();
    for (int day = 0; day < kDaysMax; ++day, date += std::chrono::days(1), minute = 0) {
        if (!matchesDay(date))
            continue;
        for (; minute < 24 * 60; ++minute)
            if (m_hours.test(static_cast<std::size_t>(minute / 60)) &&
                m_minutes.test(static_cast<std::size_t>(minute % 60)))
                return Instant(date + std::chrono::minutes(minute));
    }
    return fail(ErrorCode::NotFound, "the rule never matches");
}

} // namespace chrona::jobs
