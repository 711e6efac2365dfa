// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/oracle/policy.h"
#include "chrona/oracle/replay.h"
#include "chrona/oracle/score.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// How good the engine was over recorded days, had it known nothing of a day before it came, and
/// how bad it gets when something goes wrong. Pure; any thread.
namespace chrona::oracle {

/// One recorded day of one feed. Its venues must be those of the other days.
struct BacktestDay {
    std::string name;
    FeedSetup setup;
    std::vector<Tick> ticks;                ///< in order of arrival
    std::vector<RevealedBand> bands{};      ///< others', by when they became known
    std::vector<TimedPrice> truth{};        ///< each second; empty where nobody knows it
    std::optional<std::int64_t> epochsFromMs{}; ///< absent: they begin with the day
    std::int64_t epochMs = 90'000;
};

/// NaN where there is nothing to compare with.
struct DayScore {
    double median = 0, p99 = 0, max = 0; ///< of the error, bps
    double missing = 0;                  ///< part of the seconds without a sound answer
    double inBand = 0;                   ///< part of the epochs that the price to hand in lay in
    double distance = 0;                 ///< of it from others' median, bps
};

struct StressScore {
    std::string name; ///< "without binance", "okx 2000 ms late", …
    DayScore score;
};

struct BacktestResult {
    struct Day {
        std::string name;
        double noiseFactor = 1; ///< of the policy, chosen on the days before
        DayScore plain;         ///< with the policy as it ships
        DayScore chosen;
        std::vector<StressScore> stresses; ///< of the chosen
    };
    std::vector<Day> days;
    bool isTruthKnown = false; ///< else errors under stress are from the undisturbed answers

    /// Over the days, with the standard error of its mean by bootstrap; nothing of less than two.
    struct Mean {
        double mean = 0;
        std::optional<double> standardError{};
    };
    [[nodiscard]] Mean meanOf(double DayScore::*figure, DayScore Day::*of) const;
    /// The stress with the largest 99 % error of all days; nullptr: there was none.
    [[nodiscard]] const StressScore *worst() const;
};

/// Walks forward: what was learned of venues and of others on the days before goes into each day,
/// and so does the factor of the policy's noise that did best on them (0.7, 1 or 1.4; by the error
/// where the truth is known, else by the distance from others). Each day is then replayed under
/// stress: without each venue, without the two largest, the largest late by 250 ms, 2 s and 15 s,
/// its clock 5 s ahead and behind.
///
/// Fails with InvalidInput for no days, a day without ticks, or days of different venues.
[[nodiscard]] Result<BacktestResult> backtest(std::span<const BacktestDay> days,
                                              const Policy &policy = {});

} // namespace chrona::oracle
