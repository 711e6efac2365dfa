// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// The stationary bootstrap of Politis and Romano: circular blocks of geometric length. Own random
/// numbers, so a seed gives the same answer everywhere. Pure; any thread.
namespace chrona::stats {

struct BootstrapPlan {
    double meanBlock = 10; ///< at least 1
    std::size_t draws = 4'999;
    std::uint64_t seed = 1;
};

struct BootstrapMean {
    double mean = 0;          ///< of the data
    double resampledMean = 0; ///< of the draws
    double standardError = 0; ///< sd of the draws
    double pTwoSided = 0;     ///< (1 + #{|m* - mean| >= |mean|}) / (draws + 1)
    double meanBlockDrawn = 0;
};
[[nodiscard]] BootstrapMean bootstrapMean(std::span<const double> values,
                                          const BootstrapPlan &plan);
/// The closed form of the resampling standard error of the mean.
[[nodiscard]] double exactBootstrapError(std::span<const double> values, double meanBlock);

} // namespace chrona::stats
