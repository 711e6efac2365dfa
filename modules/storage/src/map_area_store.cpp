// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/map_area_store.h"

#include "geometry_codec.h"

#include <format>

namespace chrona::storage {
namespace {

Status checkArea(const MapAreaRecord &area)
{
    if (area.name.empty() || area.name.size() > 200)
        return fail(ErrorCode::InvalidInput, "an area needs a name of at most 200 bytes");
    if (area.ring.size() > kMapAreaPointsMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("an area has at most {} points", kMapAreaPointsMax));
    const auto faults = validate(schema::Geometry{
        schema::Geometry::Kind::Areas, {}, {}, {{area.ring}}});
    if (!faults.empty())
        return fail(ErrorCode::InvalidInput,
                    "the outline of an area is wrong: " + describe(faults));
    return {};
}

std::string packedRing(const MapAreaRecord &area)
{
    return packGeometry({schema::Geometry::Kind::Areas, {}, {}, {{area.ring}}});
}

Result<MapAreaRecord> insertArea(Connection &connection, MapAreaRecord area)
{
    const std::string ring = packedRing(area);
    const auto rows = connection.query(
        "INSERT INTO chrona_geo.map_area (name, ring) VALUES ($1, $2) "
        "ON CONFLICT (name) DO NOTHING RETURNING id, revision, looked_at",
        {area.name, std::as_bytes(std::span(ring))});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::Conflict, std::format("there is an area \"{}\" already", area.name),
                    "choose another name");
    area.id = {rows->first().int64(0)};
    area.revision = static_cast<std::uint32_t>(rows->first().int32(1));
    area.lookedAt = rows->first().instant(2);
    return area;
}

Result<MapAreaRecord> updateArea(Connection &connection, MapAreaRecord area)
{
    const std::string ring = packedRing(area);
    const auto known = connection.query(
        "SELECT 1 FROM chrona_geo.map_area WHERE name = $1 AND id <> $2", {area.name, area.id});
    if (!known)
        return std::unexpected(known.error());
    if (!known->isEmpty())
        return fail(ErrorCode::Conflict, std::format("there is an area \"{}\" already", area.name),
                    "choose another name");
    const auto rows = connection.query(
        "UPDATE chrona_geo.map_area SET name = $2, ring = $3, looked_at = $4, "
        "revision = revision + 1 WHERE id = $1 AND revision = $5 RETURNING revision",
        {area.id, area.name, std::as_bytes(std::span(ring)), area.lookedAt,
         static_cast<std::int32_t>(area.revision)});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::Conflict,
                    std::format("the area \"{}\" was changed or removed meanwhile", area.name),
                    "look at it again and repeat the change");
    area.revision = static_cast<std::uint32_t>(rows->first().int32(0));
    return area;
}

} // namespace

Result<std::vector<MapAreaRecord>> loadMapAreas(Connection &connection)
{
    const auto rows = connection.query("SELECT id, name, ring, looked_at, revision "
                                       "FROM chrona_geo.map_area ORDER BY name");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<MapAreaRecord> areas;
    for (const Row row : *rows) {
        auto shape = unpackGeometry(row.bytes(2));
        if (!shape)
            return std::unexpected(shape.error());
        if (shape->areas.empty() || shape->areas.front().empty())
            return fail(ErrorCode::Corrupt, "a stored area has no outline");
        areas.push_back({{row.int64(0)},
                         row.string(1),
                         std::move(shape->areas.front().front()),
                         row.instant(3),
                         static_cast<std::uint32_t>(row.int32(4))});
    }
    return areas;
}

Result<MapAreaRecord> saveMapArea(Connection &connection, MapAreaRecord area)
{
    if (auto sound = checkArea(area); !sound)
        return std::unexpected(sound.error());
    return area.id.isNull() ? insertArea(connection, std::move(area))
                            : updateArea(connection, std::move(area));
}

Status removeMapArea(Connection &connection, schema::MapAreaId id)
{
    const auto rows =
        connection.query("DELETE FROM chrona_geo.map_area WHERE id = $1 RETURNING id", {id});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, "there is no such area");
    return {};
}

Result<std::vector<EventShapeRecord>> loadEventShapes(Connection &connection,
                                                      std::span<const schema::EventId> events)
{
    std::vector<std::int64_t> ids;
    ids.reserve(events.size());
    for (const schema::EventId event : events)
        ids.push_back(event.value);
    const auto rows = connection.query("SELECT id, observed_at, ends_at, geometry "
                                       "FROM chrona_world.event WHERE id = ANY($1) "
                                       "AND geometry IS NOT NULL",
                                       {ids});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<EventShapeRecord> shapes;
    for (const Row row : *rows) {
        auto geometry = unpackGeometry(row.bytes(3));
        if (!geometry)
            return std::unexpected(geometry.error());
        EventShapeRecord shape{{row.int64(0)}, row.instant(1), std::nullopt, std::move(*geometry)};
        if (!row.isNull(2))
            shape.endsAt = row.instant(2);
        shapes.push_back(std::move(shape));
    }
    return shapes;
}

} // namespace chrona::storage
