// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/entity_store.h"

#include "attributes_json.h"
#include "conditions.h"

#include <unordered_map>
#include <unordered_set>

namespace chrona::storage {
namespace {

using schema::Entity;

constexpr std::size_t kEntityBatch = 5000;
constexpr const char *kColumns = "id, kind, key, name, longitude, latitude, attributes, synthetic";

/// The columns of many entities, as arrays.
struct EntityColumns {
    std::vector<std::int64_t> ids;
    std::vector<std::int16_t> kinds;
    std::vector<std::string> keys, names, attributes;
    std::vector<double> longitudes, latitudes; ///< NaN: nowhere
    std::vector<std::int64_t> synthetic;

    Status add(const Entity &entity, schema::EntityId id)
    {
        auto json = attributesToJson(entity.attributes);
        if (!json)
            return std::unexpected(json.error());
        constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();
        ids.push_back(id.value);
        kinds.push_back(static_cast<std::int16_t>(entity.kind));
        keys.push_back(entity.key);
        names.push_back(entity.name);
        attributes.push_back(std::move(*json));
        longitudes.push_back(entity.location ? entity.location->longitude : kNowhere);
        latitudes.push_back(entity.location ? entity.location->latitude : kNowhere);
        synthetic.push_back(entity.synthetic ? 1 : 0);
        return {};
    }
};

/// Names that lead to entities, with their order.
struct NameColumns {
    std::vector<std::int64_t> ids, positions;
    std::vector<std::string> schemes, values;
};

schema::EntityId idOf(const Entity &entity)
{
    return entity.id.isNull() ? schema::entityIdFor(entity.key) : entity.id;
}

Result<StoreReport> upsert(Connection &connection, const EntityColumns &columns)
{
    auto rows = connection.query(
        "INSERT INTO chrona_world.entity AS e (id, kind, key, name, longitude, latitude, "
        "attributes, "
        "synthetic) SELECT id, kind, key, name, nullif(lon, 'NaN'), nullif(lat, 'NaN'), "
        "attributes::jsonb, synthetic = 1 FROM unnest($1::int8[], $2::int2[], $3::text[], "
        "$4::text[], "
        "$5::float8[], $6::float8[], $7::text[], $8::int8[]) "
        "AS a(id, kind, key, name, lon, lat, attributes, synthetic) ORDER BY id "
        "ON CONFLICT (id) DO UPDATE SET (kind, key, name, longitude, latitude, attributes, "
        "synthetic) "
        "= (EXCLUDED.kind, EXCLUDED.key, EXCLUDED.name, EXCLUDED.longitude, EXCLUDED.latitude, "
        "EXCLUDED.attributes, EXCLUDED.synthetic) "
        "WHERE (e.kind, e.key, e.name, e.longitude, e.latitude, e.attributes, e.synthetic) "
        "IS DISTINCT FROM (EXCLUDED.kind, EXCLUDED.key, EXCLUDED.name, EXCLUDED.longitude, "
        "EXCLUDED.latitude, EXCLUDED.attributes, EXCLUDED.synthetic) RETURNING xmax = 0",
        {columns.ids, columns.kinds, columns.keys, columns.names, columns.longitudes,
         columns.latitudes, columns.attributes, columns.synthetic});
    if (!rows)
        return std::unexpected(rows.error());
    StoreReport report;
    for (const Row row : *rows)
        ++(row.boolean(0) ? report.accepted : report.revised);
    report.duplicates = static_cast<std::int64_t>(columns.ids.size() - rows->size());
    return report;
}

Status storeNames(Connection &connection, const NameColumns &aliases,
                  const NameColumns &externalIds)
{
    auto stored = connection.exec(
        "INSERT INTO chrona_world.entity_alias (entity_id, alias, position) "
        "SELECT * FROM unnest($1::int8[], $2::text[], $3::int8[]) ON CONFLICT DO NOTHING",
        {aliases.ids, aliases.values, aliases.positions});
    if (!stored)
        return std::unexpected(stored.error());
    return connection
        .exec("INSERT INTO chrona_world.entity_external_id (entity_id, scheme, value, position) "
              "SELECT * FROM unnest($1::int8[], $2::text[], $3::text[], $4::int8[]) "
              "ON CONFLICT DO NOTHING",
              {externalIds.ids, externalIds.schemes, externalIds.values, externalIds.positions})
        .transform([](std::int64_t) {});
}

Result<StoreReport> storeBatch(Connection &connection, std::span<const Entity> entities)
{
    // The last of several with one key counts: one statement cannot meet a row twice.
    std::unordered_map<std::int64_t, std::size_t> last;
    for (std::size_t i = 0; i < entities.size(); ++i)
        last[idOf(entities[i]).value] = i;
    EntityColumns columns;
    NameColumns aliases;
    NameColumns externalIds;
    for (std::size_t i = 0; i < entities.size(); ++i) {
        const Entity &entity = entities[i];
        const schema::EntityId id = idOf(entity);
        if (last[id.value] == i) {
            if (Status added = columns.add(entity, id); !added)
                return std::unexpected(added.error());
        }
        for (std::size_t n = 0; n < entity.aliases.size(); ++n) {
            aliases.ids.push_back(id.value);
            aliases.values.push_back(entity.aliases[n]);
            aliases.positions.push_back(static_cast<std::int64_t>(n));
        }
        for (std::size_t n = 0; n < entity.externalIds.size(); ++n) {
            externalIds.ids.push_back(id.value);
            externalIds.schemes.push_back(entity.externalIds[n].scheme);
            externalIds.values.push_back(entity.externalIds[n].value);
            externalIds.positions.push_back(static_cast<std::int64_t>(n));
        }
    }
    auto report = upsert(connection, columns);
    if (!report)
        return report;
    report->duplicates += static_cast<std::int64_t>(entities.size() - columns.ids.size());
    if (Status stored = storeNames(connection, aliases, externalIds); !stored)
        return std::unexpected(stored.error());
    return report;
}

Result<Entity> readEntity(const Row &row)
{
    Entity entity;
    entity.id = {row.int64(0)};
    entity.kind = static_cast<schema::EntityKind>(row.int16(1));
    entity.key = row.string(2);
    entity.name = row.string(3);
    if (!row.isNull(4))
        entity.location = schema::GeoPoint{row.float64(4), row.float64(5)};
    auto attributes = attributesFromJson(row.text(6));
    if (!attributes)
        return std::unexpected(attributes.error());
    entity.attributes = std::move(*attributes);
    entity.synthetic = row.boolean(7);
    entity.aliases = row.strings(8);
    const auto schemes = row.strings(9);
    const auto values = row.strings(10);
    for (std::size_t i = 0; i < std::min(schemes.size(), values.size()); ++i)
        entity.externalIds.push_back({schemes[i], values[i]});
    return entity;
}

/// `tail` goes behind "FROM chrona_world.entity e".
Result<std::vector<Entity>> loadWhere(Connection &connection, const std::string &tail,
                                      const Parameters &parameters)
{
    const std::string sql = std::format(
        "SELECT {}, "
        "array(SELECT alias FROM chrona_world.entity_alias a WHERE a.entity_id = e.id "
        "ORDER BY position, alias), "
        "array(SELECT scheme FROM chrona_world.entity_external_id x WHERE x.entity_id = e.id "
        "ORDER BY position, scheme, value), "
        "array(SELECT value FROM chrona_world.entity_external_id x WHERE x.entity_id = e.id "
        "ORDER BY position, scheme, value) FROM chrona_world.entity e {}",
        kColumns, tail);
    auto rows = connection.query(sql.c_str(), parameters);
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Entity> entities;
    entities.reserve(rows->size());
    for (const Row row : *rows) {
        auto entity = readEntity(row);
        if (!entity)
            return std::unexpected(entity.error());
        entities.push_back(std::move(*entity));
    }
    return entities;
}

} // namespace

Result<StoreReport> storeEntities(Connection &connection, std::span<const Entity> entities)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    StoreReport report;
    while (!entities.empty()) {
        const auto batch = entities.first(std::min(kEntityBatch, entities.size()));
        const auto stored = storeBatch(connection, batch);
        if (!stored)
            return stored;
        report += *stored;
        entities = entities.subspan(batch.size());
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

Result<StoreReport> introduceEntities(Connection &connection, std::span<const Entity> entities)
{
    std::vector<std::int64_t> ids;
    for (const Entity &entity : entities)
        ids.push_back(idOf(entity).value);
    const auto rows =
        connection.query("SELECT id FROM chrona_world.entity WHERE id = ANY($1::int8[])", {ids});
    if (!rows)
        return std::unexpected(rows.error());
    std::unordered_set<std::int64_t> known;
    for (const Row row : *rows)
        known.insert(row.int64(0));
    std::vector<Entity> fresh;
    for (const Entity &entity : entities)
        if (!known.contains(idOf(entity).value))
            fresh.push_back(entity);
    auto report = storeEntities(connection, fresh);
    if (report)
        report->duplicates += static_cast<std::int64_t>(entities.size() - fresh.size());
    return report;
}

namespace {

void addKinds(Conditions &where, const EntityQuery &query)
{
    if (query.kinds.empty())
        return;
    std::vector<std::int16_t> kinds;
    for (const schema::EntityKind kind : query.kinds)
        kinds.push_back(static_cast<std::int16_t>(kind));
    where.add("kind = ANY(?)", kinds);
}

/// Names that begin with the text come first in any case, and an index finds them at once: by its
/// own order, so that of thousands only as many are read as are wanted. A join against the merged
/// ones would lose that order, hence the question for each.
Result<std::vector<Entity>> findNamed(Connection &connection, const EntityQuery &query)
{
    Conditions where;
    const std::string prefix = where.placeholder(likePrefix(query.text));
    where.add(std::format("lower(n.name) LIKE lower({})", prefix));
    where.add("(SELECT true FROM chrona_world.entity_merge m WHERE m.entity_id = n.id) IS NULL");
    addKinds(where, query);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    return loadWhere(connection,
                     std::format("WHERE e.id IN (SELECT n.id FROM chrona_world.entity n {} "
                                 "ORDER BY lower(n.name) USING ~<~ LIMIT {}) "
                                 "ORDER BY lower(name), id",
                                 where.sql(), limit),
                     where.parameters());
}

} // namespace

Result<std::vector<Entity>> findEntities(Connection &connection, const EntityQuery &query)
{
    auto named = findNamed(connection, query);
    if (!named || named->size() >= query.limit)
        return named;
    Conditions where;
    const std::string prefix = where.placeholder(likePrefix(query.text));
    const std::string anywhere = where.placeholder(likeAnywhere(query.text));
    // One that is merged is found by the names of its parts; the parts themselves stand back.
    where.add("NOT EXISTS (SELECT FROM chrona_world.entity_merge m WHERE m.entity_id = e.id)");
    // Each way to find one has an index of its own; "or" between them would use none.
    where.add(std::format(
        "e.id IN (SELECT n.id FROM chrona_world.entity n WHERE n.name ILIKE {1} "
        "UNION SELECT a.entity_id FROM chrona_world.entity_alias a "
        "WHERE lower(a.alias) LIKE lower({0}) "
        "UNION SELECT m.stands_as FROM chrona_world.entity_merge m "
        "JOIN chrona_world.entity p ON p.id = m.entity_id "
        "WHERE p.name ILIKE {1} OR EXISTS (SELECT FROM chrona_world.entity_alias a "
        "WHERE a.entity_id = p.id AND lower(a.alias) LIKE lower({0})))",
        prefix, anywhere));
    addKinds(where, query);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string tail =
        std::format("{} ORDER BY lower(name) NOT LIKE lower({}), lower(name), id LIMIT {}",
                    where.sql(), prefix, limit);
    return loadWhere(connection, tail, where.parameters());
}

Result<std::vector<Entity>> loadEntities(Connection &connection,
                                         std::span<const schema::EntityId> ids)
{
    std::vector<std::int64_t> values;
    for (const schema::EntityId id : ids)
        values.push_back(id.value);
    return loadWhere(connection, "WHERE id = ANY($1) ORDER BY id", {values});
}

Result<std::vector<Entity>> loadEntities(Connection &connection)
{
    return loadWhere(connection, "ORDER BY id", {});
}

} // namespace chrona::storage
