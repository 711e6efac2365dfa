// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Correlations over the pairs in which neither side is NaN. Both spans have one length (the
/// shorter one counts). Undefined (fewer than three pairs, a constant side) is NaN, never 0. Pure;
/// any thread.
namespace chrona::stats {

struct Correlation {
    double value = 0;  ///< NaN: undefined
    double pValue = 0; ///< two-sided, Student t with n - 2 degrees of freedom
    std::size_t pairs = 0;
};

/// 1-based ranks; ties share the mean of theirs. NaN stays NaN.
[[nodiscard]] std::vector<double> averageRanks(std::span<const double> values);
[[nodiscard]] Correlation pearson(std::span<const double> x, std::span<const double> y);
[[nodiscard]] Correlation spearman(std::span<const double> x, std::span<const double> y);
/// Kendall's tau-b; without a p-value (NaN).
[[nodiscard]] Correlation kendall(std::span<const double> x, std::span<const double> y);
/// corr(x[t - lag], y[t]) over the overlap.
[[nodiscard]] Correlation laggedPearson(std::span<const double> x, std::span<const double> y,
                                        std::size_t lag);
[[nodiscard]] Correlation laggedSpearman(std::span<const double> x, std::span<const double> y,
                                         std::size_t lag);

} // namespace chrona::stats
