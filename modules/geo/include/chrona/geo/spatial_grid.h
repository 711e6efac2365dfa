// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace chrona::geo {

/// Points as columns on the Mercator square, with x from 0 to 1. Rows without a place hold NaN.
struct PointColumns {
    std::vector<float> x, y;
    [[nodiscard]] std::size_t size() const { return x.size(); }
};

/// Projects longitudes and latitudes; rows whose flag is 0 get NaN, as do values that are no place.
[[nodiscard]] PointColumns projectColumns(std::span<const float> longitudes,
                                          std::span<const float> latitudes,
                                          std::span<const std::uint8_t> hasPlace);

/// A bit for each of many places; shared, as many hold the same.
using ChosenBits = std::shared_ptr<const std::vector<std::uint64_t>>;

/// Visits the places in [begin, end) whose bit is set, in order.
template <class Visit>
void visitChosen(std::span<const std::uint64_t> bits, std::size_t begin, std::size_t end,
                 Visit visit)
{
    for (std::size_t word = begin / 64; word * 64 < end; ++word) {
        std::uint64_t left = bits[word];
        if (word * 64 < begin)
            left &= ~std::uint64_t{0} << (begin % 64);
        if (end - word * 64 < 64)
            left &= ~(~std::uint64_t{0} << (end % 64));
        if (left == ~std::uint64_t{0}) { // all of them, as where nothing is filtered
            for (std::size_t place = word * 64; place < word * 64 + 64; ++place)
                visit(place);
            continue;
        }
        for (; left != 0; left &= left - 1)
            visit(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }
}

/// Rows by grid cell, for picking, box selection, and drawing in an order that memory likes. Holds
/// its points by shared ownership; any thread.
class SpatialGrid {
public:
    static constexpr int kSide = 512; ///< cells across and down

    SpatialGrid() = default;
    /// Rows out of range or without a place are left out.
    [[nodiscard]] static SpatialGrid build(std::shared_ptr<const PointColumns> points,
                                           std::span<const std::uint32_t> rows);

    /// The nearest row within radius (in Mercator units); of equally near ones the latest row.
    [[nodiscard]] std::optional<std::uint32_t> nearest(MercatorPoint at, double radius) const;
    /// Every row in the box; left may be below 0 or right above 1, across the anti-meridian.
    [[nodiscard]] std::vector<std::uint32_t> within(double left, double top, double right,
                                                    double bottom) const;
    /// All rows that it was built of: a row of cells after another from the top, in each cell
    /// ascending.
    [[nodiscard]] std::span<const std::uint32_t> ordered() const
    {
        return m_cells ? std::span(m_cells->rows) : std::span<const std::uint32_t>();
    }
    /// Where a row of cells begins in ordered(); that of kSide is the end.
    [[nodiscard]] std::size_t startOf(int cellRow) const
    {
        return m_cells ? m_cells->starts[std::size_t(cellRow) * kSide] : 0;
    }
    /// Finds only rows whose place in ordered() has its bit set. Shares everything else.
    [[nodiscard]] SpatialGrid only(ChosenBits chosen) const;

private:
    template <class Visit>
    void visitCells(double left, double top, double right, double bottom, Visit visit) const;

    struct Cells {
        std::vector<std::uint32_t> starts; ///< by cell, one more than there are cells
        std::vector<std::uint32_t> rows;
    };
    std::shared_ptr<const PointColumns> m_points;
    std::shared_ptr<const Cells> m_cells;
    ChosenBits m_chosen; ///< nullptr: all
};

} // namespace chrona::geo
