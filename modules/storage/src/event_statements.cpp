// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_statements.h"

#include "chrona/storage/event_queries.h"
#include "conditions.h"
#include "event_row.h"

#include <algorithm>
#include <format>

namespace chrona::storage {
namespace {

using schema::Event;

constexpr std::uint32_t kEventBatch = 20'000;

Status giveRows(const Result<Rows> &rows, const StatementSink &sink)
{
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Event> events;
    events.reserve(rows->size());
    for (const Row row : *rows) {
        auto event = event_row::read(row);
        if (!event)
            return std::unexpected(event.error());
        events.push_back(std::move(*event));
    }
    return events.empty() ? Status() : sink(events);
}

Status giveCurrent(Connection &connection, const StatementScope &scope, const StatementSink &sink)
{
    EventQuery query;
    query.from = scope.from;
    query.to = scope.to;
    query.withRetracted = true;
    query.order = Order::OldestFirst;
    query.limit = kEventBatch;
    while (true) {
        const auto events = findEvents(connection, query);
        if (!events)
            return std::unexpected(events.error());
        if (events->empty())
            return {};
        if (Status taken = sink(*events); !taken)
            return taken;
        if (events->size() < kEventBatch)
            return {};
        query.after = EventPosition{events->back().times.observedAt, events->back().id};
    }
}

/// "observed_at in the scope", for a table of that name.
std::string inScope(Conditions &where, const StatementScope &scope, std::string_view table)
{
    std::string sql = "true";
    if (scope.from)
        sql += std::format(" AND {}.observed_at >= {}", table, where.placeholder(*scope.from));
    if (scope.to)
        sql += std::format(" AND {}.observed_at < {}", table, where.placeholder(*scope.to));
    return sql;
}

/// What was said before about events that lie in the scope or ever lay there.
Status giveFormer(Connection &connection, const StatementScope &scope, const StatementSink &sink)
{
    Conditions where;
    const std::string lay = inScope(where, scope, "v");
    const std::string lies = inScope(where, scope, "e");
    const std::string sql = std::format(
        "SELECT {}, entity_ids, entity_roles, entity_weights FROM chrona_world.event_revision r "
        "WHERE r.id IN (SELECT v.id FROM chrona_world.event_revision v WHERE {}) OR r.id IN "
        "(SELECT e.id FROM chrona_world.event e WHERE e.revision > 1 AND {})",
        event_row::kColumns, lay, lies);
    return giveRows(connection.query(sql.c_str(), where.parameters()), sink);
}

/// What now stands of events that lay in the scope and have moved out of it.
Status giveMoved(Connection &connection, const StatementScope &scope, const StatementSink &sink)
{
    Conditions where;
    const std::string lay = inScope(where, scope, "v");
    const std::string lies = inScope(where, scope, "e");
    const std::string sql = std::format(
        "SELECT {}, {} FROM chrona_world.event e WHERE e.revision > 1 AND NOT ({}) AND e.id IN "
        "(SELECT v.id FROM chrona_world.event_revision v WHERE {})",
        event_row::kColumns, event_row::linksOfCurrent(Naming::AsSaid), lies, lay);
    return giveRows(connection.query(sql.c_str(), where.parameters()), sink);
}

} // namespace

Result<ChangedEvents> findChangedEvents(Connection &connection, const ChangeQuery &query)
{
    const auto rows = connection.query(
        "WITH changed AS MATERIALIZED (SELECT id, observed_at FROM chrona_world.event "
        "WHERE ingested_at >= $1 OR observed_at >= $2), "
        "places AS (SELECT id, observed_at FROM changed UNION ALL "
        "SELECT r.id, r.observed_at FROM chrona_world.event_revision r JOIN changed USING (id)) "
        "SELECT id, min(observed_at), max(observed_at) FROM places GROUP BY id ORDER BY id",
        {query.ingestedFrom, query.observedFrom});
    if (!rows)
        return std::unexpected(rows.error());
    ChangedEvents changed;
    for (const Row row : *rows) {
        const Instant first = row.instant(1);
        const Instant last = row.instant(2);
        changed.from = changed.ids.empty() ? first : std::min(changed.from, first);
        changed.to = changed.ids.empty() ? last : std::max(changed.to, last);
        changed.ids.push_back({row.int64(0)});
    }
    return changed;
}

Status forEachStatement(Connection &connection, const StatementScope &scope,
                        const StatementSink &sink)
{
    return giveCurrent(connection, scope, sink)
        .and_then([&] { return giveFormer(connection, scope, sink); })
        .and_then(
            [&] { return scope.from || scope.to ? giveMoved(connection, scope, sink) : Status(); });
}

} // namespace chrona::storage
