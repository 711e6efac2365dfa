// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/watchlist_store.h"

#include <format>

namespace chrona::storage {
namespace {

Status storeItems(Connection &connection, const WatchlistRecord &watchlist)
{
    std::vector<std::string> nodes, notes;
    std::vector<Instant> added;
    std::vector<std::int64_t> positions;
    for (const WatchedNode &item : watchlist.items) {
        positions.push_back(static_cast<std::int64_t>(positions.size()));
        nodes.push_back(item.node);
        notes.push_back(item.note);
        added.push_back(item.addedAt);
    }
    const auto gone = connection.exec("DELETE FROM chrona_brief.watch_item WHERE watchlist_id = $1",
                                      {watchlist.id});
    if (!gone)
        return std::unexpected(gone.error());
    return connection
        .exec("INSERT INTO chrona_brief.watch_item (watchlist_id, position, node, note, added_at) "
              "SELECT $1, * FROM unnest($2::int8[], $3::text[], $4::text[], $5::timestamptz[]) "
              "ON CONFLICT DO NOTHING",
              {watchlist.id, positions, nodes, notes, added})
        .transform([](std::int64_t) {});
}

Status check(const WatchlistRecord &watchlist)
{
    if (watchlist.name.empty() || watchlist.name.size() > 200)
        return fail(ErrorCode::InvalidInput, "a watchlist needs a name of at most 200 bytes");
    if (watchlist.items.size() > 10'000)
        return fail(ErrorCode::InvalidInput, "a watchlist holds at most 10,000 items");
    for (const WatchedNode &item : watchlist.items) {
        const std::size_t colon = item.node.find(':');
        if (colon == 0 || colon == std::string::npos || colon + 1 == item.node.size() ||
            item.node.size() > 200 || item.note.size() > 4'000)
            return fail(
                ErrorCode::InvalidInput,
                std::format("\"{}\" names nothing that can be watched", item.node.substr(0, 100)),
                "write it as instrument:SPY, country:JP or sector:energy");
    }
    return {};
}

Result<WatchlistRecord> insert(Connection &connection, WatchlistRecord watchlist)
{
    // A shipped list that was removed gives its name free.
    const auto rows = connection.query(
        "INSERT INTO chrona_brief.watchlist AS w (name) VALUES ($1) ON CONFLICT (name) DO UPDATE "
        "SET is_hidden = false, revision = w.revision + 1, updated_at = now() WHERE w.is_hidden "
        "RETURNING id, revision, updated_at",
        {watchlist.name});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::Conflict,
                    std::format("there is a watchlist \"{}\" already", watchlist.name),
                    "choose another name");
    const Row row = rows->first();
    watchlist.id = {row.int64(0)};
    watchlist.revision = static_cast<std::uint32_t>(row.int32(1));
    watchlist.updatedAt = row.instant(2);
    return watchlist;
}

Result<WatchlistRecord> update(Connection &connection, WatchlistRecord watchlist)
{
    const auto known = connection.query(
        "SELECT revision FROM chrona_brief.watchlist WHERE id = $1 AND NOT is_hidden FOR UPDATE",
        {watchlist.id});
    if (!known)
        return std::unexpected(known.error());
    if (known->isEmpty())
        return fail(ErrorCode::NotFound, "there is no such watchlist");
    if (static_cast<std::uint32_t>(known->first().int32(0)) != watchlist.revision)
        return fail(ErrorCode::Conflict,
                    std::format("the watchlist \"{}\" was changed meanwhile", watchlist.name),
                    "look at it again and repeat the change");
    const auto rows =
        connection.query("UPDATE chrona_brief.watchlist SET name = $2, revision = revision + 1, "
                         "updated_at = now() WHERE id = $1 RETURNING revision, updated_at",
                         {watchlist.id, watchlist.name});
    if (!rows)
        return std::unexpected(rows.error());
    watchlist.revision = static_cast<std::uint32_t>(rows->first().int32(0));
    watchlist.updatedAt = rows->first().instant(1);
    return watchlist;
}

} // namespace

Status seedWatchlists(Connection &connection, std::span<const WatchlistRecord> shipped)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (WatchlistRecord watchlist : shipped) {
        const auto rows = connection.query(
            "INSERT INTO chrona_brief.watchlist (name, is_shipped) VALUES ($1, true) "
            "ON CONFLICT (name) DO NOTHING RETURNING id",
            {watchlist.name});
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            continue;
        watchlist.id = {rows->first().int64(0)};
        if (auto stored = storeItems(connection, watchlist); !stored)
            return stored;
    }
    return transaction->commit();
}

Result<std::vector<WatchlistRecord>> loadWatchlists(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT w.id, w.name, w.revision, w.updated_at, i.node, i.note, i.added_at "
        "FROM chrona_brief.watchlist w LEFT JOIN chrona_brief.watch_item i "
        "ON i.watchlist_id = w.id WHERE NOT w.is_hidden ORDER BY w.id, i.position");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<WatchlistRecord> lists;
    for (const Row row : *rows) {
        const schema::WatchlistId id{row.int64(0)};
        if (lists.empty() || lists.back().id != id)
            lists.push_back(
                {id, row.string(1), {}, static_cast<std::uint32_t>(row.int32(2)), row.instant(3)});
        if (!row.isNull(4))
            lists.back().items.push_back({row.string(4), row.string(5), row.instant(6)});
    }
    return lists;
}

Result<WatchlistRecord> saveWatchlist(Connection &connection, const WatchlistRecord &watchlist)
{
    if (auto sound = check(watchlist); !sound)
        return std::unexpected(sound.error());
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto saved =
        watchlist.id.isNull() ? insert(connection, watchlist) : update(connection, watchlist);
    if (!saved)
        return saved;
    if (auto stored = storeItems(connection, *saved); !stored)
        return std::unexpected(stored.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return saved;
}

Status removeWatchlist(Connection &connection, schema::WatchlistId id)
{
    const auto gone = connection.query(
        "WITH hidden AS (UPDATE chrona_brief.watchlist SET is_hidden = true WHERE id = $1 "
        "AND is_shipped AND NOT is_hidden RETURNING 1), "
        "deleted AS (DELETE FROM chrona_brief.watchlist WHERE id = $1 AND NOT is_shipped "
        "RETURNING 1) SELECT (SELECT count(*) FROM hidden) + (SELECT count(*) FROM deleted)",
        {id});
    if (!gone)
        return std::unexpected(gone.error());
    if (gone->first().int64(0) == 0)
        return fail(ErrorCode::NotFound, "there is no such watchlist");
    return {};
}

Result<std::vector<ExposureRecord>> loadExposures(Connection &connection)
{
    const auto rows = connection.query("SELECT from_node, to_node, weight, why "
                                       "FROM chrona_brief.exposure ORDER BY 1, 2");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<ExposureRecord> rules;
    for (const Row row : *rows)
        rules.push_back({row.string(0), row.string(1), row.float64(2), row.string(3)});
    return rules;
}

Status saveExposure(Connection &connection, const ExposureRecord &rule)
{
    if (!rule.from.contains(':') || !rule.to.contains(':') || rule.from == rule.to ||
        rule.from.size() > 200 || rule.to.size() > 200 || rule.why.size() > 1'000)
        return fail(ErrorCode::InvalidInput, "an exposure leads from one node to another",
                    "write nodes as topic:oil, country:JP or instrument:SPY");
    if (!(rule.weight >= 0 && rule.weight <= 1))
        return fail(ErrorCode::InvalidInput, "the weight of an exposure is between 0 and 1");
    return connection
        .exec("INSERT INTO chrona_brief.exposure (from_node, to_node, weight, why) "
              "VALUES ($1, $2, $3, $4) ON CONFLICT (from_node, to_node) DO UPDATE SET "
              "weight = EXCLUDED.weight, why = EXCLUDED.why, updated_at = now()",
              {rule.from, rule.to, rule.weight, rule.why})
        .transform([](std::int64_t) {});
}

Status removeExposure(Connection &connection, const ExposureRecord &ends)
{
    const auto gone =
        connection.exec("DELETE FROM chrona_brief.exposure WHERE from_node = $1 AND to_node = $2",
                        {ends.from, ends.to});
    if (!gone)
        return std::unexpected(gone.error());
    if (*gone == 0)
        return fail(ErrorCode::NotFound,
                    std::format("there is no own exposure from {} to {}", ends.from, ends.to));
    return {};
}

} // namespace chrona::storage
