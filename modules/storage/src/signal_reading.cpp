// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/signal_store.h"

#include "conditions.h"

#include <bit>
#include <format>
#include <unordered_map>

namespace chrona::storage {
namespace {

using schema::Signal;

/// Of float8[]: elements of eight bytes, as those of int8[] are.
std::vector<double> doublesAt(const Row &row, int column)
{
    std::vector<double> doubles;
    for (const std::int64_t bits : row.int64s(column))
        doubles.push_back(std::bit_cast<double>(bits));
    return doubles;
}

/// What is missing reads as zero: a list is as long as the program that wrote it made it.
double numberAt(const std::vector<double> &numbers, std::size_t index)
{
    return index < numbers.size() ? numbers[index] : 0;
}

Trials trialsFrom(const std::vector<double> &numbers)
{
    return {static_cast<std::int64_t>(numberAt(numbers, 0)),
            static_cast<std::int64_t>(numberAt(numbers, 1)),
            static_cast<std::int64_t>(numberAt(numbers, 2)), numberAt(numbers, 3)};
}

Date dayFrom(std::int64_t number)
{
    return Date(std::chrono::days(number));
}

DiscoveryRun readRun(const Row &row)
{
    DiscoveryRun run;
    run.id = {row.int64(0)};
    run.startedAt = row.instant(1);
    run.finishedAt = row.instant(2);
    run.dataUntil = row.instant(3);
    run.engineVersion = row.string(4);
    run.kernel = row.string(5);
    run.parameters = row.string(6);
    run.inputHash = row.string(7);
    run.searchHash = row.string(8);
    run.features = row.int64(9);
    run.targets = row.int64(10);
    run.days = row.int64(11);
    run.pairsTested = row.int64(12);
    run.testsRun = row.int64(13);
    run.overfit = row.float64(14);
    run.nullShare = row.float64(15);
    run.before = trialsFrom(doublesAt(row, 16));
    run.after = trialsFrom(doublesAt(row, 17));
    run.synthetic = row.boolean(18);
    run.signals = row.int64(19);
    run.refused = row.int64(20);
    return run;
}

/// What the statement below selects before the lists, and the names behind.
void readFacts(const Row &row, SignalRecord &record)
{
    Signal &signal = record.signal;
    signal.run = {row.int64(0)};
    signal.id = {row.int64(1)};
    signal.feature = {row.int64(2)};
    signal.target = {row.int64(3)};
    signal.window = {static_cast<std::uint16_t>(row.int16(4)),
                     static_cast<std::uint16_t>(row.int16(5))};
    signal.effect = row.float64(6);
    signal.tStatistic = row.float64(7);
    signal.p = row.float64(8);
    signal.q = row.float64(9);
    signal.sampleSize = static_cast<std::uint32_t>(row.int32(10));
    signal.sampleSizeEffective = row.float64(11);
    record.view = row.string(28);
    signal.label = static_cast<schema::SignalLabel>(row.int16(29));
    signal.rank = row.float64(30);
    signal.basis = static_cast<schema::AvailabilityBasis>(row.int16(31));
    signal.survivesDependence = row.boolean(32);
    record.isSplit = row.boolean(33);
    signal.novelty.elevated = row.boolean(34);
    signal.novelty.newlyElevated = row.boolean(35);
    signal.synthetic = row.boolean(36);
    record.feature = row.string(37);
    record.featureName = row.string(38);
    record.featureUnit = row.string(39);
    record.target = row.string(40);
    record.targetName = row.string(41);
    signal.familySize = static_cast<std::uint32_t>(row.int64(42));
    signal.dataUntil = row.instant(43);
    signal.computedAt = row.instant(44);
}

void readLists(const Row &row, SignalRecord &record)
{
    Signal &signal = record.signal;
    const auto spread = doublesAt(row, 12);
    signal.distribution = {numberAt(spread, 0),
                           numberAt(spread, 1),
                           numberAt(spread, 2),
                           numberAt(spread, 3),
                           numberAt(spread, 4),
                           numberAt(spread, 5),
                           {}};
    const auto stability = doublesAt(row, 13);
    signal.stability = {numberAt(stability, 0), numberAt(stability, 1), numberAt(stability, 2),
                        numberAt(stability, 3), numberAt(stability, 4)};
    const auto novelty = doublesAt(row, 14);
    signal.novelty.robustZ = numberAt(novelty, 0);
    signal.novelty.percentile = numberAt(novelty, 1);
    signal.novelty.baseRate = numberAt(novelty, 2);
    const auto opinions = doublesAt(row, 15);
    record.bootstrapP = numberAt(opinions, 0);
    record.deflatedSharpe = numberAt(opinions, 1);
    record.overfit = numberAt(opinions, 2);
    record.lagCurve = doublesAt(row, 16);
    const auto days = row.int64s(17);
    const auto blocks = doublesAt(row, 18);
    for (std::size_t i = 0; i < blocks.size() && 2 * i + 1 < days.size(); ++i)
        signal.distribution.blocks.push_back(
            {dayFrom(days[2 * i]), dayFrom(days[2 * i + 1]), blocks[i], 0});
    const auto regimes = row.int16s(19);
    const auto regimeEffects = doublesAt(row, 20);
    const auto regimeRows = doublesAt(row, 21);
    for (std::size_t i = 0; i < regimes.size(); ++i)
        signal.regimes.push_back({static_cast<schema::Regime>(regimes[i]),
                                  numberAt(regimeEffects, i), numberAt(regimeRows, i)});
    const auto controls = row.int16s(22);
    const auto outcomes = row.int16s(23);
    const auto measured = doublesAt(row, 24);
    const auto limits = doublesAt(row, 25);
    for (std::size_t i = 0; i < controls.size() && i < outcomes.size(); ++i)
        signal.controls.push_back({static_cast<schema::Control>(controls[i]),
                                   static_cast<schema::ControlOutcome>(outcomes[i]),
                                   numberAt(measured, i), numberAt(limits, i)});
    const auto failures = row.int16s(26);
    const auto failureMeasured = doublesAt(row, 27);
    for (std::size_t i = 0; i < failures.size(); ++i)
        signal.failureModes.push_back(
            {static_cast<schema::FailureMode>(failures[i]), numberAt(failureMeasured, i)});
}

void readFolds(const Row &row, Signal &signal)
{
    const auto days = row.int64s(45);
    const auto windows = row.int16s(46);
    const auto effects = doublesAt(row, 47);
    const auto rows = doublesAt(row, 48);
    for (std::size_t i = 0; i < effects.size(); ++i) {
        if (3 * i + 2 >= days.size() || 2 * i + 1 >= windows.size())
            break;
        signal.folds.push_back({dayFrom(days[3 * i]),
                                dayFrom(days[3 * i + 1]),
                                dayFrom(days[3 * i + 2]),
                                {static_cast<std::uint16_t>(windows[2 * i]),
                                 static_cast<std::uint16_t>(windows[2 * i + 1])},
                                effects[i],
                                numberAt(rows, i)});
    }
}

Status addEpisodes(Connection &connection, schema::DiscoveryRunId run,
                   std::vector<SignalRecord> &records)
{
    std::unordered_map<std::int64_t, SignalRecord *> places;
    std::vector<std::int64_t> ids;
    for (SignalRecord &record : records) {
        places.emplace(record.signal.id.value, &record);
        ids.push_back(record.signal.id.value);
    }
    const auto rows = connection.query(
        "SELECT signal_id, begins_at, ends_at, feature_value, robust_z, forward_return, "
        "return_percentile FROM chrona_signal.episode WHERE run_id = $1 AND signal_id = ANY($2) "
        "ORDER BY signal_id, begins_at DESC",
        {run, ids});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows) {
        schema::Episode episode;
        episode.begin = std::chrono::floor<std::chrono::days>(row.instant(1));
        episode.end = std::chrono::floor<std::chrono::days>(row.instant(2));
        episode.featureValue = row.float64(3);
        episode.robustZ = row.float64(4);
        episode.forwardReturn = row.float64(5);
        episode.returnPercentile = row.float64(6);
        places[row.int64(0)]->signal.episodes.push_back(std::move(episode));
    }
    return {};
}

void addWords(Conditions &where, const std::string &text, const std::string &target)
{
    if (!text.empty())
        where.add("(f.key ILIKE ? OR f.name ILIKE ?)", likeAnywhere(text));
    if (!target.empty())
        where.add("i.symbol = ?", target);
}

} // namespace

Result<std::optional<DiscoveryRun>> latestRun(Connection &connection, std::optional<Instant> asOf)
{
    const auto rows = connection.query(
        "SELECT id, started_at, finished_at, data_until, engine_version, kernel, "
        "parameters::text, input_hash, search_hash, features, targets, days, pairs_tested, "
        "tests_run, overfit, null_share, trials_before, trials_after, synthetic, "
        "(SELECT count(*) FROM chrona_signal.signal s WHERE s.run_id = r.id), "
        "(SELECT count(*) FROM chrona_signal.refused x WHERE x.run_id = r.id) "
        "FROM chrona_signal.discovery_run r WHERE $1::timestamptz IS NULL OR finished_at <= $1 "
        "ORDER BY id DESC LIMIT 1",
        {asOf});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    return readRun(rows->first());
}

Result<std::vector<SignalRecord>> findSignals(Connection &connection, const SignalQuery &query)
{
    Conditions where;
    where.add("s.run_id = ?", query.run);
    addWords(where, query.text, query.target);
    const std::string first = where.placeholder(query.first);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string sql = std::format(
        "WITH watched AS (SELECT w.node FROM chrona_brief.watch_item w "
        "JOIN chrona_brief.watchlist l ON l.id = w.watchlist_id WHERE NOT l.is_hidden) "
        "SELECT s.run_id, s.id, s.feature_id, s.target_id, s.lag, s.horizon, s.effect, s.t, s.p, "
        "s.q, s.sample_size, s.sample_size_effective, s.distribution, s.stability, s.novelty, "
        "s.opinions, s.lag_curve, s.block_days, s.block_effects, s.regimes, s.regime_effects, "
        "s.regime_rows, s.controls, s.control_outcomes, s.control_measured, s.control_limits, "
        "s.failures, s.failure_measured, s.view, s.label, s.rank, s.basis, "
        "s.survives_dependence, s.is_split, s.is_elevated, s.is_newly_elevated, s.synthetic, "
        "f.key, f.name, f.unit, i.symbol, i.name, r.pairs_tested, r.data_until, r.finished_at, "
        "s.fold_days, s.fold_windows, s.fold_effects, s.fold_rows, w.relevance, s.measure "
        "FROM chrona_signal.signal s JOIN chrona_signal.discovery_run r ON r.id = s.run_id "
        "JOIN chrona_signal.feature f ON f.id = s.feature_id "
        "JOIN chrona_series.instrument i ON i.id = s.target_id "
        "CROSS JOIN LATERAL (SELECT CASE WHEN NOT EXISTS (SELECT FROM watched) "
        "OR 'instrument:' || i.symbol IN (SELECT node FROM watched) THEN 1 ELSE 0.5 END::float8 "
        "AS relevance) w{} ORDER BY s.rank * w.relevance DESC, s.position OFFSET {} LIMIT {}",
        where.sql(), first, limit);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<SignalRecord> records;
    records.reserve(rows->size());
    for (const Row row : *rows) {
        SignalRecord &record = records.emplace_back();
        readFacts(row, record);
        readLists(row, record);
        readFolds(row, record.signal);
        record.relevance = row.float64(49);
        record.signal.rank *= record.relevance;
        record.signal.measure = static_cast<schema::TargetMeasure>(row.int16(50));
    }
    if (Status added = addEpisodes(connection, query.run, records); !added)
        return std::unexpected(added.error());
    return records;
}

Result<std::vector<RefusedPair>> findRefused(Connection &connection, const RefusedQuery &query)
{
    Conditions where;
    where.add("x.run_id = ?", query.run);
    addWords(where, query.text, query.target);
    if (!query.rule.empty())
        where.add("x.rule = ?", query.rule);
    const std::string first = where.placeholder(query.first);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string sql = std::format(
        "SELECT x.feature_id, x.target_id, x.rule, x.measured, x.asked_for, f.key, f.name, "
        "coalesce(i.symbol, ''), x.measure FROM chrona_signal.refused x "
        "JOIN chrona_signal.feature f ON f.id = x.feature_id "
        "LEFT JOIN chrona_series.instrument i ON i.id = x.target_id{} "
        "ORDER BY x.rule, f.key, x.target_id, x.measure OFFSET {} LIMIT {}",
        where.sql(), first, limit);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<RefusedPair> refused;
    for (const Row row : *rows)
        refused.push_back({{row.int64(0)},
                           {row.int64(1)},
                           static_cast<schema::TargetMeasure>(row.int16(8)),
                           row.string(2),
                           row.float64(3),
                           row.float64(4),
                           row.string(5),
                           row.string(6),
                           row.string(7)});
    return refused;
}

Result<std::optional<std::vector<double>>>
loadSearchPart(Connection &connection, std::string_view search, std::string_view part)
{
    const auto rows = connection.query(
        "SELECT kept FROM chrona_signal.search_part WHERE search = $1 AND part = $2",
        {search, part});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    return doublesAt(rows->first(), 0);
}

Result<std::vector<RuleCount>> countRefused(Connection &connection, schema::DiscoveryRunId run)
{
    const auto rows = connection.query("SELECT rule, count(*) FROM chrona_signal.refused "
                                       "WHERE run_id = $1 GROUP BY rule ORDER BY 2 DESC, 1",
                                       {run});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<RuleCount> counts;
    for (const Row row : *rows)
        counts.push_back({row.string(0), row.int64(1)});
    return counts;
}

} // namespace chrona::storage
