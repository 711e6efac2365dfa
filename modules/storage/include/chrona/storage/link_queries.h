// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/entity.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the graph of entities is made from, in bulk.
namespace chrona::storage {

/// Which event names which entity, as flat columns of one length.
struct EventLinkColumns {
    std::vector<std::int64_t> event;
    std::vector<std::int64_t> entity;
    std::vector<std::uint8_t> role; ///< schema::EntityRole
    std::vector<float> weight;      ///< 0–1

    [[nodiscard]] std::size_t size() const { return event.size(); }
    void append(std::int64_t eventId, std::int64_t entityId, std::uint8_t linkRole,
                float linkWeight)
    {
        event.push_back(eventId);
        entity.push_back(entityId);
        role.push_back(linkRole);
        weight.push_back(linkWeight);
    }
};

/// All links of the current revisions, by event, then as the event lists them.
[[nodiscard]] Result<EventLinkColumns> loadEventLinks(Connection &connection);

/// An entity without its aliases.
struct EntityHead {
    std::int64_t id = 0;
    schema::EntityKind kind = schema::EntityKind::Organization;
    std::string key, name;
    std::optional<schema::GeoPoint> place;
};
/// All of them, by id.
[[nodiscard]] Result<std::vector<EntityHead>> loadEntityHeads(Connection &connection);

/// Regions and the countries that their ISO 3166-2 codes name: ids of both.
[[nodiscard]] Result<std::vector<std::pair<std::int64_t, std::int64_t>>>
loadRegionCountries(Connection &connection);

/// A story of two reports or more.
struct StoryHead {
    std::int64_t id = 0;
    std::uint8_t type = 0; ///< schema::EventType
    std::string title;
    Instant firstAt;
    std::vector<std::int64_t> events; ///< its reports, by time
};
/// All of them, by id.
[[nodiscard]] Result<std::vector<StoryHead>> loadStoryHeads(Connection &connection);

} // namespace chrona::storage
