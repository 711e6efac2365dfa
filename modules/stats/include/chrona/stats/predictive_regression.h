// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

/// Regression of overlapping forward returns, y[t] = r[t+1] + … + r[t+h] on a constant and x[t],
/// with errors that stay honest under overlap. Inputs without NaN. Undefined is NaN. Pure; any
/// thread.
namespace chrona::stats {

struct PredictiveSample {
    std::span<const double> x;
    std::span<const double> dailyReturn; ///< as long as x
    std::size_t horizon = 1;             ///< days, at least 1
};

struct OrdinaryFit {
    double slope = 0;
    double t = 0; ///< as if returns did not overlap: only to show how wrong that is
    std::size_t rows = 0;
};
[[nodiscard]] OrdinaryFit ordinaryFit(const PredictiveSample &sample);

struct SlopeError {
    std::size_t lagsMax = 0;
    double standardError = 0; ///< NaN where the estimated variance is not positive
    double t = 0;
    double pNormal = 0;
};
/// Bartlett weights 1 - k / (lagsMax + 1), without a small-sample factor.
[[nodiscard]] SlopeError neweyWest(const PredictiveSample &sample, std::size_t lagsMax);
/// Weight 1 up to lag h - 1; its variance may be negative, then NaN.
[[nodiscard]] SlopeError hansenHodrick(const PredictiveSample &sample);
/// floor(4 (n / 100)^(2/9))
[[nodiscard]] std::size_t automaticLags(std::size_t rows);

/// Hodrick's (1992) form 1B: w[t] = x[t-h+1] + … + x[t] against r[t+1], both centred, returns never
/// overlap: sum(w r) / sqrt(sum(w² r²)).
[[nodiscard]] double reverseT(const PredictiveSample &sample);

/// n / (1 + 2 sum_k (1 - k/n) rho_x(k) rho_y(k)), k to lagsMax, cut to [1, n].
[[nodiscard]] double effectiveCount(std::span<const double> x, std::span<const double> y,
                                    std::size_t lagsMax);

} // namespace chrona::stats
