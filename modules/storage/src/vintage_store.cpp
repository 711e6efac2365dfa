// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vintage_store.h"

#include <format>

namespace chrona::storage {
namespace {

/// "s.a, s.b" of "a, b".
std::string qualified(std::string_view alias, std::string_view columns)
{
    std::string result;
    while (!columns.empty()) {
        const std::string_view column = columns.substr(0, columns.find(','));
        result += std::format("{}{}.{}", result.empty() ? "" : ", ", alias, column);
        columns.remove_prefix(std::min(columns.size(), column.size() + 2));
    }
    return result;
}

} // namespace

Status stageVintages(Connection &connection, const VintageTable &table, std::string_view staging)
{
    return connection.script(std::format("CREATE TEMP TABLE IF NOT EXISTS {0} (LIKE {1}) "
                                         "ON COMMIT DELETE ROWS; TRUNCATE {0}",
                                         staging, table.table));
}

Result<StoreReport> mergeVintages(Connection &connection, const VintageTable &table,
                                  std::string_view staging)
{
    const std::string columns = std::format("{}, available_at, ingested_at, {}, {}", table.identity,
                                            table.values, table.rest);
    const std::string sql = std::format(
        "WITH judged AS MATERIALIZED (SELECT DISTINCT ON ({0}) s.*, p.known, p.same FROM {1} s "
        "LEFT JOIN LATERAL (SELECT true AS known, ({2}) IS NOT DISTINCT FROM ({3}) AS same "
        "FROM {4} v WHERE ({5}) = ({6}) "
        "AND (v.available_at, v.ingested_at) <= (s.available_at, s.ingested_at) "
        "ORDER BY v.available_at DESC, v.ingested_at DESC LIMIT 1) p ON true ORDER BY {0}), "
        "stored AS (INSERT INTO {4} ({7}) SELECT {7} FROM judged WHERE same IS NOT TRUE "
        "ON CONFLICT DO NOTHING RETURNING 1) "
        "SELECT (SELECT count(*) FROM stored), (SELECT count(*) FROM {1}), "
        "count(*) FILTER (WHERE known IS NULL) FROM judged",
        qualified("s", table.identity) + ", s.available_at, s.ingested_at", staging,
        qualified("v", table.values), qualified("s", table.values), table.table,
        qualified("v", table.identity), qualified("s", table.identity), columns);
    return connection.query(sql.c_str()).transform([](const Rows &rows) {
        const Row row = rows.first();
        const std::int64_t stored = row.int64(0);
        const std::int64_t accepted = std::min(stored, row.int64(2));
        return StoreReport{accepted, row.int64(1) - stored, stored - accepted};
    });
}

} // namespace chrona::storage
