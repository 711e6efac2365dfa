// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

struct MapAreaRecord {
    schema::MapAreaId id; ///< null: not stored yet
    std::string name;
    schema::Ring ring; ///< closed
    Instant lookedAt;
    std::uint32_t revision = 1;
};

inline constexpr std::size_t kMapAreaPointsMax = 10'000;

/// By name.
[[nodiscard]] Result<std::vector<MapAreaRecord>> loadMapAreas(Connection &connection);
/// Conflict where the stored revision is another one, or the name is taken. As it is stored then.
[[nodiscard]] Result<MapAreaRecord> saveMapArea(Connection &connection, MapAreaRecord area);
[[nodiscard]] Status removeMapArea(Connection &connection, schema::MapAreaId id);

struct EventShapeRecord {
    schema::EventId id;
    Instant observedAt;
    std::optional<Instant> endsAt;
    schema::Geometry geometry;
};
/// Outlines of those of the events that have one, in no particular order.
[[nodiscard]] Result<std::vector<EventShapeRecord>>
loadEventShapes(Connection &connection, std::span<const schema::EventId> events);

} // namespace chrona::storage
