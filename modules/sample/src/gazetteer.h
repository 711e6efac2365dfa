// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"

#include <cstdint>
#include <span>
#include <string_view>

/// Where things are: real geography in the rough, from general knowledge, for events that are
/// invented.
namespace chrona::sample {

struct Country {
    std::string_view code; ///< ISO 3166-1 alpha-2
    std::string_view name;
    std::string_view capital;
    schema::GeoPoint capitalAt;
    float newsWeight;               ///< how often it is written about
    std::int32_t capitalPopulation; ///< thousands, rounded
};
[[nodiscard]] std::span<const Country> countries();
/// Index of a code; countries().size() where it is not in the table.
[[nodiscard]] std::size_t countryIndex(std::string_view code);

struct City {
    std::string_view name;
    std::string_view region; ///< ISO 3166-1 or 3166-2
    schema::GeoPoint at;
    std::int32_t population; ///< thousands, rounded
    bool isFinancialCentre;
};
[[nodiscard]] std::span<const City> cities();

/// A state or province with about where its middle is and how far it reaches.
struct Subdivision {
    std::string_view code; ///< ISO 3166-2
    std::string_view name;
    schema::GeoPoint middle;
    float reachDegrees;
    float alertWeight;      ///< how often it has severe weather
    float unemploymentBase; ///< percent
};
[[nodiscard]] std::span<const Subdivision>
subdivisions(); ///< US states and DC, then Canadian provinces

struct SeaPlace {
    std::string_view name;
    std::string_view region; ///< ISO 3166-1; empty for a strait
    schema::GeoPoint at;
    float weight;
    bool isStrait;
};
[[nodiscard]] std::span<const SeaPlace> seaPlaces();

/// A stretch of plate boundary.
struct Fault {
    std::string_view name;
    std::string_view region; ///< ISO 3166-1 of the nearest coast
    std::span<const schema::GeoPoint> line;
    float weight; ///< share of the world's quakes
    float depthKmMax;
};
[[nodiscard]] std::span<const Fault> faults();

struct VolcanoPlace {
    std::string_view name;
    std::string_view region;
    schema::GeoPoint at;
};
[[nodiscard]] std::span<const VolcanoPlace> volcanoes();

/// Where tropical cyclones are born and how they drift.
struct StormBasin {
    std::string_view name;
    std::string_view landfallRegion;
    schema::GeoBox genesis;
    double seasonPeak; ///< part of the year, 0–1
    double seasonWidth;
    float weight;
    double driftWest; ///< degrees in six hours while in the tropics
    double recurveLatitude;
};
[[nodiscard]] std::span<const StormBasin> stormBasins();

/// An area in which invented conflict incidents are placed.
struct HotSpot {
    std::string_view name; ///< "the Sahel border area"
    std::string_view region;
    schema::GeoPoint middle;
    float reachDegrees;
    float weight;
    bool nearOilRoutes;
};
[[nodiscard]] std::span<const HotSpot> hotSpots();

} // namespace chrona::sample
