// SPDX-License-Identifier: AGPL-3.0-or-later
#include "evidence.h"

#include "missing.h"

#include "chrona/stats/folds.h"
#include "chrona/stats/predictive_regression.h"
#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

namespace chrona::discovery {

namespace {

constexpr std::size_t kShortBlocks = 20; ///< for the question whether the effect comes and goes
constexpr std::size_t kRegimeRowsMin = 60;
constexpr std::size_t kRateDays = 63;
constexpr std::size_t kEpisodesUsual = 20;

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

/// Effect on the days for which the part is taken; few of them say nothing.
void addRegime(const Aligned &data, RegimePart part,
               const std::function<bool(std::size_t)> &isTaken, Signal &signal)
{
    Aligned taken;
    for (std::size_t t = 0; t < data.window.size(); ++t) {
        if (!isTaken(t))
            continue;
        taken.window.push_back(data.window[t]);
        taken.score.push_back(data.score[t]);
    }
    const double effective = static_cast<double>(taken.window.size()) * signal.effectiveRows /
                             static_cast<double>(std::max<std::size_t>(signal.rows, 1));
    if (effective < kRegimeRowsMin)
        return;
    const double effect = correlationOver(taken, 0, taken.window.size());
    if (!std::isnan(effect))
        signal.regimeEffects.push_back({part, effect, effective});
}

void addRegimes(const Aligned &data, const PairData &pair, const Regimes &regimes, Signal &signal)
{
    std::vector<double> volatility;
    for (std::size_t t = 0; t < data.window.size(); ++t)
        volatility.push_back(pair.volatility[t + signal.lag + 1]);
    const double low = stats::quantile(volatility, 1.0 / 3);
    const double high = stats::quantile(volatility, 2.0 / 3);
    using enum RegimePart;
    addRegime(
        data, VolatilityLow, [&](std::size_t t) { return volatility[t] <= low; }, signal);
    addRegime(
        data, VolatilityMiddle,
        [&](std::size_t t) { return volatility[t] > low && volatility[t] <= high; }, signal);
    addRegime(
        data, VolatilityHigh, [&](std::size_t t) { return volatility[t] > high; }, signal);
    if (!regimes.ratesRising.empty()) {
        addRegime(
            data, RatesRising, [&](std::size_t t) { return regimes.ratesRising[t] == 1; }, signal);
        addRegime(
            data, RatesFalling, [&](std::size_t t) { return regimes.ratesRising[t] == 0; }, signal);
    }
    addRegime(
        data, FirstHalfOfYear, [&](std::size_t t) { return regimes.secondHalf[t] == 0; }, signal);
    addRegime(
        data, SecondHalfOfYear, [&](std::size_t t) { return regimes.secondHalf[t] == 1; }, signal);
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
std::vector<Fold> walkForwardFolds(const PairData &data, const Parameters &parameters,
                                   const Signal &signal)
{
    const Windows windows{parameters.horizons, parameters.lagMax};
    const std::size_t firstTest = std::max<std::size_t>(parameters.blocks / 4, 1);
    std::vector<Fold> folds;
    for (const auto &fold : stats::walkForward(
             {data.x.size(), parameters.blocks, signal.horizon, parameters.embargoDays},
             firstTest)) {
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
        if (first < last)
            folds.push_back({fold.train.end, fold.test.begin, fold.test.end, best->horizon,
                             best->lag, correlationOver(aligned, first, last),
                             static_cast<double>(last - first)});
    }
    return folds;
}

/// Over all days that were tried.
double effectOver(std::span<const Fold> folds)
{
    double sum = 0;
    double rows = 0;
    for (const Fold &fold : folds) {
        if (std::isnan(fold.effect))
            continue;
        sum += fold.effect * fold.rows;
        rows += fold.rows;
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

Regimes regimesOf(const AsOfPanel &panel, std::span<const double> rate)
{
    Regimes regimes;
    for (const auto &day : panel.days())
        regimes.secondHalf.push_back(
            std::chrono::year_month_day(day.date).month() >= std::chrono::July ? 1 : 0);
    for (std::size_t t = 0; t < rate.size(); ++t) {
        const double change = t >= kRateDays ? rate[t] - rate[t - kRateDays] : kMissing;
        regimes.ratesRising.push_back(std::isnan(change) ? -1 : change > 0 ? 1 : 0);
    }
    return regimes;
}

void gatherEvidence(const PairData &data, const Regimes &regimes, const Parameters &parameters,
                    Signal &signal)
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
    for (std::size_t lag = 0; lag <= parameters.lagMax && lag + 1 < data.x.size(); ++lag)
        signal.lagCurve.push_back(
            effectOver(data, signal.horizon, lag, 0, data.x.size() - lag - 1));
    signal.folds = walkForwardFolds(data, parameters, signal);
    signal.outOfSample = effectOver(signal.folds);
    addRegimes(aligned, data, regimes, signal);
    std::vector<double> byRegime;
    for (const auto &regime : signal.regimeEffects)
        byRegime.push_back(regime.effect);
    signal.stability = stats::stability(
        {signal.blockEffects, 1 / std::sqrt(perBlock), byRegime, signal.outOfSample});
    const auto fine = known(effectsByBlock(aligned, kShortBlocks));
    const Line line =
        lineThrough(fine, 1 / std::sqrt(static_cast<double>(signal.rows) / kShortBlocks));
    signal.decaySlope = line.slope;
    signal.decayError = line.slopeT != 0 ? line.slope / line.slopeT : kMissing;
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

void addFailures(const OtherEffects &effects, Signal &signal)
{
    const double size = std::abs(signal.effect);
    const auto note = [&](bool isSo, FailureMode mode, double measured) {
        if (isSo)
            signal.failures.push_back({mode, measured});
    };
    const double trend = 1 - signal.effect / effects.raw;
    note(trend > 0.3, FailureMode::SharedTrend, trend);
    const double common = 1 - effects.own / signal.effect;
    note(signal.view == View::Shared || common > 0.5, FailureMode::CommonFactor, common);
    note(signal.episodeCount < kEpisodesUsual, FailureMode::FewEpisodes,
         static_cast<double>(signal.episodeCount));
    double least = 1;
    for (const auto &regime : signal.regimeEffects)
        least = std::min(least, regime.effect * signal.sign / size);
    note(least < 0.1 || signal.regime == Regime::Split, FailureMode::OneRegime, least);
    note(signal.label != Label::Active, FailureMode::Decaying,
         signal.sign * signal.decaySlope / signal.decayError);
    note(std::abs(signal.revision) > 0.5 * size, FailureMode::RevisionSensitive, signal.revision);
    note(signal.lookAhead > 0.5 * size, FailureMode::LookAhead, signal.lookAhead);
}

std::optional<Refusal> sampleRules(const Signal &signal, const Parameters &parameters)
{
    const auto refuse = [&](Rule rule, double value, double limit) {
        return Refusal{signal.feature, signal.target, signal.measure, rule, value, limit};
    };
    if (signal.effectiveRows < parameters.effectiveRowsMin)
        return refuse(Rule::SmallSample, signal.effectiveRows, parameters.effectiveRowsMin);
    const double overHorizon =
        static_cast<double>(signal.rows) / static_cast<double>(signal.horizon);
    if (overHorizon < parameters.rowsOverHorizonMin)
        return refuse(Rule::ShortHistory, overHorizon, parameters.rowsOverHorizonMin);
    const double influence = std::max(signal.influence, signal.episodeInfluence);
    if (influence > parameters.influenceMax)
        return refuse(Rule::Influence, influence, parameters.influenceMax);
    if (signal.leaveOutT < parameters.leaveOutTMin)
        return refuse(Rule::EpisodeLeftOut, signal.leaveOutT, parameters.leaveOutTMin);
    if (signal.bootstrapP > parameters.bootstrapPMax)
        return refuse(Rule::Bootstrap, signal.bootstrapP, parameters.bootstrapPMax);
    return std::nullopt;
}

} // namespace chrona::discovery
