// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/spatial_grid.h"
#include "chrona/schema/event_columns.h"
#include "chrona/workspace/map_layers.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chrona::ui {

/// What the layers of the map and the tables beside the columns say of rows.
struct EventLayers {
    std::uint32_t hidden = 0;   ///< bit 1 << MapTheme
    std::uint32_t surfaces = 0; ///< not drawn as points
    std::vector<bool> imported; ///< by EventColumns::source
    /// ISO 3166-1 by EventColumns::region.
    std::shared_ptr<const std::vector<std::string>> countries;
};

/// An event as it is drawn: twelve bytes, which go to a graphics processor as they are.
struct EventDot {
    float x = 0, y = 0; ///< on the Mercator square
    std::uint8_t theme = 0, size = 0, unused[2] = {};
};
static_assert(sizeof(EventDot) == 12);
/// 0 to 3, the severe ones larger.
[[nodiscard]] std::uint8_t dotSizeOf(std::uint8_t severity);

/// Dots in the order of a grid: neighbours on the map are neighbours in memory.
struct DotList {
    std::vector<EventDot> dots;
    /// Where the dots of a row of cells begin; behind the last row: the end.
    std::array<std::uint32_t, geo::SpatialGrid::kSide + 1> starts{};
};

/// The events to draw, with their places on the Mercator square. Immutable; the view keeps the one
/// that it shows for picking while the next is made.
struct EventPoints {
    std::shared_ptr<const void> owner; ///< keeps columns alive
    const schema::EventColumns *columns = nullptr;
    std::shared_ptr<const geo::PointColumns> places; ///< of all rows of columns
    std::shared_ptr<const std::vector<std::uint8_t>> themes; ///< MapTheme of all rows of columns
    std::shared_ptr<const std::vector<std::string>> countries;
    std::vector<std::uint32_t> rows; ///< that are shown, ascending
    /// Those of them that surfaces are made of, by theme.
    std::array<std::vector<std::uint32_t>, workspace::kMapThemeCount> surfaceRows;
    geo::SpatialGrid grid; ///< over rows
    DotList dots;          ///< of those that are drawn as points and have a place
    /// Over all rows of columns, and each as a dot in the same order.
    std::shared_ptr<const geo::SpatialGrid> allGrid;
    std::shared_ptr<const std::vector<EventDot>> allDots;

    /// Columns that previous holds as well (the usual case: only a filter moved) keep their places.
    [[nodiscard]] static std::shared_ptr<const EventPoints>
    from(std::shared_ptr<const void> owner, const schema::EventColumns &columns,
         std::span<const std::uint32_t> rows, const EventPoints *previous,
         const EventLayers &layers = {});

    /// Those that are drawn as points.
    [[nodiscard]] std::span<const std::uint32_t> points() const
    {
        return m_areAllPoints ? std::span(rows) : std::span(m_points);
    }

private:
    void divide(std::span<const std::uint32_t> given, const EventLayers &layers);
    void placeAll();
    void place(std::uint32_t surfaces);

    bool m_areAllPoints = true;
    std::vector<std::uint32_t> m_points;
};

} // namespace chrona::ui
