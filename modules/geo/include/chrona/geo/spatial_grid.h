// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"

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
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }

    /// All rows: a row of cells after another from the top, in each cell ascending.
    [[nodiscard]] std::span<const std::uint32_t> ordered() const { return m_rows; }
    /// Where a row of cells begins in ordered(); that of kSide is the end.
    [[nodiscard]] std::size_t startOf(int cellRow) const
    {
        return m_starts.empty() ? 0 : m_starts[std::size_t(cellRow) * kSide];
    }
    /// Those rows whose bit is set, in the same order, and `kept(place in ordered())` for each of
    /// them: a scan where build() would sort. Rows beyond the bits are left out.
    template <class Kept>
    [[nodiscard]] SpatialGrid only(std::span<const std::uint64_t> bits, Kept kept) const
    {
        SpatialGrid grid;
        grid.m_points = m_points;
        grid.m_starts.resize(m_starts.size());
        grid.m_rows.reserve(m_rows.size());
        for (std::size_t cell = 0; cell + 1 < m_starts.size(); ++cell) {
            grid.m_starts[cell] = static_cast<std::uint32_t>(grid.m_rows.size());
            for (std::uint32_t at = m_starts[cell]; at < m_starts[cell + 1]; ++at) {
                const std::uint32_t row = m_rows[at];
                if (row / 64 >= bits.size() || (bits[row / 64] >> (row % 64) & 1) == 0)
                    continue;
                grid.m_rows.push_back(row);
                kept(at);
            }
        }
        if (!grid.m_starts.empty())
            grid.m_starts.back() = static_cast<std::uint32_t>(grid.m_rows.size());
        return grid;
    }

private:
    template <class Visit>
    void visitCells(double left, double top, double right, double bottom, Visit visit) const;

    std::shared_ptr<const PointColumns> m_points;
    std::vector<std::uint32_t> m_starts; ///< by cell, one more than there are cells
    std::vector<std::uint32_t> m_rows;
};

} // namespace chrona::geo
