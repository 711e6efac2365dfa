// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/link_queries.h"

#include "chrona/storage/copy.h"

#include <algorithm>
#include <numeric>

namespace chrona::storage {
namespace {

template <class T>
std::vector<T> permuted(const std::vector<T> &column, const std::vector<std::uint32_t> &order)
{
    std::vector<T> sorted;
    sorted.reserve(column.size());
    for (const std::uint32_t from : order)
        sorted.push_back(column[from]);
    return sorted;
}

} // namespace

Result<EventLinkColumns> loadEventLinks(Connection &connection)
{
    EventLinkColumns links;
    std::vector<std::int16_t> positions;
    // A sequential read and a sort here: an index scan would cost many times as much.
    const Status read = connection.copyOut(
        "COPY (SELECT event_id, entity_id, role, weight, position FROM chrona_world.event_entity) "
        "TO STDOUT (FORMAT binary)",
        [&](const CopyRow &row) -> Status {
            links.append(row.int64(0), row.int64(1), static_cast<std::uint8_t>(row.int16(2)),
                         row.float32(3));
            positions.push_back(row.int16(4));
            return {};
        });
    if (!read)
        return std::unexpected(read.error());
    std::vector<std::uint32_t> order(links.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {},
                      [&](std::uint32_t at) { return std::pair(links.event[at], positions[at]); });
    return EventLinkColumns{permuted(links.event, order), permuted(links.entity, order),
                            permuted(links.role, order), permuted(links.weight, order)};
}

Result<std::vector<EntityHead>> loadEntityHeads(Connection &connection)
{
    const auto rows = connection.query("SELECT id, kind, key, name, longitude, latitude "
                                       "FROM chrona_world.entity ORDER BY id");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<EntityHead> entities;
    entities.reserve(rows->size());
    for (const Row row : *rows) {
        EntityHead head{row.int64(0), static_cast<schema::EntityKind>(row.int16(1)), row.string(2),
                        row.string(3), std::nullopt};
        if (!row.isNull(4) && !row.isNull(5))
            head.place = schema::GeoPoint{row.float64(4), row.float64(5)};
        entities.push_back(std::move(head));
    }
    return entities;
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>>
loadRegionCountries(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT DISTINCT r.entity_id, c.entity_id FROM chrona_world.entity_external_id r "
        "JOIN chrona_world.entity_external_id c ON c.scheme = 'iso3166-1' "
        "AND c.value = split_part(r.value, '-', 1) "
        "WHERE r.scheme = 'iso3166-2' AND r.entity_id <> c.entity_id ORDER BY 1, 2");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
    for (const Row row : *rows)
        pairs.emplace_back(row.int64(0), row.int64(1));
    return pairs;
}

Result<std::vector<StoryHead>> loadStoryHeads(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT c.id, c.type, c.title, c.first_at, m.event_id FROM chrona_world.cluster c "
        "JOIN chrona_world.cluster_member m ON m.cluster_id = c.id WHERE c.member_count >= 2 "
        "ORDER BY c.id, m.observed_at, m.event_id");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoryHead> stories;
    for (const Row row : *rows) {
        if (stories.empty() || stories.back().id != row.int64(0))
            stories.push_back({row.int64(0),
                               static_cast<std::uint8_t>(row.int16(1)),
                               row.string(2),
                               row.instant(3),
                               {}});
        stories.back().events.push_back(row.int64(4));
    }
    return stories;
}

} // namespace chrona::storage
