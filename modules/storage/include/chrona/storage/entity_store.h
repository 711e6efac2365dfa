// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/entity.h"
#include "chrona/storage/event_store.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::storage {

/// Stores by key; a known entity gets the new name, kind, place and attributes, and keeps aliases
/// and external ids that it had. Any order, one transaction.
[[nodiscard]] Result<StoreReport> storeEntities(Connection &connection,
                                                std::span<const schema::Entity> entities);

/// Stores those that nobody knows yet; what is known stays as it is. For names that were only found
/// in a text, which must not replace what a source says of them.
[[nodiscard]] Result<StoreReport> introduceEntities(Connection &connection,
                                                    std::span<const schema::Entity> entities);

struct EntityQuery {
    std::string text{}; ///< start of a name or alias, or part of a name; any case
    std::vector<schema::EntityKind> kinds{}; ///< empty: all
    std::uint32_t limit = 50;
};
/// Names that begin with the text first, then by name.
[[nodiscard]] Result<std::vector<schema::Entity>> findEntities(Connection &connection,
                                                               const EntityQuery &query);
[[nodiscard]] Result<std::vector<schema::Entity>>
loadEntities(Connection &connection, std::span<const schema::EntityId> ids);
/// All of them, for engines that map names; by id.
[[nodiscard]] Result<std::vector<schema::Entity>> loadEntities(Connection &connection);

} // namespace chrona::storage
