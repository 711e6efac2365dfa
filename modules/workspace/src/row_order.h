// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_ids.h"
#include "chrona/workspace/event_store.h"

#include <cstdint>
#include <vector>

namespace chrona::workspace {

enum class OrderBy : std::uint8_t { Time, Type, Title, Region, Source, Severity, Confidence };
enum class Direction : std::uint8_t { Ascending, Descending };

/// `rows` (ascending, so by time) arranged by a column; equal ones newest first. Linear in the
/// number of rows: keys are small numbers. Regions and sources go by name, titles by their rank in
/// `titles` (those without one come last); without that table by time. Any thread, pure.
[[nodiscard]] std::vector<std::uint32_t> arrangedRows(const EventSnapshot &snapshot,
                                                      const std::vector<std::uint32_t> &rows,
                                                      OrderBy by, Direction direction,
                                                      const EventIdTable *titles = nullptr);

} // namespace chrona::workspace
