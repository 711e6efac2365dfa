// SPDX-License-Identifier: AGPL-3.0-or-later
#include "second_opinion.h"

#include "overfit.h"

#include "chrona/stats/bootstrap.h"
#include "chrona/stats/predictive_regression.h"
#include "chrona/stats/sharpe.h"

#include <algorithm>
#include <cmath>

namespace chrona::discovery {

namespace {

/// The signal as a rule that holds its window's sign and size each day.
stats::SharpeSample sharpeOf(std::span<const double> terms, int sign)
{
    const auto n = static_cast<double>(terms.size());
    double mean = 0;
    for (const double term : terms)
        mean += sign * term / n;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (const double term : terms) {
        const double away = sign * term - mean;
        second += away * away / n;
        third += away * away * away / n;
        fourth += away * away * away * away / n;
    }
    if (!(second > 0))
        return {0, n, 0, 3};
    return {mean / std::sqrt(second), n, third / std::pow(second, 1.5), fourth / (second * second)};
}

} // namespace

void addSecondOpinion(const PairData &data, const Parameters &parameters, const TrialLedger &ledger,
                      std::uint64_t seed, Signal &signal)
{
    const auto product = terms(data.x, data.scores, signal.horizon, signal.lag);
    const double meanBlock = std::max(2.0 * static_cast<double>(signal.horizon), 10.0);
    signal.bootstrapP =
        stats::bootstrapMean(product, {meanBlock, parameters.bootstrapDraws, seed}).pTwoSided;
    // The regression asks about x[t] and the days after t: the lag is given by shifting x.
    const auto x = data.x.first(data.x.size() - std::min(data.x.size(), signal.lag));
    const auto scores = data.scores.subspan(data.scores.size() - x.size());
    const stats::PredictiveSample sample{x, scores, signal.horizon};
    signal.neweyWestT =
        stats::neweyWest(sample, std::max(signal.horizon - 1, stats::automaticLags(x.size()))).t;
    const auto sharpe = sharpeOf(product, signal.sign);
    const double variance =
        ledger.tests > 0 && sharpe.periods > 0
            ? ledger.squaredT / static_cast<double>(ledger.tests) / sharpe.periods
            : 0;
    signal.deflatedSharpe =
        stats::deflatedSharpe(sharpe, std::max(2.0, static_cast<double>(ledger.tests)), variance);
    signal.overfit =
        overfitShare(windowTrials(data.x, data.scores, {parameters.horizons, parameters.lagMax}));
}

} // namespace chrona::discovery
