// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/source_store.h"

namespace chrona::storage {
namespace {

using schema::Source;
using schema::SourceHealth;

constexpr const char *kUpsert =
    "INSERT INTO chrona_world.source AS s (id, key, name, connector, homepage, licence, terms_url, "
    "terms_checked_on, redistribution, retention, attribution, requests_per_second, burst, "
    "requests_per_day, concurrent_max, user_agent_rule, auth, publisher_family, cadence_us, mode, "
    "hosts, address, is_enabled, synthetic, keeps_to_robots) VALUES ($1, $2, $3, $4, $5, $6, $7, "
    "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) "
    "ON CONFLICT (id) DO UPDATE SET (key, name, connector, homepage, licence, terms_url, "
    "terms_checked_on, redistribution, retention, attribution, requests_per_second, burst, "
    "requests_per_day, concurrent_max, user_agent_rule, auth, publisher_family, cadence_us, mode, "
    "hosts, address, synthetic, keeps_to_robots) = (EXCLUDED.key, EXCLUDED.name, "
    "EXCLUDED.connector, "
    "EXCLUDED.homepage, "
    "EXCLUDED.licence, EXCLUDED.terms_url, EXCLUDED.terms_checked_on, EXCLUDED.redistribution, "
    "EXCLUDED.retention, EXCLUDED.attribution, EXCLUDED.requests_per_second, EXCLUDED.burst, "
    "EXCLUDED.requests_per_day, EXCLUDED.concurrent_max, EXCLUDED.user_agent_rule, EXCLUDED.auth, "
    "EXCLUDED.publisher_family, EXCLUDED.cadence_us, EXCLUDED.mode, EXCLUDED.hosts, "
    "EXCLUDED.address, "
    "EXCLUDED.synthetic, EXCLUDED.keeps_to_robots) RETURNING xmax = 0";

Parameters parametersOf(const Source &source)
{
    const schema::RatePolicy &rate = source.rate;
    std::optional<std::int32_t> perDay;
    if (rate.requestsPerDay)
        perDay = static_cast<std::int32_t>(*rate.requestsPerDay);
    return {source.id.isNull() ? schema::sourceIdFor(source.key) : source.id,
            source.key,
            source.name,
            source.connector,
            source.homepage,
            source.licence,
            source.termsUrl,
            source.termsCheckedOn,
            static_cast<std::int16_t>(source.redistribution),
            static_cast<std::int16_t>(source.retention),
            source.attribution,
            rate.requestsPerSecond,
            static_cast<std::int32_t>(rate.burst),
            perDay,
            static_cast<std::int32_t>(rate.concurrentMax),
            source.userAgentRule,
            static_cast<std::int16_t>(source.auth),
            source.publisherFamily,
            std::int64_t{source.cadence.count()},
            static_cast<std::int16_t>(source.mode),
            source.hosts,
            source.address,
            source.enabled,
            source.synthetic,
            source.keepsToRobots};
}

Source readSource(const Row &row)
{
    Source source;
    source.id = {row.int64(0)};
    source.key = row.string(1);
    source.name = row.string(2);
    source.connector = row.string(3);
    source.homepage = row.string(4);
    source.licence = row.string(5);
    source.termsUrl = row.string(6);
    source.termsCheckedOn = row.string(7);
    source.redistribution = static_cast<schema::Redistribution>(row.int16(8));
    source.retention = static_cast<schema::RetentionClass>(row.int16(9));
    source.attribution = row.string(10);
    source.rate.requestsPerSecond = row.float64(11);
    source.rate.burst = static_cast<std::uint32_t>(row.int32(12));
    if (!row.isNull(13))
        source.rate.requestsPerDay = static_cast<std::uint32_t>(row.int32(13));
    source.rate.concurrentMax = static_cast<std::uint32_t>(row.int32(14));
    source.userAgentRule = row.string(15);
    source.auth = static_cast<schema::AuthNeed>(row.int16(16));
    source.publisherFamily = row.string(17);
    source.cadence = Duration(row.int64(18));
    source.mode = static_cast<schema::IngestMode>(row.int16(19));
    source.hosts = row.strings(20);
    source.address = row.string(21);
    source.enabled = row.boolean(22);
    source.synthetic = row.boolean(23);
    source.keepsToRobots = row.boolean(24);
    return source;
}

} // namespace

Result<StoreReport> storeSources(Connection &connection, std::span<const Source> sources)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    StoreReport report;
    for (const Source &source : sources) {
        auto rows = connection.query(kUpsert, parametersOf(source));
        if (!rows)
            return std::unexpected(rows.error());
        ++(rows->first().boolean(0) ? report.accepted : report.revised);
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

Result<std::vector<Source>> loadSources(Connection &connection)
{
    auto rows = connection.query(
        "SELECT id, key, name, connector, homepage, licence, terms_url, terms_checked_on, "
        "redistribution, retention, attribution, requests_per_second, burst, requests_per_day, "
        "concurrent_max, user_agent_rule, auth, publisher_family, cadence_us, mode, hosts, "
        "address, is_enabled, synthetic, keeps_to_robots FROM chrona_world.source ORDER BY key");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Source> sources;
    for (const Row row : *rows)
        sources.push_back(readSource(row));
    return sources;
}

Status setSourceEnabled(Connection &connection, schema::SourceId source, SourceSwitch position)
{
    auto done = connection.exec("UPDATE chrona_world.source SET is_enabled = $2 WHERE id = $1",
                                {source, position == SourceSwitch::On});
    if (!done)
        return std::unexpected(done.error());
    if (*done == 0)
        return fail(ErrorCode::NotFound, std::format("there is no source {}", source.value));
    return {};
}

Result<SourceRemoval> removeSource(Connection &connection, schema::SourceId source)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto used = connection.query(
        "SELECT EXISTS (SELECT FROM chrona_world.event_key WHERE source_id = $1) OR "
        "EXISTS (SELECT FROM chrona_world.raw_latest WHERE source_id = $1) OR "
        "EXISTS (SELECT FROM chrona_series.series WHERE source_id = $1)",
        {source});
    if (!used)
        return std::unexpected(used.error());
    const bool isUsed = used->first().boolean(0);
    auto done = connection.exec(isUsed ? "UPDATE chrona_world.source SET connector = '', "
                                         "is_enabled = false WHERE id = $1"
                                       : "DELETE FROM chrona_world.source WHERE id = $1",
                                {source});
    if (!done)
        return std::unexpected(done.error());
    if (*done == 0)
        return fail(ErrorCode::NotFound, std::format("there is no source {}", source.value));
    if (Status committed = transaction->commit(); !committed)
        return std::unexpected(committed.error());
    return isUsed ? SourceRemoval::Retired : SourceRemoval::Gone;
}

Status saveSourceHealth(Connection &connection, const SourceHealth &health)
{
    return connection
        .exec("INSERT INTO chrona_ops.source_health (source_id, state, last_success_at, "
              "last_attempt_at, next_run_at, last_error, failures_in_row, items_total, "
              "requests_today) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
              "ON CONFLICT (source_id) DO UPDATE SET (state, last_success_at, last_attempt_at, "
              "next_run_at, last_error, failures_in_row, items_total, requests_today) = "
              "(EXCLUDED.state, EXCLUDED.last_success_at, EXCLUDED.last_attempt_at, "
              "EXCLUDED.next_run_at, EXCLUDED.last_error, EXCLUDED.failures_in_row, "
              "EXCLUDED.items_total, EXCLUDED.requests_today)",
              {health.source, static_cast<std::int16_t>(health.state), health.lastSuccessAt,
               health.lastAttemptAt, health.nextRunAt, health.lastError,
               std::int64_t{health.failuresInRow}, static_cast<std::int64_t>(health.itemsTotal),
               std::int64_t{health.requestsToday}})
        .transform([](std::int64_t) {});
}

Result<std::vector<SourceHealth>> loadSourceHealth(Connection &connection)
{
    auto rows = connection.query(
        "SELECT source_id, state, last_success_at, last_attempt_at, next_run_at, last_error, "
        "failures_in_row, items_total, requests_today FROM chrona_ops.source_health "
        "ORDER BY source_id");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<SourceHealth> result;
    for (const Row row : *rows) {
        result.push_back({{row.int64(0)},
                          static_cast<schema::SourceState>(row.int16(1)),
                          row.optionalInstant(2),
                          row.optionalInstant(3),
                          row.optionalInstant(4),
                          row.string(5),
                          static_cast<std::uint32_t>(row.int64(6)),
                          static_cast<std::uint64_t>(row.int64(7)),
                          static_cast<std::uint32_t>(row.int64(8))});
    }
    return result;
}

Result<std::string> loadSourceCursor(Connection &connection, schema::SourceId source)
{
    return connection
        .query("SELECT position FROM chrona_world.source_cursor WHERE source_id = $1", {source})
        .transform([](const Rows &rows) {
            return rows.isEmpty() ? std::string() : rows.first().string(0);
        });
}

Status saveSourceCursor(Connection &connection, schema::SourceId source, std::string_view cursor)
{
    return connection
        .exec("INSERT INTO chrona_world.source_cursor (source_id, position) VALUES ($1, $2) "
              "ON CONFLICT (source_id) DO UPDATE SET position = EXCLUDED.position, "
              "updated_at = now()",
              {source, cursor})
        .transform([](std::int64_t) {});
}

} // namespace chrona::storage
