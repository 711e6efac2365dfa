// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>

/// Order statistics. NaN values are left out; nothing left gives NaN. Pure; any thread.
namespace chrona::stats {

/// Linear interpolation between order statistics; probability in [0, 1].
[[nodiscard]] double quantile(std::span<const double> values, double probability);
[[nodiscard]] double median(std::span<const double> values);

enum class MedianRule {
    Lower,    ///< the first value whose cumulative weight reaches half of the total
    Midpoint, ///< the mean of it and the next one where the weight reaches exactly half
};
/// Weights that are not positive are dropped.
[[nodiscard]] double weightedMedian(std::span<const double> values, std::span<const double> weights,
                                    MedianRule rule);

} // namespace chrona::stats
