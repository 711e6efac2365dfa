// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

/// Sharpe ratios of rules that were chosen from many (Bailey and López de Prado). Pure; any thread.
namespace chrona::stats {

struct SharpeSample {
    double sharpe = 0; ///< per period
    double periods = 0;
    double skew = 0;
    double kurtosis = 3; ///< 3 for a normal
};
/// Probability that the true ratio exceeds `benchmark`.
[[nodiscard]] double probabilisticSharpe(const SharpeSample &sample, double benchmark);
/// What the best of `trials` worthless rules is expected to show.
[[nodiscard]] double expectedMaximumSharpe(double trials, double varianceOfTrials);
[[nodiscard]] double deflatedSharpe(const SharpeSample &sample, double trials,
                                    double varianceOfTrials);

} // namespace chrona::stats
