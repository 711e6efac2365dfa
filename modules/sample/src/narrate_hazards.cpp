// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exact_math.h"
#include "gazetteer.h"
#include "narrator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>

namespace chrona::sample {

namespace {

using schema::EntityRole;

struct AlertKind {
    std::string_view name;
    double peak, width;        ///< when in the year, parts of it
    double southMin, northMax; ///< latitudes
    float weight;
    int hoursLong;
    bool isCoastal = false;
};
// clang-format off
constexpr AlertKind kAlerts[] = {
    {"Severe Thunderstorm Warning", .45, .16, 24, 50, 10, 1},
    {"Tornado Warning", .36, .12, 25, 48, 3, 1},
    {"Tornado Watch", .36, .12, 25, 48, 1.5F, 6},
    {"Flash Flood Warning", .55, .20, 24, 50, 4, 4},
    {"Flood Advisory", .40, .25, 24, 60, 4, 12},
    {"Winter Storm Warning", .04, .12, 34, 72, 5, 24},
    {"Winter Weather Advisory", .05, .14, 34, 72, 6, 18},
    {"Blizzard Warning", .06, .09, 38, 72, 1, 20},
    {"Ice Storm Warning", .06, .08, 31, 55, .7F, 18},
    {"Extreme Cold Warning", .04, .09, 38, 72, 2, 24},
    {"Excessive Heat Warning", .55, .10, 22, 47, 4, 36},
    {"Heat Advisory", .55, .12, 22, 49, 4, 24},
    {"Red Flag Warning", .62, .22, 28, 50, 3, 20},
    {"High Wind Warning", .10, .22, 24, 72, 4, 14},
    {"Dense Fog Advisory", .95, .20, 24, 60, 2, 8},
    {"Coastal Flood Advisory", .80, .20, 18, 60, 1.5F, 10, true},
    {"Special Weather Statement", .5, 1, 18, 72, 3, 3},
};
// clang-format on
constexpr std::string_view kCountryParts[] = {
    "northern",      "southern",      "eastern",       "western",       "central",
    "north-eastern", "north-western", "south-eastern", "south-western", "interior"};
constexpr std::string_view kHazardText[] = {
    "%k for %p %s until %h UTC", "%k issued for parts of %p %s", "%k: %p %s",
    "%k continues across %p %s", "%k extended for %p %s until %h UTC"};

double seasonal(double yearPart, const AlertKind &kind)
{
    double distance = yearPart - kind.peak;
    distance -= std::floor(distance + 0.5);
    return exact::exp(-0.5 * distance * distance / (kind.width * kind.width));
}

constexpr std::string_view kCoasts[] = {
    "US-AL", "US-AK", "US-CA", "US-CT", "US-DE", "US-FL", "US-GA", "US-HI", "US-LA", "US-MA",
    "US-MD", "US-ME", "US-MS", "US-NC", "US-NH", "US-NJ", "US-NY", "US-OR", "US-RI", "US-SC",
    "US-TX", "US-VA", "US-WA", "CA-BC", "CA-NB", "CA-NL", "CA-NS", "CA-PE", "CA-QC"};

const AlertKind &alertKind(Random &random, double yearPart, const Subdivision &region)
{
    const double latitude = region.middle.latitude;
    const bool hasCoast = std::ranges::contains(kCoasts, region.code);
    std::array<double, std::size(kAlerts)> sums{};
    double sum = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const auto &kind = kAlerts[i];
        if (latitude >= kind.southMin && latitude <= kind.northMax && (hasCoast || !kind.isCoastal))
            sum += kind.weight * (0.02 + seasonal(yearPart, kind));
        sums[i] = sum;
    }
    return kAlerts[random.pickByCumulative(sums)];
}

const Subdivision &alertRegion(Random &random, bool inCanada)
{
    static const auto sumsFor = [](std::string_view country) {
        std::vector<double> sums;
        for (const auto &part : subdivisions())
            sums.push_back((part.code.starts_with(country) ? part.alertWeight : 0) +
                           (sums.empty() ? 0 : sums.back()));
        return sums;
    };
    static const std::vector<double> us = sumsFor("US");
    static const std::vector<double> canada = sumsFor("CA");
    return subdivisions()[random.pickByCumulative(inCanada ? canada : us)];
}

/// A warned area: six corners around a point.
schema::Geometry hexagon(Random &random, schema::GeoPoint middle)
{
    schema::Ring ring;
    const double radius = random.uniform(0.12, 0.45);
    const double narrowing = std::max(0.3, exact::cosDegrees(middle.latitude));
    for (int corner = 0; corner < 6; ++corner) {
        const double reach = radius * random.uniform(0.75, 1.25);
        const double turns = corner / 6.0;
        ring.push_back(
            {exact::rounded(middle.longitude + reach * exact::cosTurns(turns) / narrowing, 3),
             exact::rounded(middle.latitude + reach * exact::sinTurns(turns), 3)});
    }
    ring.push_back(ring.front());
    return {schema::Geometry::Kind::Areas, {}, {}, {{ring}}};
}

constexpr std::string_view kStormNames[] = {
    "Adler",   "Birch",    "Cedar", "Dogwood",  "Elder",  "Fir", "Gorse",  "Hazel",  "Ilex",
    "Juniper", "Katsura",  "Larch", "Maple",    "Nutmeg", "Oak", "Poplar", "Quince", "Rowan",
    "Spruce",  "Tamarack", "Ulmus", "Viburnum", "Willow", "Yew", "Zelkova"};

std::string_view stormClass(float knots, std::string_view basin)
{
    if (knots < 34)
        return "Tropical Depression";
    if (knots < 64)
        return "Tropical Storm";
    if (basin == "Western Pacific")
        return "Typhoon";
    return basin.contains("Atlantic") || basin.contains("Gulf") || basin.contains("Eastern Pacific")
               ? "Hurricane"
               : "Cyclone";
}

constexpr std::string_view kFloodText[] = {"River flooding displaces households near %c, %n",
                                           "Flood waters rise around %c after days of rain",
                                           "%n: flooding closes roads near %c",
                                           "Flash floods hit districts of %c, %n",
                                           "Dam operators open gates upstream of %c",
                                           "Flooding in %c eases, damage assessed"};
constexpr std::string_view kFireText[] = {
    "Wildfire near %c burns %a hectares", "Evacuations ordered as wildfire spreads outside %c",
    "%n: crews contain %q%% of the fire near %c", "Smoke from wildfires reaches %c",
    "New fire front reported in the hills near %c, %n"};
constexpr std::string_view kDisasterText[] = {"%n asks for aid after landslide near %c",
                                              "Bridge collapse near %c, rescue under way",
                                              "Factory fire in %c, %n",
                                              "Train derails outside %c",
                                              "Drought emergency declared in %n",
                                              "Heat wave strains hospitals in %c, %n",
                                              "Cold wave disrupts transport around %c"};
constexpr std::string_view kVolcanoText[] = {
    "%v: ash plume to %m km", "%v: increased tremor, alert level %q",
    "%v: lava flows on the upper flank", "%v: aviation colour code raised",
    "%v: activity returns to background"};

} // namespace

void Narrator::weatherAlert(Draft &draft, bool inCanada) const
{
    auto &[planned, random, event] = draft;
    const Subdivision &region = alertRegion(random, inCanada);
    const auto day =
        static_cast<std::size_t>((planned.observedAt - m_plan.span.begin) / kDayMicroseconds);
    const AlertKind &kind = alertKind(random, m_plan.span.yearPart(day), region);
    const Instant until = event.times.observedAt +
                          std::chrono::minutes(60 * kind.hoursLong + random.between(-20, 40));
    event.endsAt = until;
    const std::string clock = formatInstant(until).substr(11, 5);
    event.title = filled(
        random.pick(kHazardText),
        {{'k', kind.name}, {'p', random.pick(kCountryParts)}, {'s', region.name}, {'h', clock}});
    addTopic(draft, "severe weather");
    addRegion(draft, region.code);
    placeAt(draft, region.middle, region.reachDegrees * 0.45);
    event.attributes = {{"alert", std::string(kind.name)}};
    if (random.chance(0.12))
        event.geometry = hexagon(random, event.geometry.points.front());
}

schema::Geometry Narrator::trackOf(const Storm &storm) const
{
    std::vector<schema::GeoPoint> line;
    for (std::uint32_t i = 0; i < storm.points; ++i) {
        const auto at = m_plan.agenda.stormPoints[storm.firstPoint + i].at;
        // A track across the date line would be drawn around the globe.
        if (!line.empty() && std::abs(at.longitude - line.back().longitude) > 180)
            return schema::Geometry::at(at);
        line.push_back(at);
    }
    return {schema::Geometry::Kind::Lines, {}, {line}, {}};
}

void Narrator::cyclone(Draft &draft) const
{
    auto &[planned, random, event] = draft;
    const StormPoint &point = m_plan.agenda.stormPoints[planned.anchor];
    const Storm &storm = m_plan.agenda.storms[point.storm];
    const StormBasin &basin = stormBasins()[storm.basin];
    const std::string_view name = kStormNames[point.storm % std::size(kStormNames)];
    const std::string wind = number(point.windKnots, 0);
    const bool isLast = planned.anchor + 1 == storm.firstPoint + storm.points;
    if (isLast && storm.points >= 2) {
        event.title =
            std::format("Last advisory on {} in the {}, with its track", name, basin.name);
        event.geometry = trackOf(storm);
    } else {
        event.title = std::format("{} {}: winds {} knots, {}",
                                  stormClass(point.windKnots, basin.name), name, wind, basin.name);
        event.geometry = schema::Geometry::at(point.at);
    }
    event.attributes = {{"advisory", std::int64_t{planned.anchor - storm.firstPoint + 1}},
                        {"basin", std::string(basin.name)},
                        {"storm", std::format("{}-{:05}", name, point.storm)},
                        {"wind_knots", static_cast<double>(point.windKnots)}};
    addTopic(draft, "tropical cyclone");
    if (!basin.landfallRegion.empty() && std::abs(point.at.latitude) > 20)
        addRegion(draft, basin.landfallRegion);
}

void Narrator::quake(Draft &draft) const
{
    auto &[planned, random, event] = draft;
    const Quake &quake = m_plan.agenda.quakes[planned.anchor];
    const Fault &fault = faults()[quake.fault];
    const std::string magnitude = number(quake.magnitude, 1);
    const std::string distance = std::to_string(random.between(3, 140));
    constexpr std::string_view kText[] = {"M %m earthquake, %d km from the coast, %f", "M %m - %f",
                                          "M %m quake at %k km depth, %f",
                                          "M %m earthquake, %f region"};
    event.title = quake.isAftershock
                      ? filled("M %m aftershock, %f", {{'m', magnitude}, {'f', fault.name}})
                      : filled(random.pick(kText), {{'m', magnitude},
                                                    {'d', distance},
                                                    {'f', fault.name},
                                                    {'k', number(quake.depthKm, 0)}});
    event.geometry = schema::Geometry::at(quake.at);
    event.attributes = {{"aftershock", quake.isAftershock},
                        {"depth_km", static_cast<double>(quake.depthKm)},
                        {"magnitude", exact::rounded(quake.magnitude, 1)}};
    addTopic(draft, "earthquake");
    if (!fault.region.empty())
        addRegion(draft, fault.region);
}

void Narrator::volcano(Draft &draft) const
{
    auto &[planned, random, event] = draft;
    const VolcanoPlace &place = random.pick(volcanoes());
    const std::string plume = number(3 + 12 * planned.severity, 1);
    event.title =
        planned.severity > 0.93F
            ? std::format("{}: major explosive eruption, plume to {} km", place.name, plume)
            : filled(
                  random.pick(kVolcanoText),
                  {{'v', place.name}, {'m', plume}, {'q', std::to_string(random.between(2, 4))}});
    event.geometry = schema::Geometry::at(place.at);
    addTopic(draft, "volcano");
    addRegion(draft, place.region);
}

void Narrator::flood(Draft &draft) const
{
    const Scene scene = sceneIn(draft, countryOf(draft));
    draft.event.title = filled(draft.random.pick(kFloodText),
                               {{'c', scene.city}, {'n', countries()[scene.country].name}});
    addTopic(draft, "flood");
    addRegion(draft, scene.region);
    placeAt(draft, scene.at, 0.6);
}

void Narrator::wildfire(Draft &draft) const
{
    auto &[planned, random, event] = draft;
    constexpr std::string_view kRegions[] = {"US-CA", "US-WA", "US-CO", "US-AZ", "CA-BC",
                                             "CA-AB", "GR",    "ES",    "PT",    "IT",
                                             "TR",    "AU",    "CL",    "BR",    "RU"};
    const Scene scene = sceneAt(draft, random.pick(kRegions));
    const std::string area =
        std::to_string(20 + static_cast<int>(exact::exp(3 + 7 * planned.severity)));
    event.title = filled(random.pick(kFireText), {{'c', scene.city},
                                                  {'n', countries()[scene.country].name},
                                                  {'a', area},
                                                  {'q', std::to_string(random.between(5, 95))}});
    addTopic(draft, "wildfire");
    addRegion(draft, scene.region);
    schema::GeoPoint at = scene.at;
    const auto part = std::ranges::find(subdivisions(), scene.region, &Subdivision::code);
    if (part != subdivisions().end())
        at = part->middle;
    placeAt(draft, at, 1.3);
}

void Narrator::disaster(Draft &draft) const
{
    const Scene scene = sceneIn(draft, countryOf(draft));
    const auto pattern = kDisasterText[topicOf(draft, std::size(kDisasterText))];
    draft.event.title =
        filled(pattern, {{'c', scene.city}, {'n', countries()[scene.country].name}});
    addTopic(draft, "disaster");
    addRegion(draft, scene.region);
    placeAt(draft, scene.at, 0.5);
}

} // namespace chrona::sample
