// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discover_files.h"

#include "chrona/formats/json.h"
#include "chrona/formats/json_members.h"
#include "chrona/formats/json_writer.h"

#include <cmath>
#include <format>

namespace chrona::cli {

namespace {

/// A volatility target is told from the target itself by its name.
std::string targetName(const DiscoveryInput &input, std::size_t target, discovery::Measure measure)
{
    std::string name = input.panel.targetName(target);
    return measure == discovery::Measure::Volatility ? name + ":volatility" : name;
}

std::string dayOf(const DiscoveryInput &input, std::size_t day)
{
    return formatDate(input.panel.days()[std::min(day, input.panel.dayCount() - 1)].date);
}

void writeEpisodes(formats::JsonWriter &json, const DiscoveryInput &input,
                   const discovery::Signal &signal)
{
    json.member("episode_count", signal.episodeCount).key("episodes").beginArray();
    for (const auto &episode : signal.episodes)
        json.beginObject()
            .member("begin", dayOf(input, episode.begin))
            .member("last", dayOf(input, episode.end - 1))
            .member("value", episode.featureValue)
            .member("z", episode.robustZ)
            .member("forward", episode.forwardReturn)
            .member("percentile", episode.returnPercentile)
            .member("share", episode.share)
            .endObject();
    json.endArray();
}

void writeFolds(formats::JsonWriter &json, const DiscoveryInput &input,
                const discovery::Signal &signal)
{
    json.key("folds").beginArray();
    for (const auto &fold : signal.folds)
        json.beginObject()
            .member("trained_until", dayOf(input, fold.trainEnd))
            .member("begin", dayOf(input, fold.begin))
            .member("last", dayOf(input, fold.end - 1))
            .member("horizon", fold.horizon)
            .member("lag", fold.lag)
            .member("effect", fold.effect)
            .member("n", fold.rows)
            .endObject();
    json.endArray();
}

void writeDoubts(formats::JsonWriter &json, const discovery::Signal &signal)
{
    json.key("regime_table").beginArray();
    for (const auto &regime : signal.regimeEffects)
        json.beginObject()
            .member("part", toString(regime.part))
            .member("effect", regime.effect)
            .member("n_effective", regime.effectiveRows)
            .endObject();
    json.endArray().key("failure_modes").beginArray();
    for (const auto &failure : signal.failures)
        json.beginObject()
            .member("mode", toString(failure.mode))
            .member("measured", failure.measured)
            .endObject();
    json.endArray()
        .key("now")
        .beginObject()
        .member("z", signal.novelty.robustZ)
        .member("percentile", signal.novelty.percentile)
        .member("elevated", signal.novelty.elevated)
        .member("newly", signal.novelty.newlyElevated)
        .member("base_rate", signal.novelty.baseRate)
        .endObject();
}

void writeSignal(formats::JsonWriter &json, const DiscoveryInput &input,
                 const discovery::Signal &signal)
{
    json.beginObject()
        .member("feature", input.panel.featureName(signal.feature))
        .member("target", targetName(input, signal.target, signal.measure))
        .member("horizon", signal.horizon)
        .member("lag", signal.lag)
        .member("sign", signal.sign)
        .member("view", toString(signal.view))
        .member("effect", signal.effect)
        .member("t", signal.t)
        .member("serial_inflation", signal.inflation)
        .member("t_newey_west", signal.neweyWestT)
        .member("p", signal.p)
        .member("q", signal.q)
        .member("q_by", signal.qYekutieli)
        .member("p_bootstrap", signal.bootstrapP)
        .member("deflated_sharpe", signal.deflatedSharpe)
        .member("overfit", signal.overfit)
        .member("n", signal.rows)
        .member("n_effective", signal.effectiveRows)
        .member("stability", signal.stability.score)
        .member("consistency", signal.stability.consistency)
        .member("dispersion", signal.stability.dispersion)
        .member("regimes", signal.stability.regimes)
        .member("held_out", signal.stability.outOfSample)
        .member("out_of_sample", signal.outOfSample)
        .member("look_ahead", signal.lookAhead)
        .member("revision", signal.revision)
        .member("influence", signal.influence)
        .member("influence_episode", signal.episodeInfluence)
        .member("t_without_three", signal.leaveOutT)
        .member("decay_slope", signal.decaySlope)
        .member("decay_error", signal.decayError)
        .member("rank", signal.rank)
        .member("label", toString(signal.label))
        .member("regime", toString(signal.regime));
    formats::writeMember(json, "lag_curve", signal.lagCurve);
    formats::writeMember(json, "blocks", signal.blockEffects);
    writeFolds(json, input, signal);
    writeDoubts(json, signal);
    writeEpisodes(json, input, signal);
    json.endObject();
}

void writeParameters(formats::JsonWriter &json, const discovery::Parameters &parameters)
{
    json.key("parameters").beginObject();
    discovery::forEachParameter(parameters, formats::membersOf(json));
    json.endObject();
}

void writeLedger(formats::JsonWriter &json, const discovery::TrialLedger &ledger)
{
    json.beginObject()
        .member("runs", ledger.runs)
        .member("pairs", ledger.pairs)
        .member("tests", ledger.tests)
        .member("squared_t", ledger.squaredT)
        .endObject();
}

} // namespace

std::string ledgerAsJson(const discovery::TrialLedger &ledger)
{
    std::string text;
    formats::JsonWriter json(text);
    writeLedger(json, ledger);
    return text + "\n";
}

Result<discovery::TrialLedger> readLedger(std::string_view text)
{
    const auto document = formats::JsonDocument::parse(text);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->root();
    const auto count = [&](std::string_view name) { return root[name].asInteger().value_or(-1); };
    const double squares = root["squared_t"].asDouble().value_or(-1);
    if (count("runs") < 0 || count("pairs") < 0 || count("tests") < 0 || !(squares >= 0))
        return fail(ErrorCode::Corrupt, "the ledger does not hold runs, pairs, tests and squared_t",
                    "give the file that an earlier run wrote, or a new name");
    return discovery::TrialLedger{static_cast<std::uint64_t>(count("runs")),
                                  static_cast<std::uint64_t>(count("pairs")),
                                  static_cast<std::uint64_t>(count("tests")), squares};
}

std::string signalsAsCsv(const DiscoveryInput &input, const discovery::Report &report)
{
    std::string csv = "feature,target,horizon,lag,sign,effect,q,stability,n,label,regime\n";
    for (const auto &signal : report.signals)
        csv += std::format("{},{},{},{},{},{:.6g},{:.6g},{:.4f},{},{},{}\n",
                           input.panel.featureName(signal.feature),
                           targetName(input, signal.target, signal.measure), signal.horizon,
                           signal.lag, signal.sign, signal.effect, signal.q,
                           std::isnan(signal.stability.score) ? 0 : signal.stability.score,
                           signal.rows, toString(signal.label), toString(signal.regime));
    return csv;
}

std::string reportAsJson(const DiscoveryInput &input, const discovery::Report &report,
                         double readSeconds, double searchSeconds)
{
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject()
        .member("engine_version", report.engineVersion)
        .member("kernel", report.kernel)
        .member("input_sha256", input.inputHash)
        .member("features", input.panel.featureCount())
        .member("targets", input.panel.targetCount())
        .member("days", input.panel.dayCount())
        .member("vintages", input.vintages)
        .member("rows_refused", input.refusedCount)
        .member("read_seconds", readSeconds)
        .member("search_seconds", searchSeconds)
        .member("pairs_tested", report.pairsTested)
        .member("tests_run", report.testsRun)
        .member("null_share", report.nullShare)
        .member("overfit", report.overfit)
        .key("ledger");
    writeLedger(json, report.ledger);
    writeParameters(json, report.parameters);
    json.key("controls").beginArray();
    for (const char *control :
         {"point in time", "minimum sample", "trend, season and weekday taken out",
          "volatility scaling", "reverse regression, robust variance", "Simes over windows",
          "Benjamini-Hochberg over pairs", "second look at serial dependence",
          "agreement of the views", "influence of days and episodes", "strongest episodes left out",
          "stationary bootstrap", "walk-forward", "look-ahead probe", "revision probe"})
        json.value(control);
    json.endArray().key("signals").beginArray();
    for (const auto &signal : report.signals)
        writeSignal(json, input, signal);
    json.endArray().key("refused").beginArray();
    for (const auto &refusal : report.refusals) {
        json.beginObject().member("feature", input.panel.featureName(refusal.feature));
        if (refusal.target != discovery::Refusal::kEveryTarget)
            json.member("target", targetName(input, refusal.target, refusal.measure));
        json.member("rule", toString(refusal.rule))
            .member("value", refusal.value)
            .member("limit", refusal.limit)
            .endObject();
    }
    json.endArray().endObject();
    text += '\n';
    return text;
}

} // namespace chrona::cli
