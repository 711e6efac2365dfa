// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/signal.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <format>

namespace chrona::schema {
namespace {

constexpr std::uint16_t kLagMax = 260;
constexpr std::size_t kHypothesisBytesMax = 4000;

constexpr auto kRegimes =
    enumNames<Regime>("volatility_low", "volatility_middle", "volatility_high", "rates_rising",
                      "rates_falling", "first_half_of_year", "second_half_of_year");
constexpr auto kMeasures = enumNames<TargetMeasure>("return", "volatility");
constexpr auto kLabels = enumNames<SignalLabel>("active", "fading", "gone");
constexpr auto kControls = enumNames<Control>(
    "history", "non_baseline_values", "episode_count", "sample_over_horizon", "effective_sample",
    "missing_share", "influence", "leave_episodes_out", "false_discovery_rate", "dependent_rate",
    "second_look", "bootstrap", "walk_forward", "trend_and_season", "common_factor",
    "look_ahead_probe", "revision_probe");
constexpr auto kOutcomes = enumNames<ControlOutcome>("passed", "refused", "not_run");
constexpr auto kFailureModes = enumNames<FailureMode>(
    "shared_trend", "season", "common_factor", "few_episodes", "one_regime", "decaying",
    "revision_sensitive", "look_ahead", "assumed_availability", "thin_target");

void checkCorrelation(Checks &checks, std::string_view field, double value)
{
    if (!(value >= -1 && value <= 1))
        checks.add(field, std::format("is {}, must be between -1 and 1", value));
}

void checkWindow(Checks &checks, const LagWindow &window)
{
    checks.require(window.lag <= kLagMax, "window.lag", "is more than 260 sessions");
    checks.require(window.horizon >= 1 && window.horizon <= kLagMax, "window.horizon",
                   "must be 1 to 260 sessions");
}

void checkDistribution(Checks &checks, const EffectDistribution &distribution)
{
    checkCorrelation(checks, "distribution.median", distribution.median);
    checkCorrelation(checks, "distribution.lower_quartile", distribution.lowerQuartile);
    checkCorrelation(checks, "distribution.upper_quartile", distribution.upperQuartile);
    checkCorrelation(checks, "distribution.worst", distribution.worst);
    checks.require(distribution.lowerQuartile <= distribution.median &&
                       distribution.median <= distribution.upperQuartile,
                   "distribution.median", "is outside the quartiles");
    checks.share("distribution.sign_share", distribution.signShare);
    checks.require(distribution.standardError >= 0, "distribution.standard_error", "is negative");
    for (std::size_t i = 0; i < distribution.blocks.size(); ++i) {
        const BlockEffect &block = distribution.blocks[i];
        const std::string field = std::format("distribution.blocks[{}]", i);
        checks.require(block.begin < block.end, field + ".end", "is not after begin");
        checks.require(i == 0 || distribution.blocks[i - 1].end <= block.begin, field + ".begin",
                       "is before the end of the block before");
        checkCorrelation(checks, field + ".effect", block.effect);
    }
}

void checkStability(Checks &checks, const Stability &stability)
{
    checks.share("stability.score", stability.score);
    checks.share("stability.consistency", stability.consistency);
    checks.share("stability.dispersion", stability.dispersion);
    checks.share("stability.generality", stability.generality);
    checks.share("stability.out_of_sample", stability.outOfSample);
}

void checkFolds(Checks &checks, const std::vector<FoldEffect> &folds)
{
    for (std::size_t i = 0; i < folds.size(); ++i) {
        const FoldEffect &fold = folds[i];
        const std::string field = std::format("folds[{}]", i);
        checks.require(fold.begin < fold.end, field + ".end", "is not after begin");
        checks.require(fold.trainedUntil <= fold.begin, field + ".trained_until",
                       "is after the days that were tried");
        checks.require(i == 0 || folds[i - 1].end <= fold.begin, field + ".begin",
                       "is before the end of the fold before");
        checkWindow(checks, fold.window);
        checks.require(std::isnan(fold.effect) || std::abs(fold.effect) <= 1 + 1e-9,
                       field + ".effect", "is no correlation");
    }
}

void checkEpisodes(Checks &checks, const std::vector<Episode> &episodes)
{
    for (std::size_t i = 0; i < episodes.size(); ++i) {
        const Episode &episode = episodes[i];
        const std::string field = std::format("episodes[{}]", i);
        checks.require(episode.begin < episode.end, field + ".end", "is not after begin");
        checks.require(i == 0 || episode.begin <= episodes[i - 1].begin, field + ".begin",
                       "is newer than the episode before, newest come first");
        checks.finite(field + ".feature_value", episode.featureValue);
        checks.nanOrFinite(field + ".forward_return", episode.forwardReturn);
        checks.require(!(episode.returnPercentile < 0 || episode.returnPercentile > 1),
                       field + ".return_percentile", "is not between 0 and 1");
    }
}

/// An admitted signal shows every control once, and was refused by none.
void checkControls(Checks &checks, const std::vector<ControlResult> &controls)
{
    std::bitset<kControlCount> seen;
    for (std::size_t i = 0; i < controls.size(); ++i) {
        const std::string field = std::format("controls[{}]", i);
        if (!kControls.has(controls[i].control)) {
            checks.add(field, "is unknown");
            continue;
        }
        const auto index = static_cast<std::size_t>(controls[i].control);
        checks.require(!seen[index], field, "appears twice");
        seen.set(index);
        checks.require(kOutcomes.has(controls[i].outcome), field + ".outcome", "is unknown");
    }
    checks.require(!controls.empty(), "controls", "are missing");
}

} // namespace

std::string_view toString(Regime regime)
{
    return kRegimes.nameOf(regime);
}

std::string_view toString(TargetMeasure measure)
{
    return kMeasures.nameOf(measure);
}

std::string_view toString(SignalLabel label)
{
    return kLabels.nameOf(label);
}

std::optional<SignalLabel> signalLabelFrom(std::string_view text)
{
    return kLabels.valueOf(text);
}

std::string_view toString(Control control)
{
    return kControls.nameOf(control);
}

std::optional<Control> controlFrom(std::string_view text)
{
    return kControls.valueOf(text);
}

std::string_view toString(ControlOutcome outcome)
{
    return kOutcomes.nameOf(outcome);
}

std::string_view toString(FailureMode mode)
{
    return kFailureModes.nameOf(mode);
}

std::optional<FailureMode> failureModeFrom(std::string_view text)
{
    return kFailureModes.valueOf(text);
}

SignalId signalIdFor(FeatureId feature, InstrumentId target, double effect, TargetMeasure measure)
{
    // Of returns without the measure: so were the signals named that are stored already.
    const std::string of = measure == TargetMeasure::Return
                               ? std::to_string(target.value)
                               : std::format("{} {}", target.value, toString(measure));
    return {
        idFrom(hashOf({"signal", std::to_string(feature.value), of, effect < 0 ? "-" : "+"}))};
}

Faults validate(const Signal &signal)
{
    Checks checks;
    checks.require(!signal.feature.isNull(), "feature", "is missing");
    checks.require(!signal.target.isNull(), "target", "is missing");
    checks.require(kMeasures.has(signal.measure), "measure", "is unknown");
    checks.require(signal.id == signalIdFor(signal.feature, signal.target, signal.effect,
                                            signal.measure),
                   "id", "does not follow from feature, target, measure and sign");
    checkWindow(checks, signal.window);
    checkCorrelation(checks, "effect", signal.effect);
    checks.finite("t_statistic", signal.tStatistic);
    checks.share("p", signal.p);
    checks.share("q", signal.q);
    checks.require(signal.sampleSize > 0, "sample_size", "is 0");
    checks.require(signal.sampleSizeEffective >= 1 &&
                       signal.sampleSizeEffective <= double(signal.sampleSize),
                   "sample_size_effective", "must be between 1 and sample_size");
    checks.require(signal.familySize > 0, "family_size", "is 0");
    checks.require(std::ranges::contains(signal.horizonsSearched, signal.window.horizon),
                   "horizons_searched", "lack the window's horizon");
    checks.require(std::ranges::contains(signal.lagsSearched, signal.window.lag), "lags_searched",
                   "lack the window's lag");
    checkDistribution(checks, signal.distribution);
    checkStability(checks, signal.stability);
    checkFolds(checks, signal.folds);
    for (std::size_t i = 0; i < signal.regimes.size(); ++i) {
        checks.require(kRegimes.has(signal.regimes[i].regime), std::format("regimes[{}]", i),
                       "is unknown");
        checkCorrelation(checks, std::format("regimes[{}].effect", i), signal.regimes[i].effect);
    }
    checkControls(checks, signal.controls);
    for (std::size_t i = 0; i < signal.failureModes.size(); ++i)
        checks.require(kFailureModes.has(signal.failureModes[i].mode),
                       std::format("failure_modes[{}]", i), "is unknown");
    checkEpisodes(checks, signal.episodes);
    checks.share("novelty.percentile", signal.novelty.percentile);
    checks.share("novelty.base_rate", signal.novelty.baseRate);
    checks.require(!signal.novelty.newlyElevated || signal.novelty.elevated,
                   "novelty.newly_elevated", "is set though it is not elevated");
    checks.require(kLabels.has(signal.label), "label", "is unknown");
    checks.finite("rank", signal.rank);
    checks.instant("data_until", signal.dataUntil);
    checks.instant("computed_at", signal.computedAt);
    checks.text("hypothesis", signal.hypothesis, kHypothesisBytesMax, Presence::Optional);
    return checks.take();
}

Faults validate(const RefusedCandidate &candidate)
{
    Checks checks;
    checks.require(!candidate.feature.isNull(), "feature", "is missing");
    checks.require(!candidate.target.isNull(), "target", "is missing");
    checkWindow(checks, candidate.window);
    checks.require(kControls.has(candidate.refusedBy.control), "refused_by", "is unknown");
    checks.require(candidate.refusedBy.outcome == ControlOutcome::Refused, "refused_by.outcome",
                   "is not refused");
    return checks.take();
}

} // namespace chrona::schema
