// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/sharpe.h"

#include "chrona/stats/distributions.h"

#include <cmath>
#include <numbers>

namespace chrona::stats {

double probabilisticSharpe(const SharpeSample &sample, double benchmark)
{
    const double s = sample.sharpe;
    const double variance = 1 - sample.skew * s + (sample.kurtosis - 1) / 4 * s * s;
    return normalCdf((s - benchmark) * std::sqrt(sample.periods - 1) / std::sqrt(variance));
}

double expectedMaximumSharpe(double trials, double varianceOfTrials)
{
    return std::sqrt(varianceOfTrials) *
           ((1 - std::numbers::egamma) * normalQuantile(1 - 1 / trials) +
            std::numbers::egamma * normalQuantile(1 - 1 / (trials * std::numbers::e)));
}

double deflatedSharpe(const SharpeSample &sample, double trials, double varianceOfTrials)
{
    return probabilisticSharpe(sample, expectedMaximumSharpe(trials, varianceOfTrials));
}

} // namespace chrona::stats
