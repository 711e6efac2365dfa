// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/schema/attributes.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

/// What an event is about, coarse enough for a colour (visual.md: category 1–8).
enum class EventCategory : std::uint8_t {
    Weather,
    Conflict,
    Policy,
    Macro,
    Markets,
    Energy,
    News,
    Disasters,
};
inline constexpr std::size_t kEventCategoryCount = 8;

/// What an event is. Numbers are stored and sent: append only.
enum class EventType : std::uint8_t {
    Other = 0,
    WeatherAlert = 1,
    TropicalCyclone = 2,
    Earthquake = 3,
    Volcano = 4,
    Flood = 5,
    Wildfire = 6,
    Disaster = 7,
    Conflict = 8,
    Protest = 9,
    PolicyDecision = 10,
    RateDecision = 11,
    Speech = 12,
    Legislation = 13,
    Sanction = 14,
    MacroRelease = 15,
    CalendarEntry = 16,
    MarketMove = 17,
    Filing = 18,
    EnergyReport = 19,
    Outage = 20,
    News = 21,
    Shipping = 22,
    Health = 23,
};
inline constexpr std::size_t kEventTypeCount = 24;

[[nodiscard]] std::string_view toString(EventCategory category);
[[nodiscard]] std::optional<EventCategory> eventCategoryFrom(std::string_view text);
[[nodiscard]] std::string_view toString(EventType type); ///< snake_case: "rate_decision"
[[nodiscard]] std::optional<EventType> eventTypeFrom(std::string_view text);
[[nodiscard]] EventCategory categoryOf(EventType type);

enum class EntityRole : std::uint8_t {
    Subject,
    Actor,
    Target,
    Location,
    Topic,
    Instrument,
    Publisher
};
[[nodiscard]] std::string_view toString(EntityRole role);
[[nodiscard]] std::optional<EntityRole> entityRoleFrom(std::string_view text);

struct EventEntity {
    EntityId entity;
    EntityRole role = EntityRole::Subject;
    float weight = 1; ///< how sure the mapping is, 0–1
    friend bool operator==(const EventEntity &, const EventEntity &) = default;
};

enum class EventState : std::uint8_t { Active, Revised, Retracted };

/// A canonical event: what was reported, when, where, by whom, and how sure that is.
struct Event {
    EventId id;
    EventType type = EventType::Other;
    std::string title;
    std::string summary;
    FactTimes times;
    std::optional<Instant> endsAt; ///< for what lasts: an alert, a storm
    Geometry geometry;
    std::string region; ///< "US", "US-TX", "CA-ON": ISO 3166 where one is known
    std::vector<EventEntity> entities;
    SourceId source;
    std::string sourceRef; ///< the source's own name for it: an id or a canonical URL
    std::string url;       ///< where a person can read it
    Hash128 contentHash;   ///< changes when the source revises what it says
    float confidence = 1;  ///< 0–1
    float severity = 0;    ///< 0–1, comparable within a type
    Attributes attributes;
    EventState state = EventState::Active;
    std::uint32_t revision = 1; ///< counts what the source said about the same source_ref
    bool synthetic = false;

    friend bool operator==(const Event &, const Event &) = default;
};

/// What identifies an event: the same source and source_ref are the same event, also when it is
/// revised. An empty source_ref falls back on type, title and time.
[[nodiscard]] Hash128 eventKeyFor(const Event &event);
/// idFrom(eventKeyFor(event)).
[[nodiscard]] EventId eventIdFor(const Event &event);
[[nodiscard]] Faults validate(const Event &event);

} // namespace chrona::schema
