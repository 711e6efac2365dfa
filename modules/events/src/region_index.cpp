// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/region_index.h"

#include "chrona/geo/base_map.h"
#include "chrona/geo/shipped.h"

#include <algorithm>

namespace chrona::events {
namespace {

/// Off a coast the nearest country is meant, as the agencies that report quakes and storms do.
constexpr double kNearKm = 100;
constexpr double kStateNearKm = 5;
constexpr float kInside = 0.97F, kNear = 0.7F;

void link(EntityMapping &mapping, EntityLink made)
{
    const auto known = std::ranges::find(mapping.links, made.key, &EntityLink::key);
    if (known != mapping.links.end()) {
        known->confidence = std::max(known->confidence, made.confidence);
        return;
    }
    const auto place = std::ranges::find_if(mapping.links, [&made](const EntityLink &one) {
        return one.confidence < made.confidence;
    });
    mapping.links.insert(place, std::move(made)); // surest first
}

} // namespace

Result<RegionIndex> RegionIndex::shipped()
{
    const auto table = geo::shippedData(geo::ShippedData::Countries);
    auto codes =
        geo::CountryCodes::read({reinterpret_cast<const char *>(table.data()), table.size()});
    if (!codes)
        return std::unexpected(codes.error());
    const auto map = geo::readBaseMap(geo::shippedData(geo::ShippedData::World));
    if (!map)
        return std::unexpected(map.error());
    RegionIndex index;
    index.m_codes = std::move(*codes);
    index.m_countries = geo::AreaIndex::build(*map, geo::AreaLayer::Countries);
    index.m_states = geo::AreaIndex::build(*map, geo::AreaLayer::States);
    return index;
}

std::optional<RegionIndex::Place> RegionIndex::at(schema::GeoPoint point) const
{
    const auto country = m_countries.find(point, kNearKm);
    if (!country)
        return std::nullopt;
    const geo::Country *known = m_codes.find(m_countries.codeOf(country->area));
    if (known == nullptr) // a disputed area without a code
        return std::nullopt;
    Place place{known->alpha2, known->name, country->distanceKm == 0};
    if (const auto state = m_states.find(point, kStateNearKm))
        if (const std::string &code = m_states.codeOf(state->area);
            code.starts_with(known->alpha2 + "-"))
            place.region = code;
    return place;
}

void linkByPoint(const RegionIndex &regions, const schema::Event &event, EntityMapping &mapping)
{
    if (!event.region.empty() || event.geometry.kind != schema::Geometry::Kind::Point ||
        event.geometry.points.empty())
        return;
    const auto place = regions.at(event.geometry.points.front());
    if (!place)
        return;
    mapping.region = place->region;
    const float confidence = place->isInside ? kInside : kNear;
    const std::string country = place->region.substr(0, 2);
    link(mapping, {"country:" + country, place->country, schema::EntityKind::Country,
                   schema::EntityRole::Location, confidence});
    if (place->region.size() > 2)
        link(mapping, {"region:" + place->region, place->region, schema::EntityKind::Region,
                       schema::EntityRole::Location, confidence});
}

} // namespace chrona::events
