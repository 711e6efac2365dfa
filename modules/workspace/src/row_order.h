// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_store.h"

#include <cstdint>
#include <vector>

namespace chrona::workspace {

enum class OrderBy : std::uint8_t { Time, Type, Region, Source, Severity, Confidence };
enum class Direction : std::uint8_t { Ascending, Descending };

/// `rows` (ascending, so by time) arranged by a column; equal ones newest first. Linear in the
/// number of rows: every key but time has few values. Regions and sources go by name. Any thread,
/// pure.
[[nodiscard]] std::vector<std::uint32_t> arrangedRows(const EventSnapshot &snapshot,
                                                      const std::vector<std::uint32_t> &rows,
                                                      OrderBy by, Direction direction);

} // namespace chrona::workspace
