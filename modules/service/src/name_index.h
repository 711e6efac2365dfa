// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/entity.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chrona::service {

/// Finds entities by what a file calls them: key, external id, symbol, name or alias, in any case.
/// What nobody knows becomes an entity of its own, so that no mention is lost. One thread.
class NameIndex {
public:
    explicit NameIndex(std::span<const schema::Entity> known);

    /// The entity that is meant; a new one is made where there is none.
    [[nodiscard]] schema::EntityId resolve(std::string_view text);
    /// The known entity of that key, or this one from now on.
    [[nodiscard]] schema::EntityId resolve(const schema::Entity &entity);
    [[nodiscard]] bool knows(std::string_view text) const;
    /// Entities that resolve() made since the last call. Store them before what names them.
    [[nodiscard]] std::vector<schema::Entity> takeNew();

private:
    void add(const schema::Entity &entity);

    std::unordered_map<std::string, schema::EntityId> m_ids;
    std::vector<schema::Entity> m_new;
};

} // namespace chrona::service
