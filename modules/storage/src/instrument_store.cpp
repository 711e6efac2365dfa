// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/series_store.h"

#include "conditions.h"

namespace chrona::storage {
namespace {

using schema::Instrument;
using schema::Series;

constexpr const char *kUpsertInstrument =
    "INSERT INTO chrona_series.instrument AS t (id, symbol, name, class, currency, calendar, "
    "entity_id, is_target, synthetic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (id) DO UPDATE SET (symbol, name, class, currency, calendar, entity_id, "
    "is_target, "
    "synthetic) = (EXCLUDED.symbol, EXCLUDED.name, EXCLUDED.class, EXCLUDED.currency, "
    "EXCLUDED.calendar, EXCLUDED.entity_id, EXCLUDED.is_target, EXCLUDED.synthetic) "
    "WHERE t IS DISTINCT FROM EXCLUDED RETURNING xmax = 0";

constexpr const char *kUpsertSeries =
    "INSERT INTO chrona_series.series AS t (id, key, name, unit, frequency, region, vintage_rule, "
    "source_id, metric, synthetic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (id) DO UPDATE SET (key, name, unit, frequency, region, vintage_rule, source_id, "
    "metric, synthetic) = (EXCLUDED.key, EXCLUDED.name, EXCLUDED.unit, EXCLUDED.frequency, "
    "EXCLUDED.region, EXCLUDED.vintage_rule, EXCLUDED.source_id, EXCLUDED.metric, "
    "EXCLUDED.synthetic) WHERE t IS DISTINCT FROM EXCLUDED RETURNING xmax = 0";

Parameters parametersOf(const Instrument &instrument)
{
    return {instrument.id.isNull() ? schema::instrumentIdFor(instrument.symbol) : instrument.id,
            instrument.symbol,
            instrument.name,
            static_cast<std::int16_t>(instrument.instrumentClass),
            instrument.currency,
            instrument.calendar,
            instrument.entity,
            instrument.isTarget,
            instrument.synthetic};
}

Parameters parametersOf(const Series &series)
{
    return {series.id.isNull() ? schema::seriesIdFor(series.key) : series.id,
            series.key,
            series.name,
            series.unit,
            static_cast<std::int16_t>(series.frequency),
            series.region,
            static_cast<std::int16_t>(series.vintageRule),
            series.source,
            series.metric,
            series.synthetic};
}

/// The statement answers true for a new row, false for a changed one, nothing for one as it was.
template <class T>
Result<StoreReport> upsertAll(Connection &connection, const char *sql, std::span<const T> values)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    StoreReport report;
    for (const T &value : values) {
        auto rows = connection.query(sql, parametersOf(value));
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            ++report.duplicates;
        else
            ++(rows->first().boolean(0) ? report.accepted : report.revised);
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

} // namespace

Result<StoreReport> storeInstruments(Connection &connection,
                                     std::span<const Instrument> instruments)
{
    return upsertAll(connection, kUpsertInstrument, instruments);
}

Result<std::vector<Instrument>> loadInstruments(Connection &connection)
{
    auto rows =
        connection.query("SELECT id, symbol, name, class, currency, calendar, entity_id, "
                         "is_target, synthetic FROM chrona_series.instrument ORDER BY symbol");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Instrument> instruments;
    for (const Row row : *rows) {
        instruments.push_back({{row.int64(0)},
                               row.string(1),
                               row.string(2),
                               static_cast<schema::InstrumentClass>(row.int16(3)),
                               row.string(4),
                               row.string(5),
                               {row.int64(6)},
                               row.boolean(7),
                               row.boolean(8)});
    }
    return instruments;
}

Result<StoreReport> storeSeries(Connection &connection, std::span<const Series> series)
{
    return upsertAll(connection, kUpsertSeries, series);
}

Result<std::vector<Series>> loadSeries(Connection &connection, const SeriesQuery &query)
{
    Conditions where;
    if (!query.text.empty())
        where.add("(key ILIKE ? OR name ILIKE ?)", likeAnywhere(query.text));
    if (!query.metric.empty())
        where.add("metric = ?", query.metric);
    if (!query.region.empty())
        where.add("region = ?", query.region);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string sql =
        std::format("SELECT id, key, name, unit, frequency, region, vintage_rule, "
                    "source_id, metric, synthetic FROM chrona_series.series{} "
                    "ORDER BY key LIMIT {}",
                    where.sql(), limit);
    auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Series> result;
    for (const Row row : *rows) {
        result.push_back({{row.int64(0)},
                          row.string(1),
                          row.string(2),
                          row.string(3),
                          static_cast<schema::Frequency>(row.int16(4)),
                          row.string(5),
                          static_cast<schema::VintageRule>(row.int16(6)),
                          {row.int64(7)},
                          row.string(8),
                          row.boolean(9)});
    }
    return result;
}

} // namespace chrona::storage
