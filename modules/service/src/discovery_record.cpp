// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery_record.h"

#include "chrona/formats/json_members.h"
#include "chrona/stats/folds.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace chrona::service {
namespace {

using schema::Control;
using schema::ControlOutcome;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

double finiteOr(double value, double otherwise)
{
    return std::isfinite(value) ? value : otherwise;
}

schema::EffectDistribution distributionOf(const discovery::AsOfPanel &panel,
                                          const discovery::Parameters &parameters,
                                          const discovery::Signal &signal)
{
    schema::EffectDistribution spread;
    spread.median = signal.stability.median;
    spread.lowerQuartile = signal.stability.q25;
    spread.upperQuartile = signal.stability.q75;
    spread.signShare = signal.stability.signShare;
    spread.standardError =
        std::sqrt(static_cast<double>(parameters.blocks) / std::max(1.0, signal.effectiveRows));
    const auto edges = stats::blockEdges(panel.dayCount(), parameters.blocks);
    double worst = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < signal.blockEffects.size() && i + 1 < edges.size(); ++i) {
        const double effect = signal.blockEffects[i];
        if (std::isfinite(effect))
            worst = std::min(worst, effect * signal.sign);
        spread.blocks.push_back({panel.days()[edges[i]].date,
                                 panel.days()[edges[i + 1] - 1].date + std::chrono::days(1), effect,
                                 signal.effectiveRows / static_cast<double>(parameters.blocks)});
    }
    spread.worst = finiteOr(worst, 0) * signal.sign;
    return spread;
}

/// Passed before anything was measured of it, as a rule on the feature or by construction.
schema::ControlResult passed(Control control, double measured, double limit)
{
    return {control, ControlOutcome::Passed, measured, limit};
}

std::vector<schema::ControlResult> controlsOf(const discovery::Parameters &asked,
                                              const discovery::Signal &signal)
{
    const auto rows = static_cast<double>(signal.rows);
    const auto probed = [&signal](Control control, discovery::FailureMode mode, double measured) {
        const bool isFlagged =
            std::ranges::contains(signal.failures, mode, &discovery::Failure::mode);
        return schema::ControlResult{control,
                                     isFlagged ? ControlOutcome::Refused : ControlOutcome::Passed,
                                     measured, kNoNumber};
    };
    const bool holdsOutside = signal.outOfSample * signal.sign > 0;
    return {
        passed(Control::History, rows, static_cast<double>(asked.knownDaysMin)),
        passed(Control::NonBaselineValues, kNoNumber, static_cast<double>(asked.valuesMin)),
        passed(Control::EpisodeCount, static_cast<double>(signal.episodeCount),
               static_cast<double>(asked.episodesMin)),
        passed(Control::SampleOverHorizon, rows / static_cast<double>(signal.horizon),
               asked.rowsOverHorizonMin),
        passed(Control::EffectiveSample, signal.effectiveRows, asked.effectiveRowsMin),
        passed(Control::MissingShare, kNoNumber, asked.missingShareMax),
        passed(Control::Influence, std::max(signal.influence, signal.episodeInfluence),
               asked.influenceMax),
        passed(Control::LeaveEpisodesOut, signal.leaveOutT, asked.leaveOutTMin),
        passed(Control::FalseDiscoveryRate, signal.q, asked.q),
        {Control::DependentRate,
         signal.qYekutieli <= asked.q ? ControlOutcome::Passed : ControlOutcome::Refused,
         signal.qYekutieli, asked.q},
        passed(Control::SecondLook, signal.t, kNoNumber),
        passed(Control::Bootstrap, signal.bootstrapP, asked.bootstrapPMax),
        {Control::WalkForward, holdsOutside ? ControlOutcome::Passed : ControlOutcome::Refused,
         signal.outOfSample, 0},
        passed(Control::TrendAndSeason, kNoNumber, kNoNumber),
        passed(Control::CommonFactor, kNoNumber, kNoNumber),
        probed(Control::LookAheadProbe, discovery::FailureMode::LookAhead, signal.lookAhead),
        probed(Control::RevisionProbe, discovery::FailureMode::RevisionSensitive, signal.revision),
    };
}

/// Newest first.
std::vector<schema::Episode> episodesOf(const discovery::AsOfPanel &panel,
                                        const discovery::Signal &signal)
{
    std::vector<schema::Episode> episodes;
    for (const discovery::Episode &episode : signal.episodes) {
        if (episode.begin >= episode.end || episode.end > panel.dayCount())
            continue;
        schema::Episode kept;
        kept.begin = panel.days()[episode.begin].date;
        kept.end = panel.days()[episode.end - 1].date + std::chrono::days(1);
        kept.featureValue = episode.featureValue;
        kept.robustZ = episode.robustZ;
        kept.forwardReturn = episode.forwardReturn;
        kept.returnPercentile = episode.returnPercentile;
        episodes.push_back(std::move(kept));
    }
    std::ranges::stable_sort(episodes, std::greater<>(), &schema::Episode::begin);
    return episodes;
}

std::vector<schema::FoldEffect> foldsOf(const discovery::AsOfPanel &panel,
                                        const discovery::Signal &signal)
{
    const auto dayAt = [&panel](std::size_t day) { return panel.days()[day].date; };
    std::vector<schema::FoldEffect> folds;
    for (const discovery::Fold &fold : signal.folds) {
        if (fold.begin >= fold.end || fold.end > panel.dayCount() || fold.trainEnd == 0)
            continue;
        folds.push_back(
            {dayAt(fold.trainEnd - 1) + std::chrono::days(1),
             dayAt(fold.begin),
             dayAt(fold.end - 1) + std::chrono::days(1),
             {static_cast<std::uint16_t>(fold.lag), static_cast<std::uint16_t>(fold.horizon)},
             fold.effect,
             fold.rows});
    }
    return folds;
}

schema::SignalLabel labelOf(discovery::Label label)
{
    switch (label) {
    case discovery::Label::Fading: return schema::SignalLabel::Fading;
    case discovery::Label::Gone: return schema::SignalLabel::Gone;
    case discovery::Label::Active: break;
    }
    return schema::SignalLabel::Active;
}

schema::Signal worldSignal(const DiscoveryInput &input, const discovery::Report &report,
                           const discovery::Signal &found)
{
    schema::Signal signal;
    signal.feature = input.features[found.feature].id;
    signal.target = input.targets[found.target].id;
    signal.window = {static_cast<std::uint16_t>(found.lag),
                     static_cast<std::uint16_t>(found.horizon)};
    signal.effect = found.effect;
    signal.measure = found.measure;
    signal.id = schema::signalIdFor(signal.feature, signal.target, signal.effect, signal.measure);
    signal.tStatistic = found.t;
    signal.p = found.p;
    signal.q = found.q;
    signal.survivesDependence = found.qYekutieli <= report.parameters.q;
    signal.sampleSize = static_cast<std::uint32_t>(found.rows);
    signal.sampleSizeEffective = found.effectiveRows;
    signal.distribution = distributionOf(input.panel, report.parameters, found);
    signal.stability = {
        finiteOr(found.stability.score, 0), finiteOr(found.stability.consistency, 0),
        finiteOr(found.stability.dispersion, 0), finiteOr(found.stability.regimes, 0),
        finiteOr(found.stability.outOfSample, 0)};
    for (const discovery::RegimeEffect &regime : found.regimeEffects)
        signal.regimes.push_back({regime.part, regime.effect, regime.effectiveRows});
    signal.folds = foldsOf(input.panel, found);
    signal.controls = controlsOf(report.parameters, found);
    for (const discovery::Failure &failure : found.failures)
        signal.failureModes.push_back({failure.mode, failure.measured});
    signal.basis = input.bases[found.feature];
    if (signal.basis == schema::AvailabilityBasis::Assumed)
        signal.failureModes.push_back({schema::FailureMode::AssumedAvailability, kNoNumber});
    signal.episodes = episodesOf(input.panel, found);
    signal.novelty = {found.novelty.robustZ, found.novelty.percentile, found.novelty.baseRate,
                      found.novelty.elevated, found.novelty.newlyElevated};
    signal.label = labelOf(found.label);
    signal.rank = found.rank;
    signal.synthetic =
        input.features[found.feature].synthetic || input.targets[found.target].synthetic;
    return signal;
}

} // namespace

std::string parametersAsJson(const discovery::Parameters &parameters)
{
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject();
    discovery::forEachParameter(parameters, formats::membersOf(json));
    json.endObject();
    return text;
}

std::vector<storage::SignalRecord> recordsOf(const DiscoveryInput &input,
                                             const discovery::Report &report)
{
    std::vector<storage::SignalRecord> records;
    for (const discovery::Signal &found : report.signals) {
        storage::SignalRecord record;
        record.signal = worldSignal(input, report, found);
        record.view = toString(found.view);
        record.isSplit = found.regime == discovery::Regime::Split;
        record.bootstrapP = found.bootstrapP;
        record.deflatedSharpe = found.deflatedSharpe;
        record.overfit = found.overfit;
        record.lagCurve = found.lagCurve;
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<storage::RefusedPair> refusedOf(const DiscoveryInput &input,
                                            const discovery::Report &report)
{
    std::vector<storage::RefusedPair> refused;
    refused.reserve(report.refusals.size());
    for (const discovery::Refusal &refusal : report.refusals) {
        storage::RefusedPair pair;
        pair.feature = input.features[refusal.feature].id;
        if (refusal.target != discovery::Refusal::kEveryTarget)
            pair.target = input.targets[refusal.target].id;
        pair.measure = refusal.measure;
        pair.rule = toString(refusal.rule);
        pair.measured = refusal.value;
        pair.limit = refusal.limit;
        refused.push_back(std::move(pair));
    }
    return refused;
}

} // namespace chrona::service
