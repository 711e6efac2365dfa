// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/mercator.h"
#include "chrona/geo/places.h"
#include "chrona/geo/shipped.h"
#include "chrona/schema/event_columns.h"

#include <cmath>
#include <memory>
#include <random>

namespace chrona::ui {

/// Events as the world has them: most near where people live, quakes along the edges of plates,
/// weather over land, and a few without a place. The same count gives the same events.
inline std::shared_ptr<schema::EventColumns> plausibleEvents(std::size_t count)
{
    using schema::EventType;
    const auto places = geo::Places::read(geo::shippedData(geo::ShippedData::Places)).value();
    std::vector<double> weights;
    for (const geo::Place &place : places.all())
        weights.push_back(std::pow(double(place.population) + 1'000, 0.75));
    std::mt19937_64 random(count);
    std::discrete_distribution<std::size_t> anyPlace(weights.begin(), weights.end());
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> unit;
    constexpr std::array kHuman{
        EventType::News,         EventType::News,           EventType::Conflict,
        EventType::Protest,      EventType::PolicyDecision, EventType::MacroRelease,
        EventType::MarketMove,   EventType::EnergyReport,   EventType::Outage,
        EventType::WeatherAlert, EventType::WeatherAlert,   EventType::Flood,
        EventType::Wildfire};
    // Corners of the Pacific's rim, and of the Alpide belt.
    // clang-format off
    constexpr std::array<schema::GeoPoint, 14> kPlates{{
        {-71, -33}, {-76, -10}, {-92, 14}, {-116, 33}, {-125, 41}, {-152, 59}, {-176, 51},
        {158, 53}, {142, 38}, {124, 10}, {100, 0}, {168, -17}, {178, -36}, {75, 36}}};
    // clang-format on
    auto columns = std::make_shared<schema::EventColumns>();
    columns->reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        schema::GeoPoint at;
        EventType type = kHuman[random() % kHuman.size()];
        if (unit(random) < 0.06) {
            const auto &a = kPlates[random() % (kPlates.size() - 2)];
            const auto &b = (&a)[1];
            const double t = std::abs(a.longitude - b.longitude) > 180 ? 0 : unit(random);
            at = {a.longitude + (b.longitude - a.longitude) * t + normal(random) * 1.6,
                  a.latitude + (b.latitude - a.latitude) * t + normal(random) * 1.6};
            type = EventType::Earthquake;
        } else {
            const std::size_t number = anyPlace(random);
            const geo::Place &place = places.all()[number];
            if (unit(random) < 0.6) // every place has its own kind of news
                type = kHuman[(number * 2'654'435'761u >> 7) % kHuman.size()];
            const schema::GeoPoint town = geo::unproject({place.at.x, place.at.y});
            const double spread =
                type == EventType::WeatherAlert || type == EventType::Wildfire ? 1.4 : 0.12;
            at = {town.longitude + normal(random) * spread,
                  town.latitude + normal(random) * spread};
        }
        if (at.longitude > 180)
            at.longitude -= 360;
        const double severity = std::min(1.0, std::pow(unit(random), 3.0));
        columns->id.push_back(std::int64_t(i) + 1);
        columns->observedAt.push_back(1'600'000'000'000'000 + std::int64_t(i) * 60'000'000);
        columns->availableAt.push_back(columns->observedAt.back());
        columns->longitude.push_back(float(at.longitude));
        columns->latitude.push_back(float(at.latitude));
        columns->type.push_back(std::uint8_t(type));
        columns->severity.push_back(std::uint8_t(severity * 255));
        columns->confidence.push_back(200);
        columns->flags.push_back(schema::EventColumns::kSynthetic |
                                 (i % 50 == 0 ? 0 : schema::EventColumns::kHasPlace));
        columns->source.push_back(0);
        columns->region.push_back(0);
    }
    return columns;
}

} // namespace chrona::ui
