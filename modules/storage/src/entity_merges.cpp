// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/entity_merges.h"

#include "chrona/schema/topic.h"
#include "chrona/storage/rows.h"

#include <algorithm>
#include <format>

namespace chrona::storage {
namespace {

std::vector<std::int64_t> mergeNumbersOf(std::span<const schema::EntityId> entities)
{
    std::vector<std::int64_t> numbers;
    for (const schema::EntityId entity : entities)
        numbers.push_back(entity.value);
    std::ranges::sort(numbers);
    const auto repeated = std::ranges::unique(numbers);
    numbers.erase(repeated.begin(), repeated.end());
    return numbers;
}

/// `where` is a condition on m, e.g. "m.entity_id = ANY($1)".
Result<std::vector<KeptMerge>> mergesWhere(Connection &connection, const char *where,
                                           const Parameters &parameters)
{
    const std::string sql = std::format(
        "SELECT m.entity_id, m.into_id, m.stands_as, m.made_at, e.key, e.name, i.key, i.name "
        "FROM chrona_world.entity_merge m JOIN chrona_world.entity e ON e.id = m.entity_id "
        "JOIN chrona_world.entity i ON i.id = m.into_id WHERE {} "
        "ORDER BY m.made_at DESC, m.entity_id",
        where);
    const auto rows = connection.query(sql.c_str(), parameters);
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<KeptMerge> merges;
    merges.reserve(rows->size());
    for (const Row row : *rows)
        merges.push_back({{{row.int64(0)}, {row.int64(1)}, row.instant(3)},
                          {row.int64(2)},
                          row.string(4),
                          row.string(5),
                          row.string(6),
                          row.string(7)});
    return merges;
}

/// As what an entity is read.
Result<std::int64_t> standInOf(Connection &connection, std::int64_t entity)
{
    return connection
        .query("SELECT stands_as FROM chrona_world.entity_merge WHERE entity_id = $1", {entity})
        .transform(
            [entity](const Rows &rows) { return rows.isEmpty() ? entity : rows.first().int64(0); });
}

/// The topics that engines look for, and not what a file named that nobody knew.
bool isEngineTopic(const std::string &key)
{
    for (std::size_t number = 1; number < schema::kTopicCount; ++number)
        if (key == schema::entityKeyOf(static_cast<schema::Topic>(number)))
            return true;
    return false;
}

/// That all are known and none is one of the engines' own words.
Status checkKnown(Connection &connection, std::vector<std::int64_t> entities, std::int64_t into)
{
    entities.push_back(into);
    const auto rows =
        connection.query("SELECT wanted.id, e.key, e.name FROM unnest($1::int8[]) AS wanted(id) "
                         "LEFT JOIN chrona_world.entity e ON e.id = wanted.id",
                         {entities});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows) {
        if (row.isNull(1))
            return fail(ErrorCode::NotFound, std::format("there is no entity {}", row.int64(0)));
        if (isEngineTopic(row.string(1)))
            return fail(ErrorCode::InvalidInput,
                        std::format("\"{}\" is a topic, and topics stay apart", row.string(2)),
                        "correct the topic of an event instead");
    }
    return {};
}

Status checkFree(Connection &connection, const std::vector<std::int64_t> &entities)
{
    const auto rows = connection.query(
        "SELECT e.name, i.name FROM chrona_world.entity_merge m "
        "JOIN chrona_world.entity e ON e.id = m.entity_id "
        "JOIN chrona_world.entity i ON i.id = m.stands_as WHERE m.entity_id = ANY($1::int8[])",
        {entities});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return {};
    return fail(ErrorCode::Conflict,
                std::format("\"{}\" is read as \"{}\" already", rows->first().string(0),
                            rows->first().string(1)),
                "split it first");
}

} // namespace

Result<std::vector<KeptMerge>> mergeEntities(Connection &connection, const MergeWish &wish)
{
    const std::vector<std::int64_t> entities = mergeNumbersOf(wish.entities);
    if (entities.empty())
        return fail(ErrorCode::InvalidInput, "no entity was named that could be merged");
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    // One merge at a time: two that cross would make a ring.
    if (auto locked = connection.exec("LOCK TABLE chrona_world.entity_merge IN EXCLUSIVE MODE");
        !locked)
        return std::unexpected(locked.error());
    if (auto known = checkKnown(connection, entities, wish.into.value); !known)
        return std::unexpected(known.error());
    if (auto free = checkFree(connection, entities); !free)
        return std::unexpected(free.error());
    const auto into = standInOf(connection, wish.into.value);
    if (!into)
        return std::unexpected(into.error());
    if (std::ranges::contains(entities, *into))
        return fail(ErrorCode::InvalidInput, "an entity cannot become part of itself",
                    "choose another entity to merge into");
    auto stored = connection.exec(
        "INSERT INTO chrona_world.entity_merge (entity_id, into_id, stands_as, made_at) "
        "SELECT id, $2, $2, $3 FROM unnest($1::int8[]) AS wanted(id)",
        {entities, *into, wish.madeAt});
    if (!stored)
        return std::unexpected(stored.error());
    auto merges = mergesWhere(connection, "m.entity_id = ANY($1::int8[])", {entities});
    if (!merges)
        return merges;
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return merges;
}

Result<std::vector<KeptMerge>> splitEntities(Connection &connection,
                                             std::span<const schema::EntityId> entities)
{
    const std::vector<std::int64_t> numbers = mergeNumbersOf(entities);
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto merges = mergesWhere(connection, "m.entity_id = ANY($1::int8[])", {numbers});
    if (!merges)
        return merges;
    auto removed = connection.exec(
        "DELETE FROM chrona_world.entity_merge WHERE entity_id = ANY($1::int8[])", {numbers});
    if (!removed)
        return std::unexpected(removed.error());
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return merges;
}

Result<std::vector<KeptMerge>> loadMerges(Connection &connection)
{
    return mergesWhere(connection, "true", {});
}

} // namespace chrona::storage
