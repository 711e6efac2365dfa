// SPDX-License-Identifier: AGPL-3.0-or-later
#include "evidence.h"

#include "chrona/stats/folds.h"
#include "chrona/stats/predictive_regression.h"
#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::discovery {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kShortBlocks = 20; ///< for the question whether the effect comes and goes
constexpr std::size_t kRegimeRowsMin = 60;

/// Window and score of each day on which both exist, side by side.
struct Aligned {
    std::vector<double> window, score;
};

Aligned align(const PairData &data, std::size_t horizon, std::size_t lag)
{
    Aligned result;
    const auto sums = movingSum(data.x, horizon);
    const std::size_t count = sums.size() > lag + 1 ? sums.size() - lag - 1 : 0;
    result.window.assign(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(count));
    for (std::size_t t = 0; t < count; ++t)
        result.score.push_back(data.scores[t + lag + 1]);
    return result;
}

double correlationOver(const Aligned &data, std::size_t begin, std::size_t end)
{
    const std::span<const double> w = std::span(data.window).subspan(begin, end - begin);
    const std::span<const double> s = std::span(data.score).subspan(begin, end - begin);
    const double spread = dotProduct(w, w) * dotProduct(s, s);
    return spread > 0 ? dotProduct(w, s) / std::sqrt(spread) : kMissing;
}

std::vector<double> effectsByBlock(const Aligned &data, std::size_t blocks)
{
    const auto edges = stats::blockEdges(data.window.size(), blocks);
    std::vector<double> effects;
    for (std::size_t block = 0; block < blocks; ++block)
        effects.push_back(correlationOver(data, edges[block], edges[block + 1]));
    return effects;
}

/// Effects on days whose volatility was in the low, middle and high third.
std::vector<double> effectsByVolatility(const Aligned &data, const PairData &pair, std::size_t lag)
{
    std::vector<double> volatility;
    for (std::size_t t = 0; t < data.window.size(); ++t)
        volatility.push_back(pair.volatility[t + lag + 1]);
    const double low = stats::quantile(volatility, 1.0 / 3);
    const double high = stats::quantile(volatility, 2.0 / 3);
    std::vector<double> effects;
    for (int third = 0; third < 3; ++third) {
        Aligned part;
        for (std::size_t t = 0; t < data.window.size(); ++t) {
            if ((volatility[t] > low) + (volatility[t] > high) != third)
                continue;
            part.window.push_back(data.window[t]);
            part.score.push_back(data.score[t]);
        }
        if (part.window.size() >= kRegimeRowsMin)
            effects.push_back(correlationOver(part, 0, part.window.size()));
    }
    return effects;
}

struct Line {
    double slope = 0, slopeT = 0, excess = 0;
};

/// Effects over time on a straight line; excess is how far they scatter about it, in units in which
/// mere noise has mean 0 and deviation 1.
Line lineThrough(std::span<const double> effects, double error)
{
    const auto n = static_cast<double>(effects.size());
    double mean = 0;
    for (const double effect : effects)
        mean += effect / n;
    double product = 0;
    double spread = 0;
    for (std::size_t k = 0; k < effects.size(); ++k) {
        const double place = static_cast<double>(k) - (n - 1) / 2;
        product += place * (effects[k] - mean);
        spread += place * place;
    }
    Line line;
    line.slope = spread > 0 ? product / spread : 0;
    line.slopeT = line.slope * std::sqrt(spread) / error;
    double squares = 0;
    for (std::size_t k = 0; k < effects.size(); ++k) {
        const double place = static_cast<double>(k) - (n - 1) / 2;
        const double rest = (effects[k] - mean - line.slope * place) / error;
        squares += rest * rest;
    }
    line.excess = n > 2 ? (squares - (n - 2)) / std::sqrt(2 * (n - 2)) : 0;
    return line;
}

std::vector<double> known(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    return values;
}

Label labelOf(const Signal &signal, const Line &line)
{
    const auto blocks = known(signal.blockEffects);
    if (blocks.size() < 3)
        return Label::Active;
    const double latest = (blocks[blocks.size() - 1] + blocks[blocks.size() - 2]) / 2;
    const double ratio = latest / stats::median(blocks);
    if (ratio < 0)
        return Label::Gone;
    const bool isFalling = line.slopeT * signal.sign < -2;
    return ratio < 0.5 || isFalling ? Label::Fading : Label::Active;
}

/// Windows are chosen anew before each test block, so that what is tested was not chosen by it.
double walkForwardEffect(const PairData &data, const Parameters &parameters, const Signal &signal)
{
    const Windows windows{parameters.horizons, parameters.lagMax};
    const std::size_t days = data.x.size();
    const std::size_t firstTest = std::max<std::size_t>(parameters.blocks / 4, 1);
    double sum = 0;
    double rows = 0;
    for (const auto &fold : stats::walkForward(
             {days, parameters.blocks, signal.horizon, parameters.embargoDays}, firstTest)) {
        if (fold.train.size() < kRegimeRowsMin)
            continue;
        const auto tests =
            allWindows(data.x.first(fold.train.end), data.scores.first(fold.train.end), windows);
        const auto best = std::ranges::max_element(
            tests, {}, [&](const WindowTest &test) { return test.t * signal.sign; });
        const std::size_t reach = best->lag + best->horizon;
        const std::size_t begin = fold.test.begin > reach ? fold.test.begin - reach : 0;
        // Terms are dated by the feature's day: those whose return lies in the test block.
        const Aligned aligned = align(data, best->horizon, best->lag);
        const std::size_t first =
            fold.test.begin > best->lag + 1 ? fold.test.begin - best->lag - 1 : begin;
        const std::size_t last =
            std::min(fold.test.end - std::min(fold.test.end, best->lag + 1), aligned.window.size());
        if (first >= last)
            continue;
        const double effect = correlationOver(aligned, first, last);
        if (std::isnan(effect))
            continue;
        sum += effect * static_cast<double>(last - first);
        rows += static_cast<double>(last - first);
    }
    return rows > 0 ? sum / rows : kMissing;
}

} // namespace

double effectOver(const PairData &data, std::size_t horizon, std::size_t lag, std::size_t begin,
                  std::size_t end)
{
    const Aligned aligned = align(data, horizon, lag);
    return begin < end && end <= aligned.window.size() ? correlationOver(aligned, begin, end)
                                                       : kMissing;
}

void gatherEvidence(const PairData &data, const Parameters &parameters, Signal &signal)
{
    const Aligned aligned = align(data, signal.horizon, signal.lag);
    const std::size_t rows = aligned.window.size();
    signal.rows = static_cast<std::size_t>(
        std::ranges::count_if(aligned.window, [](double value) { return value != 0; }));
    signal.effect = correlationOver(aligned, 0, rows);
    signal.effectiveRows =
        std::min(static_cast<double>(signal.rows),
                 stats::effectiveCount(aligned.window, aligned.score, 2 * signal.horizon + 20));
    signal.blockEffects = effectsByBlock(aligned, parameters.blocks);
    const double perBlock =
        std::max(1.0, static_cast<double>(signal.rows) / static_cast<double>(parameters.blocks));
    signal.outOfSample = walkForwardEffect(data, parameters, signal);
    const auto regimes = effectsByVolatility(aligned, data, signal.lag);
    signal.stability = stats::stability(
        {signal.blockEffects, 1 / std::sqrt(perBlock), regimes, signal.outOfSample});
    const auto fine = known(effectsByBlock(aligned, kShortBlocks));
    const Line line =
        lineThrough(fine, 1 / std::sqrt(static_cast<double>(signal.rows) / kShortBlocks));
    signal.label = labelOf(signal, line);
    signal.regime = line.excess > 1.645 ? Regime::Split : Regime::All;
    const auto product = terms(data.x, data.scores, signal.horizon, signal.lag);
    double total = 0;
    double largest = 0;
    for (const double term : product) {
        total += term;
        largest = std::max(largest, term * signal.sign);
    }
    signal.influence = total != 0 ? largest / std::abs(total) : 1;
    signal.rank =
        (std::isnan(signal.stability.score) ? 0 : signal.stability.score) * (1 - signal.q);
}

std::optional<Refusal> sampleRules(const Signal &signal, const Parameters &parameters)
{
    if (signal.effectiveRows < parameters.effectiveRowsMin)
        return Refusal{signal.feature, signal.target, Rule::SmallSample, signal.effectiveRows,
                       parameters.effectiveRowsMin};
    if (signal.influence > parameters.influenceMax)
        return Refusal{signal.feature, signal.target, Rule::Influence, signal.influence,
                       parameters.influenceMax};
    return std::nullopt;
}

} // namespace chrona::discovery
