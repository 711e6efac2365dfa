// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/entity_merges.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::service {

/// What an entity is called under all the names that are read as one: engines see events as sources
/// said them, so that whoever asks for one name must look for all. A value.
class MergedNames {
public:
    MergedNames() = default;
    explicit MergedNames(std::span<const storage::KeptMerge> merges);
    [[nodiscard]] static Result<MergedNames> load(storage::Connection &connection);

    /// The key itself, first, and those of what is merged with it.
    [[nodiscard]] std::vector<std::string> keysFor(std::string_view key) const;
    /// Each key with what is merged with it, each once.
    void widen(std::vector<std::string> &keys) const;

private:
    std::map<schema::EntityId, std::vector<std::string>> m_groups; ///< keys, by what they stand as
    std::map<schema::EntityId, schema::EntityId> m_standIns;
};

} // namespace chrona::service
