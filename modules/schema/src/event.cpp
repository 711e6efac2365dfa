// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/event.h"

#include "checks.h"
#include "enum_names.h"

#include <format>

namespace chrona::schema {
namespace {

constexpr std::size_t kEventTitleBytesMax = 2000;
constexpr std::size_t kEventSummaryBytesMax = 64'000;
constexpr std::size_t kSourceRefBytesMax = 2000;
constexpr std::size_t kEntitiesMax = 500;

constexpr auto kCategories = enumNames<EventCategory>("weather", "conflict", "policy", "macro",
                                                      "markets", "energy", "news", "disasters");
constexpr auto kTypes = enumNames<EventType>(
    "other", "weather_alert", "tropical_cyclone", "earthquake", "volcano", "flood", "wildfire",
    "disaster", "conflict", "protest", "policy_decision", "rate_decision", "speech", "legislation",
    "sanction", "macro_release", "calendar_entry", "market_move", "filing", "energy_report",
    "outage", "news", "shipping", "health");
constexpr auto kRoles = enumNames<EntityRole>("subject", "actor", "target", "location", "topic",
                                              "instrument", "publisher");

} // namespace

std::optional<EventCategory> eventCategoryFrom(std::string_view text)
{
    return kCategories.valueOf(text);
}

std::string_view toString(EventCategory category)
{
    return kCategories.nameOf(category);
}

std::string_view toString(EventType type)
{
    return kTypes.nameOf(type);
}

std::optional<EventType> eventTypeFrom(std::string_view text)
{
    return kTypes.valueOf(text);
}

std::string_view toString(EntityRole role)
{
    return kRoles.nameOf(role);
}

std::optional<EntityRole> entityRoleFrom(std::string_view text)
{
    return kRoles.valueOf(text);
}

EventCategory categoryOf(EventType type)
{
    switch (type) {
    case EventType::WeatherAlert:
    case EventType::TropicalCyclone: return EventCategory::Weather;
    case EventType::Earthquake:
    case EventType::Volcano:
    case EventType::Flood:
    case EventType::Wildfire:
    case EventType::Disaster:
    case EventType::Health: return EventCategory::Disasters;
    case EventType::Conflict:
    case EventType::Protest: return EventCategory::Conflict;
    case EventType::PolicyDecision:
    case EventType::Speech:
    case EventType::Legislation:
    case EventType::Sanction: return EventCategory::Policy;
    case EventType::RateDecision:
    case EventType::MacroRelease:
    case EventType::CalendarEntry: return EventCategory::Macro;
    case EventType::MarketMove:
    case EventType::Filing:
    case EventType::Shipping: return EventCategory::Markets;
    case EventType::EnergyReport:
    case EventType::Outage: return EventCategory::Energy;
    case EventType::Other:
    case EventType::News: break;
    }
    return EventCategory::News;
}

Hash128 eventKeyFor(const Event &event)
{
    const std::string source = std::to_string(event.source.value);
    if (!event.sourceRef.empty())
        return hashOf({source, event.sourceRef});
    return hashOf({source, toString(event.type), event.title,
                   std::to_string(event.times.observedAt.time_since_epoch().count())});
}

EventId eventIdFor(const Event &event)
{
    return {idFrom(eventKeyFor(event))};
}

Faults validate(const Event &event)
{
    Checks checks;
    checks.require(kTypes.has(event.type), "type", "is unknown");
    checks.text("title", event.title, kEventTitleBytesMax, Presence::Required);
    checks.text("summary", event.summary, kEventSummaryBytesMax, Presence::Optional);
    checks.times(event.times);
    if (event.endsAt) {
        checks.instant("ends_at", *event.endsAt);
        checks.require(*event.endsAt >= event.times.observedAt, "ends_at", "is before observed_at");
    }
    checks.part("geometry", validate(event.geometry));
    checks.regionCode("region", event.region, Presence::Optional);
    checks.require(event.entities.size() <= kEntitiesMax, "entities", "are more than 500");
    for (std::size_t i = 0; i < event.entities.size(); ++i) {
        const std::string field = std::format("entities[{}]", i);
        checks.require(!event.entities[i].entity.isNull(), field, "names nothing");
        checks.require(kRoles.has(event.entities[i].role), field + ".role", "is unknown");
        checks.share(field + ".weight", event.entities[i].weight);
    }
    checks.require(!event.source.isNull(), "source", "is missing");
    checks.text("source_ref", event.sourceRef, kSourceRefBytesMax, Presence::Optional);
    checks.webAddress("url", event.url, Presence::Optional);
    checks.share("confidence", event.confidence);
    checks.share("severity", event.severity);
    checks.attributes(event.attributes);
    checks.require(event.state <= EventState::Retracted, "state", "is unknown");
    checks.require(event.revision >= 1, "revision", "is 0, counting begins at 1");
    return checks.take();
}

} // namespace chrona::schema
