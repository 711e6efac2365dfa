// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/provenance.h"

#include <format>
#include <string>
#include <vector>

namespace chrona::storage {
namespace {

/// In order: what is found by means of something else goes before it.
constexpr const char *kDeletes[] = {
    // What was computed from synthetic facts; a definition that loses features is built anew.
    "UPDATE chrona_signal.definition d SET refreshed_at = NULL WHERE EXISTS "
    "(SELECT FROM chrona_signal.feature f WHERE f.definition = d.key AND f.synthetic)",
    "DELETE FROM chrona_signal.discovery_run WHERE synthetic",
    "DELETE FROM chrona_signal.feature_value v USING chrona_signal.feature f "
    "WHERE f.synthetic AND v.feature_id = f.id",
    "DELETE FROM chrona_signal.feature WHERE synthetic",
    "DELETE FROM chrona_series.price_bar b USING chrona_series.instrument i "
    "WHERE i.synthetic AND b.instrument_id = i.id",
    "DELETE FROM chrona_series.observation o USING chrona_series.series s "
    "WHERE s.synthetic AND o.series_id = s.id",
    "DELETE FROM chrona_series.instrument WHERE synthetic",
    "DELETE FROM chrona_series.series WHERE synthetic",
    "DELETE FROM chrona_oracle.quote_bar WHERE synthetic",
    "DELETE FROM chrona_oracle.second_bar WHERE synthetic",
    "DELETE FROM chrona_oracle.answer WHERE synthetic",
    "DELETE FROM chrona_oracle.epoch_answer WHERE synthetic",
    "DELETE FROM chrona_oracle.anomaly WHERE synthetic",
    "DELETE FROM chrona_geo.boundary WHERE synthetic",
    "DELETE FROM chrona_world.correction c USING chrona_world.event e "
    "WHERE e.synthetic AND e.id = c.event_id",
    "DELETE FROM chrona_world.enrichment n USING chrona_world.event e "
    "WHERE e.synthetic AND e.id = n.event_id",
    "DELETE FROM chrona_world.embedding v USING chrona_world.event e "
    "WHERE e.synthetic AND e.id = v.event_id",
    "DELETE FROM chrona_world.event_key k USING chrona_world.event e "
    "WHERE e.synthetic AND k.source_id = e.source_id AND k.event_id = e.id",
    "DELETE FROM chrona_world.event_revision WHERE synthetic",
    "DELETE FROM chrona_world.cluster WHERE synthetic",
    "DELETE FROM chrona_brief.briefing WHERE synthetic",
    "DELETE FROM chrona_brief.hourly_update WHERE synthetic",
    "DELETE FROM chrona_brief.alert WHERE synthetic",
    "DELETE FROM chrona_world.entity WHERE synthetic",
    "DELETE FROM chrona_world.source WHERE synthetic",
};

struct Partition {
    std::string name;
    std::string bound; ///< the same for ranges of two tables that belong together
};

Result<std::vector<Partition>> partitionsOf(Connection &connection, const char *table)
{
    auto rows = connection.query("SELECT c.oid::regclass::text, pg_get_expr(c.relpartbound, c.oid) "
                                 "FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
                                 "WHERE i.inhparent = $1::text::regclass ORDER BY 1",
                                 {table});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Partition> partitions;
    for (const Row row : *rows)
        partitions.push_back({row.string(0), row.string(1)});
    return partitions;
}

/// A range that holds nothing real is emptied by throwing its file away; `links` goes with it.
Result<std::int64_t> clearRange(Connection &connection, const std::string &range,
                                const std::string &links)
{
    auto counted = connection.query(
        std::format("SELECT count(*) FILTER (WHERE synthetic), count(*) FROM {}", range).c_str());
    if (!counted)
        return std::unexpected(counted.error());
    const std::int64_t synthetic = counted->first().int64(0);
    if (synthetic == 0)
        return 0;
    std::vector<std::string> steps;
    if (synthetic == counted->first().int64(1)) {
        steps.push_back(std::format("TRUNCATE {}{}{}", range, links.empty() ? "" : ", ", links));
    } else {
        if (!links.empty()) {
            steps.push_back(std::format("DELETE FROM {} x USING {} e WHERE e.synthetic "
                                        "AND x.event_id = e.id",
                                        links, range));
        }
        steps.push_back(std::format("DELETE FROM {} WHERE synthetic", range));
    }
    for (const std::string &step : steps) {
        if (auto done = connection.exec(step.c_str()); !done)
            return std::unexpected(done.error());
    }
    return synthetic;
}

Result<std::int64_t> clearRanges(Connection &connection, const char *table, const char *linkTable)
{
    const auto ranges = partitionsOf(connection, table);
    if (!ranges)
        return std::unexpected(ranges.error());
    std::vector<Partition> links;
    if (linkTable != nullptr) {
        auto found = partitionsOf(connection, linkTable);
        if (!found)
            return std::unexpected(found.error());
        links = std::move(*found);
    }
    std::int64_t cleared = 0;
    for (const Partition &range : *ranges) {
        const auto twin = std::ranges::find(links, range.bound, &Partition::bound);
        const auto rows =
            clearRange(connection, range.name, twin == links.end() ? std::string() : twin->name);
        if (!rows)
            return rows;
        cleared += *rows;
    }
    return cleared;
}

} // namespace

Result<std::int64_t> clearSynthetic(Connection &connection)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    std::int64_t cleared = 0;
    for (const char *sql : kDeletes) {
        const auto rows = connection.exec(sql);
        if (!rows)
            return rows;
        // Keys are not facts: their events are counted. Nor is what was computed from them.
        if (const std::string_view text(sql);
            !text.contains("event_key") && !text.contains("chrona_signal"))
            cleared += *rows;
    }
    for (const auto &[table, links] :
         {std::pair<const char *, const char *>("chrona_world.event", "chrona_world.event_entity"),
          std::pair<const char *, const char *>("chrona_oracle.quote", nullptr)}) {
        const auto rows = clearRanges(connection, table, links);
        if (!rows)
            return rows;
        cleared += *rows;
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return cleared;
}

} // namespace chrona::storage
