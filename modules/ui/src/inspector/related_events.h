// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event_columns.h"

#include <cstdint>
#include <vector>

namespace chrona::ui {

/// Rows of events in the same region nearest in time to a row, nearest first, at most countMax.
/// Looks at no more than a few thousand neighbours on each side, so that it takes no time on any
/// data.
[[nodiscard]] std::vector<std::uint32_t> relatedRows(const schema::EventColumns &columns,
                                                     std::uint32_t row, std::size_t countMax);

} // namespace chrona::ui
