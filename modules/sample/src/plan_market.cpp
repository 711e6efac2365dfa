// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exact_math.h"
#include "plan.h"
#include "random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chrona::sample {

namespace {

struct CountFeature {
    std::string_view key;
    Stream stream;
    float severityMin;
};
constexpr CountFeature kDrawnFeatures[] = {
    {"sample:feature:conflict-oil", Stream::ConflictOil, 0},
    {"sample:feature:sanctions", Stream::Sanction, 0},
    {"sample:feature:shipping", Stream::Shipping, 0},
    {"sample:feature:severe-weather-us", Stream::WeatherUs, 0.25F},
    {"sample:feature:policy-us", Stream::PolicyUs, 0},
    {"sample:feature:outages", Stream::Outage, 0},
    {"sample:feature:health", Stream::Health, 0},
    {"sample:feature:technology-news", Stream::TechnologyNews, 0},
    {"sample:feature:wildfires", Stream::Wildfire, 0},
    {"sample:feature:protest-oil", Stream::ProtestOil, 0},
    {"sample:feature:quakes", Stream::Quake, 0.35F},
    {"sample:feature:filings", Stream::Filing, 0},
    {"sample:feature:speeches", Stream::Speech, 0},
    {"sample:feature:floods", Stream::Flood, 0},
};
constexpr float kEruption = 0.93F; ///< severity that only the planted eruptions reach

std::vector<PlantedRelation> plantedRelations()
{
    using enum RelationKind;
    return {
        {"sample:feature:conflict-oil", "USO", Stable, 2, 1, 0.12},
        {"sample:feature:sanctions", "GLD", Stable, 3, 1, 0.12},
        {"sample:feature:shipping", "XLY", Stable, 9, -1, 0.12},
        {"sample:feature:severe-weather-us", "XLI", Stable, 4, -1, 0.12},
        {"sample:feature:policy-us", "VIXY", Regime, 5, 1, 0.20},
        {"sample:feature:outages", "XLK", Regime, 6, -1, 0.20},
        {"sample:feature:health", "XLV", Decaying, 8, 1, 0.28},
        {"sample:feature:activity-nowcast", "SPY", FirstPrint, 2, 1, 0.13},
    };
}

std::vector<Trap> plantedTraps()
{
    return {
        {"sample:feature:technology-news", "XLK", TrapKind::SharedTrend},
        {"sample:feature:wildfires", "XLP", TrapKind::Season},
        {"sample:feature:protest-oil", "USO", TrapKind::Proxy},
        {"sample:feature:market-falls", "SPY", TrapKind::Reverse},
        {"sample:feature:eruptions", "USO", TrapKind::Sparse},
        {"sample:feature:freight-nowcast", "XLI", TrapKind::RevisionLeak},
    };
}

std::vector<double> nowcast(Random random, std::size_t days, double persistence)
{
    std::vector<double> result(days);
    double level = random.normal();
    for (auto &value : result) {
        level = persistence * level + std::sqrt(1 - persistence * persistence) * random.normal();
        value = exact::rounded(10 + 2 * level, 4);
    }
    return result;
}

void addDriftAndSeason(World::Plan &plan, std::vector<std::vector<double>> &returns)
{
    auto &trending = returns[instrumentIndex("XLK")];
    auto &seasonal = returns[instrumentIndex("XLP")];
    const double trend = 0.10 * deviationOf(trending);
    const double season = 0.12 * deviationOf(seasonal);
    for (std::size_t day = 0; day < trending.size(); ++day) {
        const double through = static_cast<double>(day) / static_cast<double>(trending.size());
        trending[day] += trend * (2 * through - 1);
        const auto worldDay = static_cast<std::size_t>(
            (plan.tradingDays[day].closesAt.time_since_epoch().count() - plan.span.begin) /
            kDayMicroseconds);
        seasonal[day] += season * exact::cosTurns(plan.span.yearPart(worldDay) - 0.58);
    }
}

const FeatureTrack &track(const World::Plan &plan, std::string_view key)
{
    return *std::ranges::find(plan.features, key, &FeatureTrack::key);
}

void addNowcasts(World::Plan &plan)
{
    const std::size_t days = plan.tradingDays.size();
    FeatureTrack activity{"sample:feature:activity-nowcast",
                          nowcast(Random(plan.options.seed, "activity"), days, 0.4),
                          {},
                          20};
    Random noise(plan.options.seed, "activity-revision");
    for (const double value : activity.firstPrint)
        activity.revised.push_back(exact::rounded(value + 3 * noise.normal(), 4));
    plan.features.push_back(std::move(activity));
}

/// First prints are noise; the revision is fitted to the five days that followed.
void addRevisionLeak(World::Plan &plan, std::span<const double> returns)
{
    FeatureTrack freight{"sample:feature:freight-nowcast",
                         nowcast(Random(plan.options.seed, "freight"), returns.size(), 0.6),
                         {},
                         25};
    const double scale = 1.6 / (deviationOf(returns) * std::sqrt(5.0) + 1e-12);
    for (std::size_t day = 0; day < returns.size(); ++day) {
        double following = 0;
        for (std::size_t next = day + 1; next <= day + 5 && next < returns.size(); ++next)
            following += returns[next];
        freight.revised.push_back(exact::rounded(freight.firstPrint[day] + scale * following, 4));
    }
    plan.features.push_back(std::move(freight));
}

/// Lifts a few volcano notices and moves them to the morning before large moves of oil.
void addSparseTrap(World::Plan &plan, std::span<const double> oilReturns)
{
    std::vector<std::size_t> order(oilReturns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order,
                      [&](std::size_t a, std::size_t b) { return oilReturns[a] > oilReturns[b]; });
    std::size_t used = 0;
    for (auto &event : plan.agenda.events) {
        if (event.stream != Stream::Volcano)
            continue;
        event.severity = std::min(event.severity, 0.8F);
        if (used >= 7 || event.number % 5 != 0 || used >= order.size() || order[used] == 0)
            continue;
        const auto close = plan.tradingDays[order[used] - 1].closesAt.time_since_epoch().count();
        event.observedAt = std::max(plan.span.begin, close - 6 * 3'600'000'000);
        event.delaySeconds = 1'800;
        event.severity = 0.95F;
        ++used;
    }
}

/// The market's own events: the moves largest for their instrument, told after the close.
void addMoves(World::Plan &plan, std::size_t count)
{
    for (std::size_t i = 0; i < plan.bars.size(); ++i) {
        const auto &bars = plan.bars[i];
        std::vector<double> changes(bars.size());
        for (std::size_t day = 1; day < bars.size(); ++day)
            changes[day] = bars[day].close / bars[day - 1].close - 1;
        const double deviation = deviationOf(changes) + 1e-12;
        for (std::size_t day = 1; day < bars.size(); ++day)
            if (plan.tradingDays[day].closesAt + std::chrono::hours(2) < plan.options.end)
                plan.moves.push_back({static_cast<std::uint16_t>(i),
                                      static_cast<std::uint32_t>(day), changes[day],
                                      changes[day] / deviation});
    }
    std::ranges::sort(plan.moves, [](const Move &a, const Move &b) {
        const double x = std::abs(a.deviations);
        const double y = std::abs(b.deviations);
        return x != y ? x > y : std::pair(a.day, a.instrument) < std::pair(b.day, b.instrument);
    });
    plan.moves.resize(std::min(plan.moves.size(), count));
    Random random(plan.options.seed, "move", 3);
    for (std::size_t i = 0; i < plan.moves.size(); ++i) {
        const Move &move = plan.moves[i];
        PlannedEvent event;
        event.observedAt = plan.tradingDays[move.day].closesAt.time_since_epoch().count() +
                           random.between(2, 55) * 60'000'000;
        event.delaySeconds = 60;
        event.anchor = static_cast<std::uint32_t>(i);
        event.number = static_cast<std::uint32_t>(i);
        event.severity = static_cast<float>(std::min(1.0, std::abs(move.deviations) / 6));
        event.stream = Stream::MarketMove;
        plan.agenda.events.push_back(event);
    }
}

/// Falls of the day as they are known at the next close.
std::vector<double> fallsBefore(const World::Plan &plan)
{
    std::vector<double> result(plan.tradingDays.size());
    for (const Move &move : plan.moves)
        if (move.change < 0 && move.day + 1 < result.size())
            result[move.day + 1] += 1;
    return result;
}

} // namespace

std::vector<double> World::Plan::dailyRate(Stream stream, float severityMin) const
{
    std::vector<double> counts(tradingDays.size());
    for (const auto &event : agenda.events) {
        if (event.stream != stream || event.severity < severityMin)
            continue;
        const Instant at{Duration(event.publishedAt())};
        const auto day = std::ranges::lower_bound(tradingDays, at, {}, &TradingDay::closesAt);
        if (day != tradingDays.end())
            counts[static_cast<std::size_t>(day - tradingDays.begin())] += 1;
    }
    for (std::size_t day = 1; day < counts.size(); ++day) {
        const auto gap = tradingDays[day].closesAt - tradingDays[day - 1].closesAt;
        const double days =
            static_cast<double>(gap.count()) / static_cast<double>(kDayMicroseconds);
        counts[day] = exact::rounded(counts[day] / days, 6);
    }
    return counts;
}

void addMarket(World::Plan &plan, std::size_t moveCount)
{
    for (const auto &feature : kDrawnFeatures)
        plan.features.push_back(
            {std::string(feature.key), plan.dailyRate(feature.stream, feature.severityMin), {}, 0});
    addNowcasts(plan);
    auto returns = plainReturns(plan.options.seed, plan.tradingDays.size());
    addDriftAndSeason(plan, returns);
    plan.truth = {plantedRelations(), plantedTraps()};
    for (const auto &relation : plan.truth.relations)
        plant(relation, track(plan, relation.feature).firstPrint,
              returns[instrumentIndex(relation.instrument)]);
    addRevisionLeak(plan, returns[instrumentIndex("XLI")]);
    addSparseTrap(plan, returns[instrumentIndex("USO")]);
    plan.features.push_back(
        {"sample:feature:eruptions", plan.dailyRate(Stream::Volcano, kEruption), {}, 0});
    for (std::size_t i = 0; i < returns.size(); ++i)
        plan.bars.push_back(barsFrom(plan.options.seed, i, returns[i]));
    addMoves(plan, moveCount);
    plan.features.push_back({"sample:feature:market-falls", fallsBefore(plan), {}, 0});
}

} // namespace chrona::sample
