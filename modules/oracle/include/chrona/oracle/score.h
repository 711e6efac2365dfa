// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/oracle/band.h"
#include "chrona/oracle/tick.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// How good a replay was, where the truth is known. Values in, values out; any thread.
namespace chrona::oracle {

struct TimedPrice {
    std::int64_t atMs = 0;
    double price = 0;
    double confidenceBps = 0;
};

/// A stretch in which something was going on.
struct Episode {
    std::string kind; ///< "flash" and "depeg" concern all venues
    std::int64_t startMs = 0, endMs = 0;
};

struct PriceScore {
    std::size_t answers = 0, missing = 0;         ///< missing: seconds of truth without an answer
    double median = 0, p95 = 0, p99 = 0, max = 0; ///< |error|, bps
    double calmMedian = 0;                        ///< outside episodes
    double calmWithin8 = 0;                       ///< part of calm seconds within 8 bps
    double afterOnset = 0; ///< mean error 28–32 s after a crash or depeg began; NaN: none
    double coverage = 0;   ///< part of answers whose band held the truth
};
/// Both ascend by time. A missing answer counts as missing and not as an error.
[[nodiscard]] PriceScore scorePrices(std::span<const TimedPrice> answers,
                                     std::span<const TimedPrice> truth,
                                     std::span<const Episode> episodes);

/// A tick with its label and what was said of it.
struct JudgedTick {
    TickClass label = TickClass::Sound;
    TickClass judged = TickClass::Sound;
    std::string kind; ///< of episode
};

struct FlagScore {
    std::size_t ticks = 0, falseAlarms = 0; ///< alarms of any class at sound ticks
    double precision = 0, recall = 0;       ///< of bad_price; NaN: nothing to count
    struct Kind {
        std::string kind;
        std::size_t bad = 0, found = 0;
    };
    std::vector<Kind> kinds; ///< of bad_price, by name
};
[[nodiscard]] FlagScore scoreFlags(std::span<const JudgedTick> ticks);

struct BandScore {
    std::size_t epochs = 0, inside = 0;
    std::size_t longestOutside = 0;
    double distance = 0; ///< mean |choice − median|, bps
};
/// Choices and bands are matched by their moment; a band without a choice is outside.
[[nodiscard]] BandScore scoreBand(std::span<const TimedPrice> choices,
                                  std::span<const RevealedBand> bands);

} // namespace chrona::oracle
