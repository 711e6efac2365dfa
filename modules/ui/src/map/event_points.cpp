// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_points.h"

namespace chrona::ui {

std::shared_ptr<const EventPoints> EventPoints::from(std::shared_ptr<const void> owner,
                                                     const schema::EventColumns &columns,
                                                     std::span<const std::uint32_t> rows,
                                                     const EventPoints *previous)
{
    auto points = std::make_shared<EventPoints>();
    points->owner = std::move(owner);
    points->columns = &columns;
    if (previous && previous->owner == points->owner) {
        points->places = previous->places;
    } else {
        std::vector<std::uint8_t> hasPlace(columns.size());
        for (std::size_t i = 0; i < hasPlace.size(); ++i)
            hasPlace[i] = columns.flags[i] & schema::EventColumns::kHasPlace;
        points->places = std::make_shared<geo::PointColumns>(
            geo::projectColumns(columns.longitude, columns.latitude, hasPlace));
    }
    points->rows.assign(rows.begin(), rows.end());
    points->grid = geo::SpatialGrid::build(points->places, points->rows);
    return points;
}

} // namespace chrona::ui
