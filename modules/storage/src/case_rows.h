// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "chrona/storage/connection.h"

#include <optional>
#include <vector>

/// Rows of the tables of investigations.
namespace chrona::storage {

/// The columns of an item that itemFrom() reads, in its order, of a table called i.
#define CHRONA_CASE_ITEM_COLUMNS                                                                   \
    "i.id, i.kind, i.revision, i.removed, i.created_at, i.changed_at, i.title, i.body, i.tags, "   \
    "i.pin_kind, i.target_id, i.target_key, i.label, i.query, i.window_begin, i.window_end, "      \
    "i.west, i.south, i.east, i.north, i.event_types, i.from_item, i.to_item, i.bearing, "         \
    "i.strength, i.confidence, i.x, i.y, i.evidence, i.copy_of, i.withheld"
inline constexpr int kCaseItemColumns = 31;

[[nodiscard]] schema::CaseItem itemFrom(const Row &row, int first = 0);
/// Replaces the row of the item where there is one.
[[nodiscard]] Status storeItem(Connection &connection, schema::InvestigationId id,
                               const schema::CaseItem &item);
/// A step that is known already stays as it is.
[[nodiscard]] Status storeSteps(Connection &connection, schema::InvestigationId id,
                                const std::vector<schema::CaseStep> &steps);
[[nodiscard]] Result<std::vector<schema::CaseStep>> loadSteps(Connection &connection,
                                                              schema::InvestigationId id);
[[nodiscard]] Result<std::vector<schema::CaseItem>> loadItems(Connection &connection,
                                                              schema::InvestigationId id);

/// Keeps others from changing the investigation until the transaction ends; nullopt: there is none.
[[nodiscard]] Result<std::optional<schema::InvestigationState>>
lockCase(Connection &connection, schema::InvestigationId id);
[[nodiscard]] Status insertCase(Connection &connection, schema::InvestigationId id,
                                Instant createdAt, Instant now);
[[nodiscard]] Status touchCase(Connection &connection, schema::InvestigationId id, Instant now);

} // namespace chrona::storage
