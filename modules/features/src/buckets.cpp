// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/buckets.h"

#include <algorithm>
#include <format>

namespace chrona::features {

namespace {

constexpr std::chrono::days kCalendarSpanMax{73'050}; // two hundred years
constexpr Duration kDay = std::chrono::days(1);

Instant decisionOf(const DecisionClock &clock, const schema::Session &session)
{
    return (clock.rule == DecisionClock::Rule::TimeOfDay ? Instant(session.day)
                                                         : session.closesAt) +
           clock.offset;
}

Status checkSpan(Date begin, Date end)
{
    if (end < begin || end - begin > kCalendarSpanMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("from {} to {} is no span that is handled", formatDate(begin),
                                formatDate(end)),
                    "give a begin before the end, at most 200 years apart");
    return {};
}

} // namespace

Result<std::vector<Decision>> decisionsBetween(const DecisionClock &clock, Date begin, Date end)
{
    if (auto checked = checkSpan(begin, end); !checked)
        return std::unexpected(checked.error());
    if (clock.offset < Duration{0} || clock.offset > kDay)
        return fail(ErrorCode::InvalidInput, "a decision is taken 0 to 24 hours after its mark");
    std::vector<Decision> decisions;
    for (const auto &session : schema::sessionsBetween(clock.calendar, begin, end)) {
        const Instant at = decisionOf(clock, session);
        // A half day's early decision never lies before the day before's.
        if (!decisions.empty() && at <= decisions.back().at)
            return fail(ErrorCode::InvalidInput,
                        std::format("the decision of {} would not come after the one before",
                                    formatDate(session.day)));
        decisions.push_back({session.day, at});
    }
    return decisions;
}

Result<Buckets> Buckets::daily(const DecisionClock &clock, Date begin, Date end)
{
    auto decisions = decisionsBetween(clock, begin, end);
    if (!decisions)
        return std::unexpected(decisions.error());
    if (decisions->empty())
        return fail(ErrorCode::InvalidInput, "there is no trading day in the span");
    std::vector<Instant> edges{
        decisionOf(clock, schema::sessionBefore(clock.calendar, decisions->front().date))};
    for (const auto &decision : *decisions)
        edges.push_back(decision.at);
    return Buckets(schema::Frequency::Day, std::move(edges));
}

Result<Buckets> Buckets::hourly(Date begin, Date end)
{
    if (auto checked = checkSpan(begin, end); !checked)
        return std::unexpected(checked.error());
    const auto hours = static_cast<std::size_t>((end - begin).count()) * 24;
    if (hours == 0 || hours > kCountMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} hours are not between 1 and {}", hours, kCountMax));
    std::vector<Instant> edges;
    for (std::size_t hour = 0; hour <= hours; ++hour)
        edges.push_back(Instant(begin) + std::chrono::hours(hour));
    return Buckets(schema::Frequency::Hour, std::move(edges));
}

Instant Buckets::label(std::size_t bucket) const
{
    return m_frequency == schema::Frequency::Day
               ? Instant(std::chrono::floor<std::chrono::days>(m_edges[bucket]))
               : m_edges[bucket];
}

std::optional<std::size_t> Buckets::indexOf(Instant instant) const
{
    if (instant <= m_edges.front() || instant > m_edges.back())
        return std::nullopt;
    const auto edge = std::ranges::lower_bound(m_edges, instant);
    return static_cast<std::size_t>(edge - m_edges.begin()) - 1;
}

} // namespace chrona::features
