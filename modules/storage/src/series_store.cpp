// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/series_store.h"

#include "chrona/storage/copy.h"
#include "chrona/storage/partitions.h"
#include "conditions.h"
#include "vintage_store.h"

namespace chrona::storage {
namespace {

using schema::Observation;
using schema::PriceBar;

constexpr VintageTable kObservations{"chrona_series.observation", "series_id, observed_at", "value",
                                     "published_at, assumed_lag_us, basis"};
constexpr VintageTable kBars{"chrona_series.price_bar", "instrument_id, frequency, opens_at",
                             "open, high, low, close, volume, adjusted_close",
                             "observed_at, published_at, assumed_lag_us, basis"};

/// Stages through COPY, then merges; one transaction.
template <class T, class Write>
Result<StoreReport> storeVintages(Connection &connection, const VintageTable &table,
                                  std::span<const T> values, PartitionRange range,
                                  const char *copySql, const char *staging, Write write)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (Status made = ensurePartitions(connection, std::string(table.table), range); !made)
        return std::unexpected(made.error());
    if (Status staged = stageVintages(connection, table, staging); !staged)
        return std::unexpected(staged.error());
    {
        auto copy = connection.copyIn(copySql);
        if (!copy)
            return std::unexpected(copy.error());
        for (const T &value : values) {
            write(*copy, value);
            if (Status sent = copy->endRow(); !sent)
                return std::unexpected(sent.error());
        }
        if (auto copied = copy->finish(); !copied)
            return std::unexpected(copied.error());
    }
    auto report = mergeVintages(connection, table, staging);
    if (!report)
        return report;
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

void writeTimes(CopyIn &copy, const schema::FactTimes &times)
{
    copy.instant(times.observedAt);
    copy.instant(times.availableAt());
    copy.instant(times.ingestedAt);
    copy.instant(times.publishedAt);
    copy.int64(times.assumedLag.count());
    copy.int16(static_cast<std::int16_t>(times.basis));
}

schema::FactTimes readTimes(const Row &row, int first)
{
    return {row.instant(first), row.optionalInstant(first + 1), row.instant(first + 2),
            static_cast<schema::AvailabilityBasis>(row.int16(first + 3)),
            Duration(row.int64(first + 4))};
}

constexpr const char *kTimeColumns =
    "observed_at, published_at, ingested_at, basis, assumed_lag_us";

void addWindow(Conditions &where, const SeriesWindow &window, std::string_view column)
{
    if (window.from)
        where.add(std::format("{} >= ?", column), *window.from);
    if (window.to)
        where.add(std::format("{} < ?", column), *window.to);
    if (window.asOf)
        where.add("available_at <= ?", *window.asOf);
}

Result<std::vector<Observation>> readObservations(const Result<Rows> &rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Observation> observations;
    observations.reserve(rows->size());
    for (const Row row : *rows)
        observations.push_back({{row.int64(0)}, readTimes(row, 2), row.float64(1)});
    return observations;
}

} // namespace

Result<StoreReport> bulkStoreObservations(Connection &connection,
                                          std::span<const Observation> observations)
{
    if (observations.empty())
        return StoreReport{};
    const auto [first, last] = std::ranges::minmax(
        observations, {}, [](const Observation &o) { return o.times.observedAt; });
    return storeVintages(
        connection, kObservations, observations, {first.times.observedAt, last.times.observedAt},
        "COPY staged_observation (series_id, value, observed_at, available_at, ingested_at, "
        "published_at, assumed_lag_us, basis) FROM STDIN (FORMAT binary)",
        "staged_observation", [](CopyIn &copy, const Observation &observation) {
            copy.beginRow(8);
            copy.int64(observation.series.value);
            copy.float64(observation.value);
            writeTimes(copy, observation.times);
        });
}

Result<StoreReport> bulkStoreBars(Connection &connection, std::span<const PriceBar> bars)
{
    if (bars.empty())
        return StoreReport{};
    const auto [first, last] = std::ranges::minmax(bars, {}, &PriceBar::opensAt);
    return storeVintages(
        connection, kBars, bars, {first.opensAt, last.opensAt},
        "COPY staged_bar (instrument_id, frequency, opens_at, open, high, low, close, volume, "
        "adjusted_close, observed_at, available_at, ingested_at, published_at, assumed_lag_us, "
        "basis) FROM STDIN (FORMAT binary)",
        "staged_bar", [](CopyIn &copy, const PriceBar &bar) {
            copy.beginRow(15);
            copy.int64(bar.instrument.value);
            copy.int16(static_cast<std::int16_t>(bar.frequency));
            copy.instant(bar.opensAt);
            for (const double value :
                 {bar.open, bar.high, bar.low, bar.close, bar.volume, bar.adjustedClose})
                copy.float64(value);
            writeTimes(copy, bar.times);
        });
}

Result<std::vector<Observation>> loadObservations(Connection &connection, schema::SeriesId series,
                                                  const SeriesWindow &window)
{
    Conditions where;
    where.add("series_id = ?", series);
    addWindow(where, window, "observed_at");
    const std::string sql =
        std::format("SELECT DISTINCT ON (observed_at) series_id, value, {} "
                    "FROM chrona_series.observation{} "
                    "ORDER BY observed_at, available_at DESC, ingested_at DESC",
                    kTimeColumns, where.sql());
    return readObservations(connection.query(sql.c_str(), where.parameters()));
}

Result<std::vector<Observation>> loadLatestObservations(Connection &connection,
                                                        std::span<const schema::SeriesId> series,
                                                        const SeriesWindow &window)
{
    std::vector<std::int64_t> ids;
    for (const schema::SeriesId id : series)
        ids.push_back(id.value);
    Conditions where;
    where.add("o.series_id = wanted.id");
    addWindow(where, window, "observed_at");
    const std::string wanted = where.placeholder(ids);
    const std::string sql = std::format(
        "SELECT o.series_id, o.value, {0} FROM unnest({1}::int8[]) AS wanted(id) "
        "CROSS JOIN LATERAL (SELECT series_id, value, {0} FROM chrona_series.observation o{2} "
        "ORDER BY observed_at DESC, available_at DESC, ingested_at DESC LIMIT 1) o",
        kTimeColumns, wanted, where.sql());
    return readObservations(connection.query(sql.c_str(), where.parameters()));
}

Result<std::vector<Observation>> loadVintages(Connection &connection, schema::SeriesId series,
                                              const SeriesWindow &window)
{
    Conditions where;
    where.add("series_id = ?", series);
    addWindow(where, window, "observed_at");
    const std::string sql =
        std::format("SELECT series_id, value, {} FROM chrona_series.observation{} "
                    "ORDER BY observed_at, available_at, ingested_at",
                    kTimeColumns, where.sql());
    return readObservations(connection.query(sql.c_str(), where.parameters()));
}

Result<std::vector<PriceBar>> loadBars(Connection &connection, schema::InstrumentId instrument,
                                       schema::Frequency frequency, const SeriesWindow &window)
{
    Conditions where;
    where.add("instrument_id = ?", instrument);
    where.add("frequency = ?", static_cast<std::int16_t>(frequency));
    addWindow(where, window, "opens_at");
    const std::string sql = std::format(
        "SELECT DISTINCT ON (opens_at) instrument_id, opens_at, open, high, low, close, "
        "volume, adjusted_close, {} FROM chrona_series.price_bar{} "
        "ORDER BY opens_at, available_at DESC, ingested_at DESC",
        kTimeColumns, where.sql());
    auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<PriceBar> bars;
    bars.reserve(rows->size());
    for (const Row row : *rows) {
        bars.push_back({{row.int64(0)},
                        frequency,
                        row.instant(1),
                        readTimes(row, 8),
                        row.float64(2),
                        row.float64(3),
                        row.float64(4),
                        row.float64(5),
                        row.float64(6),
                        row.float64(7)});
    }
    return bars;
}

} // namespace chrona::storage
