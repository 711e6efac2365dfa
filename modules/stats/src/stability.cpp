// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/stability.h"

#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::stats {

Stability stability(const EffectEvidence &evidence)
{
    Stability result;
    result.median = median(evidence.blocks);
    result.q25 = quantile(evidence.blocks, 0.25);
    result.q75 = quantile(evidence.blocks, 0.75);
    result.spread = result.q75 - result.q25;
    if (!(std::abs(result.median) > 0)) { // none, or NaN: nothing to rely on
        result.score = std::isnan(result.median) ? std::numeric_limits<double>::quiet_NaN() : 0;
        return result;
    }
    result.sign = result.median > 0 ? 1 : -1;
    const double size = std::abs(result.median);
    double agreeing = 0;
    double counted = 0;
    for (const double effect : evidence.blocks) {
        if (std::isnan(effect))
            continue;
        ++counted;
        agreeing += effect * result.sign > 0 ? 1 : 0;
    }
    result.signShare = agreeing / counted;
    result.consistency = std::max(0.0, 2 * result.signShare - 1);
    const double noise = 1.349 * evidence.blockError;
    const double beyond = std::sqrt(std::max(0.0, result.spread * result.spread - noise * noise));
    result.dispersion = size / (size + beyond);
    const auto held = [&](double effect) {
        return std::clamp(effect * result.sign / size, 0.0, 1.0);
    };
    double sum = 0;
    double least = 1;
    std::size_t regimes = 0;
    for (const double effect : evidence.regimes) {
        if (std::isnan(effect))
            continue;
        sum += held(effect);
        least = std::min(least, held(effect));
        ++regimes;
    }
    // Without regimes that could be judged, nothing speaks against the effect.
    result.regimes = regimes == 0 ? 1 : 0.5 * least + 0.5 * sum / static_cast<double>(regimes);
    result.outOfSample = std::isnan(evidence.outOfSample) ? 0 : held(evidence.outOfSample);
    result.score = std::pow(
        result.consistency * result.dispersion * result.regimes * result.outOfSample, 0.25);
    return result;
}

} // namespace chrona::stats
