// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/geo_store.h"

#include "conditions.h"
#include "geometry_codec.h"

namespace chrona::storage {
namespace {

using schema::Boundary;
using schema::Place;

Result<Boundary> readBoundary(const Row &row)
{
    auto geometry = unpackGeometry(row.bytes(6));
    if (!geometry)
        return std::unexpected(geometry.error());
    return Boundary{{row.int64(0)},
                    row.string(1),
                    row.string(2),
                    row.string(3),
                    std::move(geometry->areas),
                    {row.float64(4), row.float64(5)}};
}

/// Counts an upsert that answers whether the row is new.
Status count(const Result<Rows> &rows, StoreReport &report)
{
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        ++report.duplicates;
    else
        ++(rows->first().boolean(0) ? report.accepted : report.revised);
    return {};
}

Status storeOne(Connection &connection, const Boundary &boundary, Provenance provenance,
                StoreReport &report)
{
    const std::string areas =
        packGeometry({schema::Geometry::Kind::Areas, {}, {}, boundary.areas});
    const schema::BoundaryId id = boundary.id.isNull()
                                      ? schema::boundaryIdFor(boundary.set, boundary.code)
                                      : boundary.id;
    return count(connection.query(
                     "INSERT INTO chrona_geo.boundary AS t (id, set_name, code, name, "
                     "label_longitude, label_latitude, areas, synthetic) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (set_name, code) "
                     "DO UPDATE SET (name, label_longitude, label_latitude, areas, synthetic) = "
                     "(EXCLUDED.name, EXCLUDED.label_longitude, EXCLUDED.label_latitude, "
                     "EXCLUDED.areas, EXCLUDED.synthetic) WHERE (t.name, t.label_longitude, "
                     "t.label_latitude, t.areas, t.synthetic) IS DISTINCT FROM (EXCLUDED.name, "
                     "EXCLUDED.label_longitude, EXCLUDED.label_latitude, EXCLUDED.areas, "
                     "EXCLUDED.synthetic) RETURNING xmax = 0",
                     {id, boundary.set, boundary.code, boundary.name, boundary.labelAt.longitude,
                      boundary.labelAt.latitude, std::as_bytes(std::span(areas)),
                      provenance == Provenance::Synthetic}),
                 report);
}

Status storeOne(Connection &connection, const Place &place, StoreReport &report)
{
    return count(
        connection.query(
            "INSERT INTO chrona_geo.place AS t (id, kind, name, region, longitude, latitude, "
            "population, scale_rank) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
            "ON CONFLICT (id) DO UPDATE SET (kind, name, region, longitude, latitude, "
            "population, scale_rank) = (EXCLUDED.kind, EXCLUDED.name, EXCLUDED.region, "
            "EXCLUDED.longitude, EXCLUDED.latitude, EXCLUDED.population, "
            "EXCLUDED.scale_rank) WHERE t IS DISTINCT FROM EXCLUDED RETURNING xmax = 0",
            {place.id, static_cast<std::int16_t>(place.kind), place.name, place.region,
             place.location.longitude, place.location.latitude, place.population,
             static_cast<std::int16_t>(place.scaleRank)}),
        report);
}

} // namespace

Result<StoreReport> storeBoundaries(Connection &connection, std::span<const Boundary> boundaries,
                                    Provenance provenance)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    StoreReport report;
    for (const Boundary &boundary : boundaries) {
        if (Status stored = storeOne(connection, boundary, provenance, report); !stored)
            return std::unexpected(stored.error());
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

Result<std::vector<Boundary>> loadBoundaries(Connection &connection, std::string_view set,
                                             const BoundaryPage &page)
{
    const auto limit = page.limit == 0 ? std::optional<std::int64_t>() : page.limit;
    auto rows = connection.query(
        "SELECT id, set_name, code, name, label_longitude, label_latitude, areas "
        "FROM chrona_geo.boundary WHERE set_name = $1 AND code > $2 ORDER BY code LIMIT $3",
        {set, page.after, limit});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Boundary> boundaries;
    for (const Row row : *rows) {
        auto boundary = readBoundary(row);
        if (!boundary)
            return std::unexpected(boundary.error());
        boundaries.push_back(std::move(*boundary));
    }
    return boundaries;
}

Result<std::vector<BoundarySet>> loadBoundarySets(Connection &connection)
{
    auto rows = connection.query(
        "SELECT set_name, count(*), coalesce(sum(octet_length(areas)), 0)::bigint "
        "FROM chrona_geo.boundary GROUP BY set_name ORDER BY set_name");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<BoundarySet> sets;
    for (const Row row : *rows)
        sets.push_back({row.string(0), row.int64(1), row.int64(2)});
    return sets;
}

Result<StoreReport> storePlaces(Connection &connection, std::span<const Place> places)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    StoreReport report;
    for (const Place &place : places) {
        if (Status stored = storeOne(connection, place, report); !stored)
            return std::unexpected(stored.error());
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

Result<std::vector<Place>> findPlaces(Connection &connection, std::string_view text,
                                      std::uint32_t limit)
{
    auto rows = connection.query(
        "SELECT id, kind, name, region, longitude, latitude, population, scale_rank "
        "FROM chrona_geo.place WHERE lower(name) LIKE lower($1) "
        "ORDER BY population DESC, name, id LIMIT $2",
        {likePrefix(text), std::int64_t{limit}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Place> places;
    for (const Row row : *rows) {
        places.push_back({{row.int64(0)},
                          static_cast<schema::PlaceKind>(row.int16(1)),
                          row.string(2),
                          row.string(3),
                          {row.float64(4), row.float64(5)},
                          row.int64(6),
                          static_cast<std::uint8_t>(row.int16(7))});
    }
    return places;
}

} // namespace chrona::storage
