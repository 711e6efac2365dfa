// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/entity.h"
#include "chrona/storage/connection.h"

#include <span>
#include <string>
#include <vector>

/// Entities that a person says are one (docs/adr/0100-merged-entities.md).
namespace chrona::storage {

struct KeptMerge {
    schema::EntityMerge merge;
    schema::EntityId standsAs; ///< as what it is read
    std::string key, name, intoKey, intoName;
};

struct MergeWish {
    std::vector<schema::EntityId> entities;
    schema::EntityId into; ///< where this stands as another, that one is meant
    Instant madeAt{};
};
/// NotFound for an entity that nobody knows; Conflict for one that stands as another already;
/// InvalidInput for topics and for an entity that would become part of itself. All or none.
[[nodiscard]] Result<std::vector<KeptMerge>> mergeEntities(Connection &connection,
                                                           const MergeWish &wish);
/// Gives what was said of them; nothing was: nothing.
[[nodiscard]] Result<std::vector<KeptMerge>>
splitEntities(Connection &connection, std::span<const schema::EntityId> entities);
/// Newest first.
[[nodiscard]] Result<std::vector<KeptMerge>> loadMerges(Connection &connection);

} // namespace chrona::storage
