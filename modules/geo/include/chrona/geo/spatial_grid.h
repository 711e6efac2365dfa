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

/// Rows by grid cell, for picking and box selection. Holds its points by shared ownership; any
/// thread.
class SpatialGrid {
public:
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

private:
    template <class Visit>
    void visitCells(double left, double top, double right, double bottom, Visit visit) const;

    std::shared_ptr<const PointColumns> m_points;
    std::vector<std::uint32_t> m_starts; ///< by cell, one more than there are cells
    std::vector<std::uint32_t> m_rows;
};

} // namespace chrona::geo
