// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <string>
#include <vector>

/// Events for tests: each different, all fields in use.
inline std::vector<chrona::schema::Event> sampleEvents(std::size_t count,
                                                       std::size_t firstNumber = 0)
{
    using namespace chrona;
    using namespace chrona::schema;
    const Instant begin = parseInstant("2024-01-01").value();
    std::vector<Event> events(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t n = firstNumber + i;
        Event &event = events[i];
        event.type = static_cast<EventType>(n % kEventTypeCount);
        event.title = "Something number " + std::to_string(n) + " happened";
        event.summary = n % 3 == 0 ? "" : "Said at length: \"it\" did\\not…";
        event.times.observedAt = begin + std::chrono::minutes(37 * n);
        event.times.publishedAt = event.times.observedAt + std::chrono::minutes(5);
        event.times.ingestedAt = event.times.observedAt + std::chrono::minutes(6);
        event.times.basis = AvailabilityBasis::Stated;
        if (n % 4 == 1)
            event.endsAt = event.times.observedAt + std::chrono::hours(3);
        if (n % 5 != 0)
            event.geometry = Geometry::at({static_cast<double>(n % 360) - 180.0 + 0.123,
                                           static_cast<double>(n % 170) - 85.0 + 1.0 / 3});
        event.region = n % 2 == 0 ? "US-TX" : "CA";
        event.entities = {{{static_cast<std::int64_t>(n % 50 + 1)}, EntityRole::Subject, 1.0F},
                          {{static_cast<std::int64_t>(n % 7 + 100)}, EntityRole::Location, 0.5F}};
        event.source = {static_cast<std::int64_t>(n % 3 + 1)};
        event.sourceRef = "item:" + std::to_string(n);
        event.url = "https://example.org/" + std::to_string(n);
        event.confidence = 0.25F * static_cast<float>(n % 5);
        event.severity = 0.1F * static_cast<float>(n % 11);
        event.attributes = {{"actual", 5.0}, {"count", std::int64_t{5}}, {"is_new", true},
                            {"unit", std::string("%\n\"")}};
        event.contentHash = hashOf({event.title, event.summary});
        event.id = eventIdFor(event);
    }
    return events;
}
