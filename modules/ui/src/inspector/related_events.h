// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event_columns.h"
#include "chrona/workspace/session.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace chrona::ui {

/// Rows of events in the same region nearest in time to a row, nearest first, at most countMax.
/// Looks at no more than a few thousand neighbours on each side, so that it takes no time on any
/// data.
[[nodiscard]] std::vector<std::uint32_t> relatedRows(const schema::EventColumns &columns,
                                                     std::uint32_t row, std::size_t countMax);

/// Around an event that is not loaded the database is asked: for so many on each side of it in
/// time, this long at most, where it was; without a place, of its region and type.
inline constexpr std::chrono::days kNearWithin{30};
[[nodiscard]] ipc::EventRowsQuery nearbyQuery(const schema::Event &event, ipc::RowOrder order,
                                              std::optional<Instant> asOf, std::size_t countMax);
/// Rows of what came on both sides, nearest in time first, without the event itself.
[[nodiscard]] std::vector<std::uint32_t> nearestRows(const schema::EventColumns &columns,
                                                     const schema::Event &event,
                                                     std::size_t countMax);

} // namespace chrona::ui
