// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "evidence.h"

#include <span>
#include <vector>

/// When a feature stood out, what followed, and how much of the effect hangs on it.
namespace chrona::discovery {

struct Stretch {
    std::size_t begin = 0, end = 0; ///< days, half-open
    std::size_t peak = 0;
    double robustZ = 0; ///< at the peak, signed
};

/// Runs of days on which the prepared feature lies at least two robust deviations from its median,
/// those closer than `mergeDays` as one.
[[nodiscard]] std::vector<Stretch> stretchesOf(std::span<const double> x, std::size_t mergeDays);

struct EpisodeSeries {
    std::span<const double> known;   ///< the feature as it was known
    std::span<const double> returns; ///< daily, of the target; NaN where there is none
};
/// Fills the episodes of a signal with window, sign and inflation, their influence and the t that
/// is left without the three strongest.
void addEpisodes(const PairData &data, const EpisodeSeries &series, Signal &signal);

} // namespace chrona::discovery
