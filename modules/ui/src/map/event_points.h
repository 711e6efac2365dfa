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

/// All placed events of a snapshot as dots, in the order of a grid: neighbours on the map are
/// neighbours in memory. Made once; a filter chooses from them.
struct DotField {
    static constexpr std::uint32_t kNoPlace = ~0U;

    geo::SpatialGrid grid;
    std::vector<EventDot> dots;         ///< by place: as grid.ordered()
    std::vector<std::uint32_t> placeOf; ///< by row; kNoPlace: it has none
};

/// Those that a picture is made of.
struct ChosenDots {
    std::shared_ptr<const DotField> field;
    geo::ChosenBits bits; ///< by place
    /// How many lie above a row of cells; behind the last row: all.
    std::array<std::uint32_t, geo::SpatialGrid::kSide + 1> above{};

    [[nodiscard]] std::size_t size() const { return above.back(); }
    /// visit(dot) for those in rows of cells from `first` up to before `end`.
    template <class Visit> void visit(int first, int end, Visit visit) const
    {
        if (!field)
            return;
        const EventDot *dots = field->dots.data();
        geo::visitChosen(*bits, field->grid.startOf(first), field->grid.startOf(end),
                         [&](std::size_t place) { visit(dots[place]); });
    }
    /// Beside each other, as a graphics processor takes them.
    [[nodiscard]] std::vector<EventDot> gathered() const;
};

/// The events to draw, with their places on the Mercator square. Immutable; the view keeps the one
/// that it shows for picking while the next is made.
struct EventPoints {
    std::shared_ptr<const void> owner; ///< keeps columns alive
    const schema::EventColumns *columns = nullptr;
    std::shared_ptr<const geo::PointColumns> places;         ///< of all rows of columns
    std::shared_ptr<const std::vector<std::uint8_t>> themes; ///< MapTheme of all rows of columns
    std::shared_ptr<const std::vector<std::string>> countries;
    std::vector<std::uint32_t> rows; ///< that are shown, ascending
    /// Those of them that surfaces are made of, by theme.
    std::array<std::vector<std::uint32_t>, workspace::kMapThemeCount> surfaceRows;
    geo::SpatialGrid grid; ///< over rows
    ChosenDots dots;       ///< of those that are drawn as points and have a place

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
    [[nodiscard]] std::shared_ptr<const DotField> placedAll() const;
    [[nodiscard]] geo::ChosenBits bitsOf(std::span<const std::uint32_t> some) const;
    void choose();

    bool m_areAllPoints = true;
    std::vector<std::uint32_t> m_points;
};

} // namespace chrona::ui
