// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "pair_test.h"

#include <optional>
#include <span>
#include <vector>

/// What stands behind one pair that passed the tests: effect by block and regime, out of sample,
/// influence, label.
namespace chrona::discovery {

struct PairData {
    std::span<const double> x;
    std::span<const double> scores;     ///< of the view in which it was found, with its sign
    std::span<const double> volatility; ///< of the target, known the day before
};

/// By day: what tells regimes apart beside volatility.
struct Regimes {
    std::vector<char> ratesRising; ///< 1 rising, 0 falling, -1 unknown; empty: no rate given
    std::vector<char> secondHalf;  ///< of the year
};
[[nodiscard]] Regimes regimesOf(const AsOfPanel &panel, std::span<const double> rate);

/// Fills effect, blocks, stability, label, regime, influence and rows of a signal whose window is
/// set.
void gatherEvidence(const PairData &data, const Regimes &regimes, const Parameters &parameters,
                    Signal &signal);

/// Effects of the same window under other questions.
struct OtherEffects {
    double raw = 0; ///< with trend and season left in
    double own = 0; ///< on the target less what all share; NaN: not known
};
/// How the finished signal could be wrong.
void addFailures(const OtherEffects &effects, Signal &signal);

/// The rule of the sample that the signal breaks, if any.
[[nodiscard]] std::optional<Refusal> sampleRules(const Signal &signal,
                                                 const Parameters &parameters);

/// Correlation of the window with the scores over a range of terms.
[[nodiscard]] double effectOver(const PairData &data, std::size_t horizon, std::size_t lag,
                                std::size_t begin, std::size_t end);

} // namespace chrona::discovery
