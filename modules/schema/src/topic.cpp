// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/topic.h"

#include "enum_names.h"

namespace chrona::schema {
namespace {

constexpr auto kTopics =
    enumNames<Topic>("none", "monetary_policy", "inflation", "employment", "growth", "fiscal",
                     "trade", "sanctions", "conflict", "diplomacy", "politics", "energy",
                     "disasters", "health", "technology", "companies", "markets");

} // namespace

std::string_view toString(Topic topic)
{
    return kTopics.nameOf(topic);
}

std::optional<Topic> topicFrom(std::string_view text)
{
    return kTopics.valueOf(text);
}

EventCategory categoryOf(Topic topic)
{
    switch (topic) {
    case Topic::MonetaryPolicy:
    case Topic::Inflation:
    case Topic::Employment:
    case Topic::Growth: return EventCategory::Macro;
    case Topic::Fiscal:
    case Topic::Trade:
    case Topic::Sanctions:
    case Topic::Diplomacy:
    case Topic::Politics: return EventCategory::Policy;
    case Topic::Conflict: return EventCategory::Conflict;
    case Topic::Energy: return EventCategory::Energy;
    case Topic::Disasters: return EventCategory::Disasters;
    case Topic::Companies:
    case Topic::Markets: return EventCategory::Markets;
    case Topic::None:
    case Topic::Health:
    case Topic::Technology: break;
    }
    return EventCategory::News;
}

std::string entityKeyOf(Topic topic)
{
    return "topic:" + std::string(toString(topic));
}

} // namespace chrona::schema
