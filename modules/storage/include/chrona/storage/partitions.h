// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <string>
#include <vector>

/// Tables that grow with time are cut into ranges of it, made ahead of need, so that old data goes
/// by dropping a table. chrona_ops.partition_rule says for each how wide a range is and how far
/// ahead.
namespace chrona::storage {

/// Makes what is missing from now to as far ahead as each table's rule says.
/// Call at start and once an hour.
[[nodiscard]] Status ensurePartitions(Connection &connection);

struct PartitionRange {
    Instant from, to;
};
/// Makes what is missing of one table for rows between the two moments; for imports of old data.
/// Ranges outside the rule's bounds are left to the table's partitions for "before" and "default".
[[nodiscard]] Status ensurePartitions(Connection &connection, const std::string &table,
                                      PartitionRange range);

/// Drops every range of a table that ends before the moment; the number dropped. Only for tables
/// whose rule allows it: canonical events, observations and bars are never lost this way.
[[nodiscard]] Result<int> dropExpired(Connection &connection, const std::string &table,
                                      Instant before);

/// Drops those of these ranges that hold no rows. The same tables.
[[nodiscard]] Result<int> dropEmpty(Connection &connection, const std::string &table,
                                    Instant before);

/// After many rows at once: marks them as seen by everyone and counts them for the planner, which
/// the first reader would otherwise pay for, page by page. Outside of transactions.
[[nodiscard]] Status settleTables(Connection &connection);

struct DefaultPartitionRows {
    std::string table;
    std::int64_t rows;
};
/// Tables with rows that no range would take: an alarm for the health page. Empty is well.
[[nodiscard]] Result<std::vector<DefaultPartitionRows>>
rowsInDefaultPartitions(Connection &connection);

} // namespace chrona::storage
