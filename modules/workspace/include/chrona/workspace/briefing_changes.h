// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/briefing.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace chrona::workspace {

enum class BlockChange : std::uint8_t { New, Reworded };

/// What one briefing tells that another does not.
struct BriefingChanges {
    /// By Statement::key, of the later one; what is the same is absent.
    std::map<std::string, BlockChange> told;
    std::vector<schema::Statement> ended; ///< of the earlier one, in its order
    friend bool operator==(const BriefingChanges &, const BriefingChanges &) = default;
};

/// Statements are compared by their subject (Statement::key); those of one day alone, the headline
/// and what an edition says of its own changes take no part. Pure.
[[nodiscard]] BriefingChanges changesFrom(const schema::Briefing &earlier,
                                          const schema::Briefing &later);

} // namespace chrona::workspace
