// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_history.h"

#include "chrona/schema/calendar.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace chrona::briefing {

bool isDayOnly(const schema::Event &event)
{
    const auto *value = schema::find(event.attributes, "day_only");
    const auto *truth = value ? std::get_if<bool>(value) : nullptr;
    return truth != nullptr && *truth;
}

Date dayOf(const schema::Event &event)
{
    using std::chrono::days;
    const Instant at = event.times.observedAt;
    if (isDayOnly(event))
        return std::chrono::floor<days>(at);
    return std::chrono::floor<days>(at + schema::newYorkOffset(at));
}

bool isScheduled(const schema::Event &event)
{
    return event.type == schema::EventType::CalendarEntry;
}

EventHistory::EventHistory(std::span<const schema::Event> events, Instant knownAt, Instant from)
{
    std::vector<Known> known;
    known.reserve(events.size());
    for (const schema::Event &event : events) {
        if (event.times.observedAt >= from && event.times.availableAt() <= knownAt)
            known.push_back({event.id.value, event.revision, event.times.observedAt, &event});
    }
    std::ranges::sort(known, {}, [](const Known &one) { return std::tuple(one.id, one.revision); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const bool isNewest = i + 1 == known.size() || known[i + 1].id != known[i].id;
        if (isNewest && known[i].event->state != schema::EventState::Retracted)
            known[kept++] = known[i];
    }
    known.resize(kept);
    std::ranges::sort(known, {},
                      [](const Known &one) { return std::tuple(one.observedAt, one.id); });
    m_events.reserve(kept);
    m_days.reserve(kept);
    for (const Known &one : known) {
        m_events.push_back(one.event);
        m_days.push_back(dayOf(*one.event));
        const auto type = std::size_t(one.event->type);
        if (type < m_byType.size() && !isScheduled(*one.event))
            m_byType[type].push_back({m_days.back(), one.event->severity});
    }
}

std::span<const schema::Event *const> EventHistory::between(Instant from, Instant until) const
{
    const auto observed = [](const schema::Event *event) { return event->times.observedAt; };
    const auto first = std::ranges::lower_bound(m_events, from, {}, observed);
    const auto last = std::ranges::lower_bound(first, m_events.end(), until, {}, observed);
    return {first, last};
}

std::vector<Date> EventHistory::daysWith(schema::EventType type, float severityMin,
                                         Date before) const
{
    std::vector<Date> days;
    const auto index = std::size_t(type);
    if (index >= m_byType.size())
        return days;
    for (const Dated &dated : m_byType[index]) {
        if (dated.severity >= severityMin && dated.day < before)
            days.push_back(dated.day);
    }
    std::ranges::sort(days);
    days.erase(std::ranges::unique(days).begin(), days.end());
    return days;
}

std::vector<EventHistory::CategoryCounts> EventHistory::countsOn(std::span<const Date> days) const
{
    std::vector<CategoryCounts> counts(days.size(), CategoryCounts{});
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        // Days between two sessions count for the next one: a weekend's events meet Monday.
        const auto day = std::ranges::lower_bound(days, m_days[i]);
        if (day == days.end() || *day - m_days[i] > std::chrono::days(4))
            continue;
        const auto category = std::size_t(schema::categoryOf(m_events[i]->type));
        counts[std::size_t(day - days.begin())][category] += 1;
    }
    return counts;
}

} // namespace chrona::briefing
