// SPDX-License-Identifier: AGPL-3.0-or-later
// Streams whose events follow each other in place and time: quakes with aftershocks, storm tracks,
// stories.
#include "agenda.h"
#include "cast.h"
#include "exact_math.h"
#include "gazetteer.h"
#include "random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chrona::sample {

namespace {

schema::GeoPoint jittered(Random &random, schema::GeoPoint at, double degrees)
{
    const double narrowing = std::max(0.2, exact::cosDegrees(at.latitude));
    at.longitude += degrees * random.normal() / narrowing;
    at.latitude += degrees * random.normal();
    if (at.longitude > 180)
        at.longitude -= 360;
    if (at.longitude < -180)
        at.longitude += 360;
    at.latitude = std::clamp(at.latitude, -85.0, 85.0);
    return {exact::rounded(at.longitude, 3), exact::rounded(at.latitude, 3)};
}

Quake mainShock(Random &random, std::span<const double> faultWeights)
{
    const std::size_t number = random.pickByCumulative(faultWeights);
    const Fault &fault = faults()[number];
    const std::size_t leg = random.below(fault.line.size() - 1);
    const double along = random.uniform();
    const auto &a = fault.line[leg];
    const auto &b = fault.line[leg + 1];
    const schema::GeoPoint at{a.longitude + along * (b.longitude - a.longitude),
                              a.latitude + along * (b.latitude - a.latitude)};
    // Gutenberg and Richter: each magnitude is ten times rarer than the one below it.
    const double magnitude = std::min(2.8 + random.exponential(1 / 2.302585), 8.7);
    const double depth =
        std::min<double>(4 + random.exponential(fault.depthKmMax / 3.0), fault.depthKmMax);
    return {jittered(random, at, 0.45), static_cast<float>(exact::rounded(magnitude, 1)),
            static_cast<float>(exact::rounded(depth, 1)), static_cast<std::uint16_t>(number),
            false};
}

PlannedEvent quakeEvent(std::int64_t at, float magnitude, std::size_t row)
{
    PlannedEvent event;
    event.observedAt = at;
    event.anchor = static_cast<std::uint32_t>(row);
    event.severity = std::clamp((magnitude - 2.0F) / 6.5F, 0.02F, 1.0F);
    event.stream = Stream::Quake;
    return event;
}

std::int64_t anyTimeOf(Random &random, const DrawRequest &request)
{
    const std::size_t day = random.pickByCumulative(request.cumulative);
    return request.span.begin + static_cast<std::int64_t>(day) * kDayMicroseconds +
           random.between(0, 86'399) * 1'000'000;
}

/// One storm of 6-hourly points; its wind rises, holds and falls.
std::vector<StormPoint> track(Random &random, const StormBasin &basin)
{
    const auto count = static_cast<std::size_t>(random.between(10, 38));
    const double peak = std::min(38 + random.exponential(34), 165.0);
    schema::GeoPoint at{random.uniform(basin.genesis.west, basin.genesis.east),
                        random.uniform(basin.genesis.south, basin.genesis.north)};
    const double pole = at.latitude < 0 ? -1 : 1;
    double driftNorth = random.uniform(0.12, 0.4);
    std::vector<StormPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double life = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        const double wind = 25 + (peak - 25) * exact::sinTurns(life / 2);
        points.push_back({{exact::rounded(at.longitude, 2), exact::rounded(at.latitude, 2)},
                          static_cast<float>(5 * std::floor(wind / 5)),
                          0});
        const bool recurved = std::abs(at.latitude) > std::abs(basin.recurveLatitude);
        at.longitude += (recurved ? 1.3 : -basin.driftWest) + 0.25 * random.normal();
        driftNorth =
            std::clamp(driftNorth + 0.08 * random.normal() + (recurved ? 0.08 : 0.0), -0.1, 1.3);
        at.latitude += pole * driftNorth;
        if (at.longitude > 180)
            at.longitude -= 360;
        if (at.longitude < -180)
            at.longitude += 360;
    }
    return points;
}

std::int64_t stormStart(Random &random, const DrawRequest &request, const StormBasin &basin)
{
    for (;;) {
        const std::size_t day = random.below(request.span.days);
        double distance = request.span.yearPart(day) - basin.seasonPeak;
        distance -= std::floor(distance + 0.5);
        const double likely =
            exact::exp(-0.5 * distance * distance / (basin.seasonWidth * basin.seasonWidth));
        if (random.chance(likely))
            return request.span.begin + static_cast<std::int64_t>(day) * kDayMicroseconds +
                   random.between(0, 3) * 6 * 3'600'000'000;
    }
}

} // namespace

void drawQuakes(const DrawRequest &request, Agenda &agenda)
{
    Random random(request.seed, "quake", 2);
    std::vector<double> weights;
    for (const auto &fault : faults())
        weights.push_back(fault.weight + (weights.empty() ? 0 : weights.back()));
    const std::size_t mains = request.count - request.count * 2 / 5;
    std::vector<std::int64_t> times;
    std::vector<double> productivity;
    for (std::size_t i = 0; i < mains; ++i) {
        const Quake quake = mainShock(random, weights);
        times.push_back(anyTimeOf(random, request));
        agenda.events.push_back(quakeEvent(times.back(), quake.magnitude, agenda.quakes.size()));
        agenda.quakes.push_back(quake);
        const double raised = exact::exp(1.9 * (quake.magnitude - 4));
        productivity.push_back(raised + (productivity.empty() ? 0 : productivity.back()));
    }
    for (std::size_t i = mains; i < request.count; ++i) {
        const std::size_t main = random.pickByCumulative(productivity);
        Quake quake = agenda.quakes[main];
        quake.isAftershock = true;
        const double weaker = 1.0 + random.exponential(0.5);
        quake.magnitude =
            static_cast<float>(exact::rounded(std::max(2.6, quake.magnitude - weaker), 1));
        quake.at = jittered(random, quake.at, 0.18);
        // Omori: the rate falls with one over the time since the main shock, here up to 60 days.
        const double hours = 0.5 * exact::power(2'880, random.uniform());
        const auto at = times[main] + static_cast<std::int64_t>(hours * 3'600) * 1'000'000;
        agenda.events.push_back(quakeEvent(at, quake.magnitude, agenda.quakes.size()));
        agenda.quakes.push_back(quake);
    }
}

void drawStorms(const DrawRequest &request, Agenda &agenda)
{
    Random random(request.seed, "cyclone", 2);
    std::vector<double> weights;
    for (const auto &basin : stormBasins())
        weights.push_back(basin.weight + (weights.empty() ? 0 : weights.back()));
    std::size_t left = request.count;
    while (left > 0) {
        const std::size_t number = random.pickByCumulative(weights);
        const StormBasin &basin = stormBasins()[number];
        auto points = track(random, basin);
        const std::int64_t start = stormStart(random, request, basin);
        points.resize(std::min(points.size(), left));
        left -= points.size();
        const auto storm = static_cast<std::uint32_t>(agenda.storms.size());
        agenda.storms.push_back({static_cast<std::uint16_t>(number),
                                 static_cast<std::uint32_t>(agenda.stormPoints.size()),
                                 static_cast<std::uint32_t>(points.size())});
        for (std::size_t i = 0; i < points.size(); ++i) {
            points[i].storm = storm;
            PlannedEvent event;
            event.observedAt = start + static_cast<std::int64_t>(i) * 6 * 3'600'000'000;
            event.anchor = static_cast<std::uint32_t>(agenda.stormPoints.size());
            event.severity = std::clamp((points[i].windKnots - 20) / 140, 0.03F, 1.0F);
            event.stream = Stream::Cyclone;
            agenda.stormPoints.push_back(points[i]);
            agenda.events.push_back(event);
        }
    }
}

void drawStories(const DrawRequest &request, const StreamRule &rule, Agenda &agenda)
{
    Random random(request.seed, rule.name, 4);
    std::size_t left = request.count;
    while (left > 0) {
        const auto size =
            std::min(left, static_cast<std::size_t>(std::min(random.pareto(3, 1.3), 90.0)));
        const std::int64_t start = anyTimeOf(random, request);
        const double daysLong = random.uniform(0.6, 5);
        const double weight = random.uniform();
        const auto row = static_cast<std::uint32_t>(agenda.stories.size());
        agenda.stories.push_back({static_cast<std::uint32_t>(pickCountry(random)),
                                  static_cast<std::uint32_t>(random.below(1'000)),
                                  static_cast<std::uint32_t>(random.below(kOrganizationCount)),
                                  static_cast<std::uint32_t>(size)});
        for (std::size_t i = 0; i < size; ++i) {
            PlannedEvent event;
            const double later = i == 0 ? 0 : random.exponential(daysLong * 86'400);
            event.observedAt = start + static_cast<std::int64_t>(later) * 1'000'000;
            event.anchor = row;
            event.severity = static_cast<float>(
                exact::rounded(std::clamp(0.15 + 0.35 * weight + static_cast<double>(size) / 200 +
                                              0.08 * random.normal(),
                                          0.05, 1.0),
                               3));
            event.stream = rule.stream;
            agenda.events.push_back(event);
        }
        left -= size;
    }
}

} // namespace chrona::sample
