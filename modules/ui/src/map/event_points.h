// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/spatial_grid.h"
#include "chrona/schema/event_columns.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace chrona::ui {

/// The events to draw, with their places on the Mercator square. Immutable; the view keeps the one
/// that it shows for picking while the next is made.
struct EventPoints {
    std::shared_ptr<const void> owner; ///< keeps columns alive
    const schema::EventColumns *columns = nullptr;
    std::shared_ptr<const geo::PointColumns> places; ///< of all rows of columns
    std::vector<std::uint32_t> rows;                 ///< that are shown, ascending
    geo::SpatialGrid grid;                           ///< over rows

    /// Columns that previous holds as well (the usual case: only a filter moved) keep their places.
    [[nodiscard]] static std::shared_ptr<const EventPoints>
    from(std::shared_ptr<const void> owner, const schema::EventColumns &columns,
         std::span<const std::uint32_t> rows, const EventPoints *previous);
};

} // namespace chrona::ui
