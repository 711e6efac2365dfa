// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_world.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace chrona::oracle::tests {
namespace {

/// SplitMix64, and what is drawn from it: the same numbers with every library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 0x9E3779B97F4A7C15 + 1) {}
    double uniform()
    {
        m_state += 0x9E3779B97F4A7C15;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (static_cast<double>((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
    }
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }
    double wait(double perSecond) { return -std::log(uniform()) / perSecond; }

private:
    std::uint64_t m_state;
};

struct Kind {
    const char *name;
    std::uint16_t currency;
    double share, perSecond, halfSpreadBps;
};
constexpr std::array<Kind, 12> kKinds{{{"ash", 1, 0.25, 5, 1},
                                       {"beech", 1, 0.16, 4, 1.5},
                                       {"cedar", 0, 0.13, 3, 1.5},
                                       {"dogwood", 1, 0.10, 2, 2},
                                       {"elm", 0, 0.09, 1.5, 3},
                                       {"fir", 1, 0.07, 1.2, 3},
                                       {"gum", 1, 0.06, 0.2, 4},
                                       {"hazel", 0, 0.05, 0.6, 6},
                                       {"ironwood", 1, 0.03, 0.1, 8},
                                       {"juniper", 0, 0.03, 0.3, 10},
                                       {"kapok", 1, 0.02, 0.1, 14},
                                       {"larch", 0, 0.01, 0.15, 18}}};
constexpr int kStepsPerSecond = 10;

/// The price and the stable currency's rate in tenths of a second, as bps of the first.
struct Paths {
    std::vector<double> price, rate;
    [[nodiscard]] double at(const std::vector<double> &path, double seconds) const
    {
        const double x =
            std::clamp(seconds * kStepsPerSecond, 0.0, static_cast<double>(path.size() - 1));
        const auto below = static_cast<std::size_t>(x);
        const std::size_t above = std::min(below + 1, path.size() - 1);
        return path[below] + (x - static_cast<double>(below)) * (path[above] - path[below]);
    }
};

Paths makePaths(const WorldPlan &plan)
{
    Dice dice(plan.seed);
    Paths paths;
    double price = 0, rate = 0;
    const auto ramp = [](double t, double from, double length, double size) {
        return from < 0 ? 0.0 : size * std::clamp((t - from) / length, 0.0, 1.0);
    };
    const auto steps = static_cast<std::size_t>(plan.seconds * kStepsPerSecond) + 1;
    for (std::size_t i = 0; i < steps; ++i) {
        const double t = static_cast<double>(i) / kStepsPerSecond;
        paths.price.push_back(price + ramp(t, plan.crashAt, 10, -500));
        paths.rate.push_back(rate + ramp(t, plan.depegAt, 60, -200));
        price += 1.5 / std::sqrt(kStepsPerSecond) * dice.normal();
        rate += -rate / 3'000 + 0.04 * dice.normal();
    }
    return paths;
}

/// Applies one trouble to a message, and says what it is then.
TickClass disturb(Tick &tick, const Disturbance &trouble, const Tick &before)
{
    const auto scale = [&](double factor) {
        tick.bid *= factor;
        tick.ask *= factor;
        tick.last *= factor;
    };
    switch (trouble.trouble) {
    case Trouble::Decimal: scale(trouble.size); return TickClass::BadPrice;
    case Trouble::Deviating: scale(std::exp(trouble.size * 1e-4)); return TickClass::BadPrice;
    case Trouble::Frozen:
        tick.bid = before.bid;
        tick.ask = before.ask;
        tick.last = before.last;
        return TickClass::Sound;
    case Trouble::Crossed:
        tick.bid *= 1 + trouble.size * 0.5e-4;
        tick.ask *= 1 - trouble.size * 0.5e-4;
        return TickClass::BadBook;
    case Trouble::Clock:
        tick.exchangeMs += static_cast<std::int64_t>(trouble.size * 1e3);
        return TickClass::BadTime;
    case Trouble::NotANumber:
        tick.last = std::numeric_limits<double>::quiet_NaN();
        return TickClass::BadPrice;
    case Trouble::NoVolume:
        tick.size = 0;
        tick.volume24h = 0;
        return TickClass::Sound;
    case Trouble::Duplicate:
    case Trouble::Silent:
    case Trouble::Storm: break;
    }
    return TickClass::Sound;
}

class Venue {
public:
    Venue(const WorldPlan &plan, const Paths &paths, std::uint16_t index)
        : m_plan(plan), m_paths(paths), m_index(index), m_kind(kKinds[index]),
          m_dice(plan.seed * 100 + index),
          m_basis(std::sqrt(m_kind.halfSpreadBps) * m_dice.normal())
    {
    }

    void write(TickWorld &world, std::span<const Disturbance> disturbances)
    {
        for (double t = m_dice.wait(m_kind.perSecond); t < m_plan.seconds;
             t += m_dice.wait(m_kind.perSecond)) {
            Tick tick = fresh(t);
            TickClass label = TickClass::Sound;
            int copies = 1, messages = 1;
            for (const Disturbance &trouble : disturbances) {
                if ((trouble.venue >= 0 && trouble.venue != m_index) || t < trouble.fromSeconds ||
                    t >= trouble.toSeconds)
                    continue;
                const TickClass said = disturb(tick, trouble, m_before);
                label = label == TickClass::Sound ? said : label;
                copies = trouble.trouble == Trouble::Duplicate ? 2 : copies;
                messages = trouble.trouble == Trouble::Silent ? 0 : messages;
                messages =
                    trouble.trouble == Trouble::Storm ? static_cast<int>(trouble.size) : messages;
            }
            for (int message = 0; message < messages; ++message) {
                add(world, tick, label);
                for (int copy = 1; copy < copies; ++copy) {
                    tick.receivedMs += 700;
                    add(world, tick, label == TickClass::Sound ? TickClass::Duplicate : label);
                }
                if (message + 1 < messages)
                    tick = fresh(t + 0.001 * (message + 1));
            }
            m_before = tick;
        }
    }

private:
    Tick fresh(double t)
    {
        const double seen = m_paths.at(m_paths.price, t - 0.1 * m_kind.halfSpreadBps);
        const double rate = m_kind.currency == 1 ? m_paths.at(m_paths.rate, t) : 0;
        const double noise = (0.3 + 0.25 * m_kind.halfSpreadBps) * m_dice.normal();
        const double mid = m_plan.price * std::exp((seen - rate + m_basis + noise) * 1e-4);
        Tick tick;
        tick.venue = m_index;
        tick.exchangeMs = kWorldStartMs + static_cast<std::int64_t>(t * 1e3);
        tick.receivedMs = tick.exchangeMs + 30 + static_cast<std::int64_t>(60 * m_dice.uniform());
        tick.bid = mid * (1 - m_kind.halfSpreadBps * 1e-4);
        tick.ask = mid * (1 + m_kind.halfSpreadBps * 1e-4);
        tick.last = m_dice.uniform() < 0.5 ? tick.bid : tick.ask;
        tick.size = 100 * std::exp(m_dice.normal());
        tick.volume24h = 1e7 * m_kind.share;
        return tick;
    }
    static void add(TickWorld &world, const Tick &tick, TickClass label)
    {
        world.ticks.push_back(tick);
        world.labels.push_back({label, TickClass::Sound, {}});
    }

    const WorldPlan &m_plan;
    const Paths &m_paths;
    std::uint16_t m_index;
    const Kind &m_kind;
    Dice m_dice;
    double m_basis;
    Tick m_before;
};

void writeRates(TickWorld &world, const WorldPlan &plan, const Paths &paths)
{
    Dice dice(plan.seed + 77);
    for (double t = dice.wait(1); t < plan.seconds; t += dice.wait(1)) {
        const double mid = std::exp((paths.at(paths.rate, t) + 0.5 * dice.normal()) * 1e-4);
        Tick tick;
        tick.kind = TickKind::Rate;
        tick.currency = 1;
        tick.venue = 2;
        tick.exchangeMs = kWorldStartMs + static_cast<std::int64_t>(t * 1e3);
        tick.receivedMs = tick.exchangeMs + 80;
        tick.bid = mid * 0.99995;
        tick.ask = mid * 1.00005;
        tick.last = mid;
        tick.size = 5'000;
        world.ticks.push_back(tick);
        world.labels.push_back({});
    }
}

void sortByArrival(TickWorld &world)
{
    std::vector<std::size_t> order(world.ticks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return world.ticks[i].receivedMs; });
    TickWorld sorted;
    for (const std::size_t i : order) {
        sorted.ticks.push_back(world.ticks[i]);
        sorted.labels.push_back(std::move(world.labels[i]));
    }
    world.ticks = std::move(sorted.ticks);
    world.labels = std::move(sorted.labels);
}

} // namespace

TickWorld makeTickWorld(const WorldPlan &plan, std::span<const Disturbance> disturbances)
{
    TickWorld world;
    world.setup.name = "TREE/USD";
    world.setup.currencies = {"USD", "USDT"};
    const Paths paths = makePaths(plan);
    for (std::uint16_t i = 0; i < kKinds.size(); ++i) {
        const Kind &kind = kKinds[i];
        world.setup.venues.push_back({.name = kind.name,
                                      .currency = kind.currency,
                                      .share = kind.share,
                                      .halfSpreadBps = kind.halfSpreadBps});
        Venue(plan, paths, i).write(world, disturbances);
    }
    writeRates(world, plan, paths);
    sortByArrival(world);
    for (int second = 0; second <= static_cast<int>(plan.seconds); ++second)
        world.truth.push_back({kWorldStartMs + second * std::int64_t{1'000},
                               plan.price * std::exp(1e-4 * paths.at(paths.price, second)), 0});
    return world;
}

} // namespace chrona::oracle::tests
