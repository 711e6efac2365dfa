// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "pair_test.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

/// How often the choice that was best on one half of the history is below the median on the other:
/// the probability of backtest overfitting over all C(8,4) halves, from sums by block (Bailey,
/// Borwein, López de Prado and Zhu).
namespace chrona::discovery {

inline constexpr std::size_t kOverfitBlocks = 8;

/// Sums of one trial, by block.
struct TrialSums {
    std::array<double, kOverfitBlocks> numerator{}, variance{};
};
/// NaN for fewer than two trials.
[[nodiscard]] double overfitShare(std::span<const TrialSums> trials);

/// All windows of one pair.
[[nodiscard]] std::vector<TrialSums>
windowTrials(std::span<const double> x, std::span<const double> scores, const Windows &windows);
/// One window, from its terms.
[[nodiscard]] TrialSums trialOf(std::span<const double> terms);

/// What a second look found of a pair, as numbers that can be kept.
inline constexpr std::size_t kNumbersOfAPair = 8 + 2 * kOverfitBlocks;
void addNumbers(const PairResult &looked, const TrialSums &trial, std::vector<double> &numbers);
void fromNumbers(std::span<const double> numbers, PairResult &looked, TrialSums &trial);

} // namespace chrona::discovery
