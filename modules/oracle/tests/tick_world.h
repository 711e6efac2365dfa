// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/oracle/feed.h"
#include "chrona/oracle/score.h"

#include <cstdint>
#include <span>
#include <vector>

/// A small market with a known price, for tests and benchmarks: twelve venues, two currencies, a
/// random walk. Deterministic from its seed.
namespace chrona::oracle::tests {

enum class Trouble : std::uint8_t {
    Decimal,    ///< prices times `size`
    Deviating,  ///< prices off by `size` bps
    Frozen,     ///< the last message again and again, with fresh stamps
    Crossed,    ///< bid above ask by `size` bps
    Clock,      ///< the stamp off by `size` seconds
    Duplicate,  ///< each message twice
    NotANumber, ///< the last trade is NaN
    NoVolume,   ///< size and 24 h volume are 0
    Silent,     ///< no message
    Storm,      ///< `size` messages where one would be
};

struct Disturbance {
    Trouble trouble = Trouble::Silent;
    std::int32_t venue = 0; ///< -1: all of them
    double fromSeconds = 0, toSeconds = 0;
    double size = 0;
};

struct WorldPlan {
    std::uint64_t seed = 1;
    double seconds = 600;
    double price = 0.0213;
    double crashAt = -1; ///< seconds; 5 % down within 10 s, all venues
    double depegAt = -1; ///< seconds; the stable currency loses 2 % within 60 s
};

struct TickWorld {
    FeedSetup setup;
    std::vector<Tick> ticks;
    std::vector<JudgedTick> labels; ///< of each tick, `judged` left Sound
    std::vector<TimedPrice> truth;  ///< each second
};
[[nodiscard]] TickWorld makeTickWorld(const WorldPlan &plan,
                                      std::span<const Disturbance> disturbances = {});

inline constexpr std::int64_t kWorldStartMs = 1'600'000'000'000;

} // namespace chrona::oracle::tests
