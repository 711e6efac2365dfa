// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/signal_store.h"

#include "chrona/storage/copy.h"

namespace chrona::storage {
namespace {

using schema::DiscoveryRunId;
using schema::Signal;

constexpr std::int64_t kRunsWithRefused = 30;

std::vector<double> numbersOf(const Trials &trials)
{
    return {static_cast<double>(trials.runs), static_cast<double>(trials.pairs),
            static_cast<double>(trials.tests), trials.squaredT};
}

Result<DiscoveryRunId> storeRun(Connection &connection, const DiscoveryRun &run)
{
    return connection
        .query("INSERT INTO chrona_signal.discovery_run (started_at, finished_at, data_until, "
               "engine_version, kernel, parameters, input_hash, search_hash, features, targets, "
               "days, pairs_tested, tests_run, overfit, null_share, trials_before, trials_after, "
               "synthetic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
               "$15, $16, $17, $18) RETURNING id",
               {run.startedAt, run.finishedAt, run.dataUntil, run.engineVersion, run.kernel,
                Json{run.parameters}, run.inputHash, run.searchHash, run.features, run.targets,
                run.days, run.pairsTested, run.testsRun, run.overfit, run.nullShare,
                numbersOf(run.before), numbersOf(run.after), run.synthetic})
        .transform([](const Rows &rows) { return DiscoveryRunId{rows.first().int64(0)}; });
}

/// What is told of a signal as lists.
struct EvidenceColumns {
    std::vector<std::int64_t> blockDays, foldDays;
    std::vector<double> blockEffects, regimeEffects, regimeRows, controlMeasured, controlLimits,
        failureMeasured, foldEffects, foldRows;
    std::vector<std::int16_t> regimes, controls, outcomes, failures, foldWindows;

    explicit EvidenceColumns(const Signal &signal)
    {
        for (const schema::BlockEffect &block : signal.distribution.blocks) {
            blockDays.push_back(block.begin.time_since_epoch().count());
            blockDays.push_back(block.end.time_since_epoch().count());
            blockEffects.push_back(block.effect);
        }
        for (const schema::RegimeEffect &regime : signal.regimes) {
            regimes.push_back(static_cast<std::int16_t>(regime.regime));
            regimeEffects.push_back(regime.effect);
            regimeRows.push_back(regime.sampleSize);
        }
        for (const schema::FoldEffect &fold : signal.folds) {
            for (const Date day : {fold.trainedUntil, fold.begin, fold.end})
                foldDays.push_back(day.time_since_epoch().count());
            foldWindows.push_back(static_cast<std::int16_t>(fold.window.lag));
            foldWindows.push_back(static_cast<std::int16_t>(fold.window.horizon));
            foldEffects.push_back(fold.effect);
            foldRows.push_back(fold.sampleSize);
        }
        for (const schema::ControlResult &control : signal.controls) {
            controls.push_back(static_cast<std::int16_t>(control.control));
            outcomes.push_back(static_cast<std::int16_t>(control.outcome));
            controlMeasured.push_back(control.measured);
            controlLimits.push_back(control.limit);
        }
        for (const schema::FailureFinding &failure : signal.failureModes) {
            failures.push_back(static_cast<std::int16_t>(failure.mode));
            failureMeasured.push_back(failure.measured);
        }
    }
};

Status storeSignal(Connection &connection, DiscoveryRunId run, std::int32_t position,
                   const SignalRecord &record)
{
    const Signal &signal = record.signal;
    const EvidenceColumns evidence(signal);
    const auto &spread = signal.distribution;
    const std::vector<double> distribution{spread.median,        spread.lowerQuartile,
                                           spread.upperQuartile, spread.worst,
                                           spread.signShare,     spread.standardError};
    const std::vector<double> stability{signal.stability.score, signal.stability.consistency,
                                        signal.stability.dispersion, signal.stability.generality,
                                        signal.stability.outOfSample};
    const std::vector<double> novelty{signal.novelty.robustZ, signal.novelty.percentile,
                                      signal.novelty.baseRate};
    const std::vector<double> opinions{record.bootstrapP, record.deflatedSharpe, record.overfit};
    return connection
        .exec("INSERT INTO chrona_signal.signal (run_id, position, id, feature_id, target_id, lag, "
              "horizon, effect, t, p, q, sample_size, sample_size_effective, distribution, "
              "stability, novelty, opinions, lag_curve, block_days, block_effects, regimes, "
              "regime_effects, regime_rows, controls, control_outcomes, control_measured, "
              "control_limits, failures, failure_measured, view, label, rank, basis, "
              "survives_dependence, is_split, is_elevated, is_newly_elevated, synthetic, "
              "fold_days, fold_windows, fold_effects, fold_rows, measure) VALUES "
              "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
              "$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, "
              "$35, $36, $37, $38, $39, $40, $41, $42, $43)",
              {run,
               position,
               signal.id,
               signal.feature,
               signal.target,
               static_cast<std::int16_t>(signal.window.lag),
               static_cast<std::int16_t>(signal.window.horizon),
               signal.effect,
               signal.tStatistic,
               signal.p,
               signal.q,
               static_cast<std::int32_t>(signal.sampleSize),
               signal.sampleSizeEffective,
               distribution,
               stability,
               novelty,
               opinions,
               record.lagCurve,
               evidence.blockDays,
               evidence.blockEffects,
               evidence.regimes,
               evidence.regimeEffects,
               evidence.regimeRows,
               evidence.controls,
               evidence.outcomes,
               evidence.controlMeasured,
               evidence.controlLimits,
               evidence.failures,
               evidence.failureMeasured,
               record.view,
               static_cast<std::int16_t>(signal.label),
               signal.rank,
               static_cast<std::int16_t>(signal.basis),
               signal.survivesDependence,
               record.isSplit,
               signal.novelty.elevated,
               signal.novelty.newlyElevated,
               signal.synthetic,
               evidence.foldDays,
               evidence.foldWindows,
               evidence.foldEffects,
               evidence.foldRows,
               static_cast<std::int16_t>(signal.measure)})
        .transform([](std::int64_t) {});
}

Status storeEpisodes(Connection &connection, DiscoveryRunId run,
                     std::span<const SignalRecord> signals)
{
    std::vector<std::int64_t> ids;
    std::vector<Instant> begins, ends;
    std::vector<double> values, scores, returns, percentiles;
    for (const SignalRecord &record : signals)
        for (const schema::Episode &episode : record.signal.episodes) {
            ids.push_back(record.signal.id.value);
            begins.emplace_back(episode.begin);
            ends.emplace_back(episode.end);
            values.push_back(episode.featureValue);
            scores.push_back(episode.robustZ);
            returns.push_back(episode.forwardReturn);
            percentiles.push_back(episode.returnPercentile);
        }
    return connection
        .exec("INSERT INTO chrona_signal.episode SELECT $1, * FROM unnest($2::int8[], "
              "$3::timestamptz[], $4::timestamptz[], $5::float8[], $6::float8[], $7::float8[], "
              "$8::float8[]) ON CONFLICT DO NOTHING",
              {run, ids, begins, ends, values, scores, returns, percentiles})
        .transform([](std::int64_t) {});
}

Status storeRefused(Connection &connection, DiscoveryRunId run,
                    std::span<const RefusedPair> refused)
{
    auto copy = connection.copyIn("COPY chrona_signal.refused (run_id, feature_id, target_id, "
                                  "rule, measured, asked_for, measure) FROM STDIN (FORMAT "
                                  "binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const RefusedPair &pair : refused) {
        copy->beginRow(7);
        copy->int64(run.value);
        copy->int64(pair.feature.value);
        copy->int64(pair.target.value);
        copy->text(pair.rule);
        copy->float64(pair.measured);
        copy->float64(pair.limit);
        copy->int16(static_cast<std::int16_t>(pair.measure));
        if (Status sent = copy->endRow(); !sent)
            return sent;
    }
    return copy->finish().transform([](std::int64_t) {});
}

} // namespace

Result<DiscoveryRunId> storeDiscovery(Connection &connection, const DiscoveryRun &run,
                                      std::span<const SignalRecord> signals,
                                      std::span<const RefusedPair> refused)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto id = storeRun(connection, run);
    if (!id)
        return id;
    for (std::size_t i = 0; i < signals.size(); ++i)
        if (Status stored = storeSignal(connection, *id, static_cast<std::int32_t>(i), signals[i]);
            !stored)
            return std::unexpected(stored.error());
    const Status done =
        storeEpisodes(connection, *id, signals)
            .and_then([&] { return storeRefused(connection, *id, refused); })
            .and_then([&] {
                return connection
                    .exec("DELETE FROM chrona_signal.refused WHERE run_id <= (SELECT id FROM "
                          "chrona_signal.discovery_run ORDER BY id DESC OFFSET $1 LIMIT 1)",
                          {kRunsWithRefused})
                    .transform([](std::int64_t) {});
            })
            .and_then([&] { return transaction->commit(); });
    if (!done)
        return std::unexpected(done.error());
    return id;
}

Status keepSearchPart(Connection &connection, std::string_view search, std::string_view part,
                      const std::vector<double> &kept)
{
    return connection
        .exec("INSERT INTO chrona_signal.search_part VALUES ($1, $2, $3) "
              "ON CONFLICT (search, part) DO UPDATE SET kept = excluded.kept",
              {search, part, kept})
        .transform([](std::int64_t) {});
}

Status dropSearchParts(Connection &connection, std::string_view butOf)
{
    return connection.exec("DELETE FROM chrona_signal.search_part WHERE search <> $1", {butOf})
        .transform([](std::int64_t) {});
}

} // namespace chrona::storage
