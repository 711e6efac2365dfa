// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <array>
#include <map>
#include <span>
#include <vector>

namespace chrona::briefing {

/// An event without an hour: the source gives the day alone.
[[nodiscard]] bool isDayOnly(const schema::Event &event);
/// The day that an event belongs to: New York's, where the targets trade, or the source's own.
[[nodiscard]] Date dayOf(const schema::Event &event);
/// Announced for a time to come, or once announced so: an appointment, not something that happened.
[[nodiscard]] bool isScheduled(const schema::Event &event);

/// The events that were known at a moment, each in its newest revision known then, without those
/// taken back. Points into the span that it was made from.
class EventHistory {
public:
    /// What happened before `from` is left out; an hour need not sort years.
    EventHistory(std::span<const schema::Event> events, Instant knownAt,
                 Instant from = Instant::min());

    /// By observed_at, ascending; [from, until).
    [[nodiscard]] std::span<const schema::Event *const> between(Instant from, Instant until) const;
    [[nodiscard]] std::size_t size() const { return m_events.size(); }
    /// Distinct days before `before` with an event of that type, at least so severe.
    [[nodiscard]] std::vector<Date> daysWith(schema::EventType type, float severityMin,
                                             Date before) const;

    using CategoryCounts = std::array<double, schema::kEventCategoryCount>;
    /// Events of each category by day, for the days given (ascending).
    [[nodiscard]] std::vector<CategoryCounts> countsOn(std::span<const Date> days) const;

private:
    struct Known {
        std::int64_t id;
        std::uint32_t revision;
        Instant observedAt;
        const schema::Event *event;
    };
    struct Dated {
        Date day;
        float severity;
    };
    std::vector<const schema::Event *> m_events;
    std::vector<Date> m_days; ///< of each event
    std::array<std::vector<Dated>, schema::kEventTypeCount> m_byType;
};

} // namespace chrona::briefing
