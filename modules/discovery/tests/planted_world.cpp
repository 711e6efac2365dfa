// SPDX-License-Identifier: AGPL-3.0-or-later
#include "planted_world.h"

#include <cmath>
#include <format>
#include <stdexcept>

namespace chrona::discovery::tests {

namespace {

using namespace std::chrono;

class Noise {
public:
    explicit Noise(std::uint64_t seed) : m_state(seed * 7'919 + 17) {}
    double normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += uniform();
        return sum;
    }

private:
    double uniform()
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }
    std::uint64_t m_state;
};

std::int64_t microsecondsOf(Instant instant)
{
    return instant.time_since_epoch().count();
}

} // namespace

AsOfPanel PlantedWorld::panel() const
{
    auto built = AsOfPanel::build(days, features, targets);
    if (!built)
        throw std::runtime_error(built.error().what);
    return std::move(*built);
}

PlantedWorld noiseWorld(const WorldSize &size)
{
    PlantedWorld world;
    Noise noise(size.seed);
    for (Date date = sys_days(year(2015) / 1 / 2); world.days.size() < size.days;
         date += std::chrono::days(1))
        if (weekday(date) != Saturday && weekday(date) != Sunday)
            world.days.push_back({date, date + hours(21)});
    for (std::size_t i = 0; i < size.features; ++i) {
        FeatureHistory feature{std::format("F{:02}", i), {}};
        double level = 0;
        for (const auto &day : world.days) {
            level = 0.5 * level + noise.normal();
            const auto at = microsecondsOf(day.decisionAt);
            feature.vintages.push_back({at - 3'600'000'000, at - 1'800'000'000, level});
        }
        world.features.push_back(std::move(feature));
    }
    for (std::size_t j = 0; j < size.targets; ++j)
        world.targets.push_back({std::format("T{}", j), {}});
    std::vector<double> logs(size.targets, 4.6);
    for (std::size_t t = 0; t < size.days; ++t) {
        const double shared = 0.008 * noise.normal();
        for (std::size_t j = 0; j < size.targets; ++j) {
            logs[j] += shared + 0.008 * noise.normal();
            world.targets[j].prices.push_back(std::exp(logs[j]));
        }
    }
    return world;
}

void plant(PlantedWorld &world, const Effect &effect)
{
    const auto &vintages = world.features[effect.feature].vintages;
    double added = 0;
    auto &prices = world.targets[effect.target].prices;
    for (std::size_t t = 0; t < prices.size(); ++t) {
        if (t >= effect.lag && t < effect.endsAt) // features have deviation 1.15, returns 0.0113
            added += effect.correlation * 0.0113 * vintages[t - effect.lag].value / 1.15;
        prices[t] *= std::exp(added);
    }
}

void plantLeak(PlantedWorld &world, std::size_t feature, std::size_t target, std::size_t window)
{
    auto &vintages = world.features[feature].vintages;
    const auto &prices = world.targets[target].prices;
    for (std::size_t t = 0; t < vintages.size(); ++t) {
        const std::size_t end = std::min(t + window, prices.size() - 1);
        vintages[t].value = 100 * std::log(prices[end] / prices[t]) + 0.2 * vintages[t].value;
        vintages[t].knownAt = end == t + window ? microsecondsOf(world.days[end].decisionAt) + 1
                                                : microsecondsOf(world.days.back().decisionAt) + 1;
    }
}

} // namespace chrona::discovery::tests
