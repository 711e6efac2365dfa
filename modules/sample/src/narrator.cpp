// SPDX-License-Identifier: AGPL-3.0-or-later
#include "narrator.h"

#include "exact_math.h"
#include "gazetteer.h"

#include <algorithm>
#include <format>

namespace chrona::sample {

namespace {

using Ids = std::vector<std::pair<std::string, schema::EntityId>>;

schema::EntityId idOf(const Ids &ids, std::string_view code)
{
    const auto found = std::ranges::lower_bound(
        ids, code, {}, [](const auto &item) -> std::string_view { return item.first; });
    return found != ids.end() && found->first == code ? found->second : schema::EntityId{};
}

void link(schema::Event &event, schema::EntityId entity, schema::EntityRole role, float weight)
{
    if (!entity.isNull() && std::ranges::none_of(event.entities, [&](const auto &known) {
            return known.entity == entity;
        }))
        event.entities.push_back({entity, role, weight});
}

constexpr float kConfidence[] = {0.6F, 0.7F, 0.8F, 0.85F, 0.9F, 0.95F, 1.0F};

} // namespace

std::string filled(std::string_view pattern, Slots slots)
{
    std::string result;
    result.reserve(pattern.size() + 32);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%' || i + 1 == pattern.size()) {
            result += pattern[i];
            continue;
        }
        const char slot = pattern[++i];
        const auto *const found =
            std::ranges::find(slots, slot, &std::pair<char, std::string_view>::first);
        if (found == slots.end())
            result += slot;
        else
            result += found->second;
    }
    return result;
}

std::string number(double value, int decimals)
{
    return std::format("{:.{}f}", exact::rounded(value, decimals) + 0.0, decimals);
}

Narrator::Narrator(const World::Plan &plan) : m_plan(plan), m_citiesOf(countries().size())
{
    for (const auto &entity : plan.cast.entities) {
        const auto after = [&](std::string_view prefix) {
            return entity.key.substr(prefix.size());
        };
        if (entity.key.starts_with("country:"))
            m_regionIds.emplace_back(after("country:"), entity.id);
        else if (entity.key.starts_with("region:"))
            m_regionIds.emplace_back(after("region:"), entity.id);
        else if (entity.kind == schema::EntityKind::EventTopic)
            m_topicIds.emplace_back(entity.name, entity.id);
        else if (entity.key.starts_with("instrument:"))
            m_instrumentIds.emplace_back(after("instrument:"), entity.id);
        else if (entity.key.starts_with("sector:"))
            m_sectorIds.emplace_back(after("sector:"), entity.id);
    }
    for (auto *ids : {&m_regionIds, &m_topicIds, &m_instrumentIds, &m_sectorIds})
        std::ranges::sort(*ids, {}, &std::pair<std::string, schema::EntityId>::first);
    for (std::size_t i = 0; i < kStreamCount; ++i)
        m_sourceIds.push_back(schema::sourceIdFor(ruleOf(static_cast<Stream>(i)).source));
    for (std::size_t i = 0; i < cities().size(); ++i)
        if (const auto country = countryIndex(cities()[i].region.substr(0, 2));
            country < m_citiesOf.size())
            m_citiesOf[country].push_back(i);
}

schema::Event Narrator::narrate(const PlannedEvent &planned) const
{
    const StreamRule &rule = ruleOf(planned.stream);
    Draft draft{
        planned, Random(m_plan.options.seed, rule.name, 0x1'0000'0000U + planned.number), {}};
    auto &event = draft.event;
    event.type = rule.type;
    event.times.observedAt = Instant(Duration(planned.observedAt));
    event.times.publishedAt = Instant(Duration(planned.publishedAt()));
    event.times.ingestedAt = *event.times.publishedAt + std::chrono::seconds(45);
    event.times.basis = schema::AvailabilityBasis::Stated;
    event.source = m_sourceIds[static_cast<std::size_t>(planned.stream)];
    event.sourceRef = std::format("{}/{:07}", rule.name, planned.number);
    event.confidence = draft.random.pick(kConfidence);
    event.severity = planned.severity;
    event.synthetic = true;
    tell(draft);
    if (const Story *story = storyOf(draft))
        event.attributes.push_back({"story", std::format("sample-story-{:06}", planned.anchor)}),
            event.attributes.push_back({"story_size", std::int64_t{story->size}});
    event.attributes.push_back({"synthetic", true});
    std::ranges::sort(event.attributes, {}, &schema::Attribute::key);
    if (draft.random.chance(0.012)) {
        event.revision = 2;
        event.state =
            draft.random.chance(0.2) ? schema::EventState::Retracted : schema::EventState::Revised;
    }
    if (event.summary.empty())
        event.summary = std::format("{}. Invented for the sample world.", event.title);
    event.contentHash = hashOf({event.title, event.summary});
    event.id = schema::eventIdFor(event);
    return std::move(draft.event);
}

const Story *Narrator::storyOf(const Draft &draft) const
{
    if (draft.planned.anchor == PlannedEvent::kNone || ruleOf(draft.planned.stream).storyShare <= 0)
        return nullptr;
    return &m_plan.agenda.stories[draft.planned.anchor];
}

std::size_t Narrator::countryOf(Draft &draft) const
{
    const Story *story = storyOf(draft);
    return story != nullptr ? story->country : pickCountry(draft.random);
}

std::size_t Narrator::topicOf(Draft &draft, std::size_t count) const
{
    const Story *story = storyOf(draft);
    return story != nullptr ? story->topic % count : draft.random.below(count);
}

std::size_t Narrator::organizationOf(Draft &draft) const
{
    const Story *story = storyOf(draft);
    return story != nullptr ? story->organization : draft.random.below(kOrganizationCount);
}

Narrator::Scene Narrator::sceneIn(Draft &draft, std::size_t country) const
{
    const Country &land = countries()[country];
    const auto &known = m_citiesOf[country];
    const std::size_t at = draft.random.below(known.size() + 1);
    if (at == known.size())
        return {country, land.capital, land.code, land.capitalAt};
    const City &city = cities()[known[at]];
    return {country, city.name, city.region, city.at};
}

Narrator::Scene Narrator::sceneAt(Draft &draft, std::string_view region) const
{
    const std::size_t country = countryIndex(region.substr(0, 2));
    const auto city = std::ranges::find(cities(), region, &City::region);
    if (region.size() > 2 && city != cities().end())
        return {country, city->name, region, city->at};
    Scene scene = sceneIn(draft, country);
    scene.region = region;
    return scene;
}

void Narrator::addTopic(Draft &draft, std::string_view topic) const
{
    link(draft.event, idOf(m_topicIds, topic), schema::EntityRole::Topic, 1);
}

void Narrator::addRegion(Draft &draft, std::string_view region) const
{
    draft.event.region = region;
    link(draft.event, idOf(m_regionIds, region), schema::EntityRole::Location, 1);
    if (region.size() > 2)
        link(draft.event, idOf(m_regionIds, region.substr(0, 2)), schema::EntityRole::Location,
             0.9F);
}

void Narrator::addOrganization(Draft &draft, std::size_t organization,
                               schema::EntityRole role) const
{
    link(draft.event, m_plan.cast.organizationIds[organization], role, 0.95F);
    const SectorName &sector = sectorNames()[sectorOf(organization)];
    link(draft.event, idOf(m_sectorIds, sector.key), schema::EntityRole::Topic, 0.8F);
    link(draft.event, idOf(m_instrumentIds, sector.instrument), schema::EntityRole::Instrument,
         0.5F);
}

void Narrator::addInstrument(Draft &draft, std::string_view symbol, schema::EntityRole role) const
{
    link(draft.event, idOf(m_instrumentIds, symbol), role, 1);
}

void Narrator::addPort(Draft &draft, std::string_view name) const
{
    link(draft.event, schema::entityIdFor(portKey(name)), schema::EntityRole::Location, 1);
}

void Narrator::addCentralBank(Draft &draft, std::string_view country) const
{
    link(draft.event, schema::entityIdFor(centralBankKey(country)), schema::EntityRole::Actor, 1);
}

void Narrator::placeAt(Draft &draft, schema::GeoPoint at, double jitterDegrees) const
{
    const double narrowing = std::max(0.2, exact::cosDegrees(at.latitude));
    at.longitude += jitterDegrees * draft.random.normal() / narrowing;
    at.latitude += jitterDegrees * draft.random.normal();
    if (at.longitude > 180)
        at.longitude -= 360;
    if (at.longitude < -180)
        at.longitude += 360;
    draft.event.geometry = schema::Geometry::at(
        {exact::rounded(at.longitude, 4), exact::rounded(std::clamp(at.latitude, -89.0, 89.0), 4)});
}

void Narrator::tell(Draft &draft) const
{
    switch (draft.planned.stream) {
    case Stream::WeatherUs: return weatherAlert(draft, false);
    case Stream::WeatherCanada: return weatherAlert(draft, true);
    case Stream::Cyclone: return cyclone(draft);
    case Stream::Quake: return quake(draft);
    case Stream::Volcano: return volcano(draft);
    case Stream::Flood: return flood(draft);
    case Stream::Wildfire: return wildfire(draft);
    case Stream::Disaster: return disaster(draft);
    case Stream::ConflictOil: return conflict(draft, true);
    case Stream::ConflictOther: return conflict(draft, false);
    case Stream::ProtestOil: return protest(draft, true);
    case Stream::ProtestOther: return protest(draft, false);
    case Stream::PolicyUs: return policy(draft, true);
    case Stream::PolicyOther: return policy(draft, false);
    case Stream::Legislation: return legislation(draft);
    case Stream::Sanction: return sanction(draft);
    case Stream::Speech: return speech(draft);
    case Stream::Shipping: return shipping(draft);
    case Stream::Outage: return outage(draft);
    case Stream::Health: return health(draft);
    case Stream::Filing: return filing(draft);
    case Stream::TechnologyNews: return news(draft, true);
    case Stream::News: return news(draft, false);
    case Stream::Other: return other(draft);
    case Stream::RateDecision: return rateDecision(draft);
    case Stream::MacroRelease: return macroRelease(draft);
    case Stream::EnergyReport: return energyReport(draft);
    case Stream::CalendarEntry: return calendarEntry(draft);
    case Stream::MarketMove: return marketMove(draft);
    }
}

} // namespace chrona::sample
