// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signal_writer.h"

#include "output.h"
#include "words.h"

#include "chrona/formats/json_writer.h"

#include <format>
#include <limits>
#include <optional>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

/// The number, or null.
double orNull(const std::optional<double> &value)
{
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

/// "SPY", "SPY:volatility": as `discover` names what is led.
std::string ledName(const std::string &target, const std::string &measure)
{
    return measure == "return" ? target : target + ':' + measure;
}

void writeFacts(JsonWriter &json, const ipc::SignalEntry &signal)
{
    json.member("type", "signal")
        .member("id", std::to_string(signal.id.value))
        .member("feature", signal.feature)
        .member("feature_name", signal.featureName)
        .member("target", signal.target)
        .member("measure", signal.measure)
        .member("horizon", signal.horizon)
        .member("lag", signal.lag)
        .member("sign", signal.effect < 0 ? -1 : 1)
        .member("effect", signal.effect)
        .member("t", signal.t)
        .member("p", signal.p)
        .member("q", signal.q)
        .member("survives_dependence", signal.survivesDependence)
        .member("n", signal.sampleSize)
        .member("n_effective", signal.sampleSizeEffective)
        .member("family", signal.familySize)
        .member("median", signal.median)
        .member("lower_quartile", signal.lowerQuartile)
        .member("upper_quartile", signal.upperQuartile)
        .member("worst", signal.worst)
        .member("stability", signal.stability)
        .member("consistency", signal.consistency)
        .member("dispersion", signal.dispersion)
        .member("generality", signal.generality)
        .member("held_out", signal.outOfSample)
        .member("p_bootstrap", signal.bootstrapP)
        .member("deflated_sharpe", signal.deflatedSharpe)
        .member("overfit", signal.overfit)
        .member("view", signal.view)
        .member("label", signal.label)
        .member("regime", signal.regime)
        .member("rank", signal.rank)
        .member("relevance", signal.relevance)
        .member("elevated", signal.elevated)
        .member("newly_elevated", signal.newlyElevated)
        .member("novelty_z", signal.noveltyZ)
        .member("basis", wordFor(signal.basis))
        .member("synthetic", signal.synthetic);
}

void writeLists(JsonWriter &json, const ipc::SignalEntry &signal)
{
    json.key("lag_curve").beginArray();
    for (const double effect : signal.lagCurve)
        json.value(effect);
    json.endArray().key("blocks").beginArray();
    for (const ipc::SignalBlock &block : signal.blocks)
        json.beginObject()
            .member("begin", formatInstant(block.begin))
            .member("end", formatInstant(block.end))
            .member("effect", orNull(block.effect))
            .endObject();
    json.endArray().key("regimes").beginArray();
    for (const ipc::SignalRegime &regime : signal.regimes)
        json.beginObject()
            .member("regime", regime.regime)
            .member("effect", orNull(regime.effect))
            .member("n_effective", orNull(regime.rows))
            .endObject();
    json.endArray().key("folds").beginArray();
    for (const ipc::SignalFold &fold : signal.folds)
        json.beginObject()
            .member("trained_until", formatInstant(fold.trainedUntil))
            .member("begin", formatInstant(fold.begin))
            .member("end", formatInstant(fold.end))
            .member("horizon", fold.horizon)
            .member("lag", fold.lag)
            .member("effect", orNull(fold.effect))
            .member("n", orNull(fold.rows))
            .endObject();
    json.endArray().key("controls").beginArray();
    for (const ipc::SignalControl &control : signal.controls)
        json.beginObject()
            .member("control", control.control)
            .member("outcome", control.outcome)
            .member("measured", orNull(control.measured))
            .member("limit", orNull(control.limit))
            .endObject();
    json.endArray().key("failure_modes").beginArray();
    for (const ipc::SignalFailure &failure : signal.failures)
        json.beginObject()
            .member("mode", failure.mode)
            .member("measured", orNull(failure.measured))
            .endObject();
    json.endArray().key("episodes").beginArray();
    for (const ipc::SignalEpisode &episode : signal.episodes)
        json.beginObject()
            .member("begin", formatInstant(episode.begin))
            .member("end", formatInstant(episode.end))
            .member("feature_value", episode.featureValue)
            .member("robust_z", episode.robustZ)
            .member("forward_return", orNull(episode.forwardReturn))
            .member("return_percentile", orNull(episode.returnPercentile))
            .endObject();
    json.endArray();
}

std::string numberOrNothing(const std::optional<double> &value)
{
    return value ? std::format("{:.6g}", *value) : std::string();
}

} // namespace

std::string signalAsJson(const ipc::SignalEntry &signal)
{
    std::string line;
    JsonWriter json(line);
    json.beginObject();
    writeFacts(json, signal);
    writeLists(json, signal);
    json.endObject();
    return line;
}

std::string refusedAsJson(const ipc::RefusedEntry &refused)
{
    std::string line;
    JsonWriter json(line);
    json.beginObject().member("type", "refused").member("feature", refused.feature);
    if (!refused.target.empty())
        json.member("target", refused.target).member("measure", refused.measure);
    json.member("rule", refused.rule)
        .member("measured", orNull(refused.measured))
        .member("limit", orNull(refused.limit))
        .endObject();
    return line;
}

std::string runAsJson(const ipc::DiscoveryRunEntry &run)
{
    std::string line;
    JsonWriter json(line);
    json.beginObject()
        .member("type", "discovery_run")
        .member("id", std::to_string(run.id))
        .member("started_at", formatInstant(run.startedAt))
        .member("finished_at", formatInstant(run.finishedAt))
        .member("data_until", formatInstant(run.dataUntil))
        .member("engine_version", run.engineVersion)
        .member("kernel", run.kernel)
        .member("input_sha256", run.inputHash)
        .member("features", run.features)
        .member("targets", run.targets)
        .member("days", run.days)
        .member("pairs_tested", run.pairsTested)
        .member("tests_run", run.testsRun)
        .member("signals", run.signals)
        .member("refused", run.refused)
        .member("overfit", run.overfit)
        .member("null_share", run.nullShare)
        .member("synthetic", run.synthetic);
    json.key("parameters").raw(run.parameters.empty() ? "{}" : run.parameters).endObject();
    return line;
}

std::string signalAsCsv(const ipc::SignalEntry &signal)
{
    return std::format("{},{},{},{},{},{:.6g},{:.6g},{:.4f},{},{},{},{},{}\n",
                       csvField(signal.feature), csvField(ledName(signal.target, signal.measure)),
                       signal.horizon, signal.lag, signal.effect < 0 ? -1 : 1, signal.effect,
                       signal.q, signal.stability, signal.sampleSize, signal.label, signal.regime,
                       signal.elevated, signal.synthetic);
}

std::string refusedAsCsv(const ipc::RefusedEntry &refused)
{
    return std::format("{},{},{},{},{}\n", csvField(refused.feature),
                       csvField(ledName(refused.target, refused.measure)), csvField(refused.rule),
                       numberOrNothing(refused.measured), numberOrNothing(refused.limit));
}

} // namespace chrona::cli
