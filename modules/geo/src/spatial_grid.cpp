// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/spatial_grid.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chrona::geo {

namespace {

constexpr int kGridSide = SpatialGrid::kSide;

int cellOf(double coordinate)
{
    return std::clamp(static_cast<int>(coordinate * kGridSide), 0, kGridSide - 1);
}

} // namespace

PointColumns projectColumns(std::span<const float> longitudes, std::span<const float> latitudes,
                            std::span<const std::uint8_t> hasPlace)
{
    assert(longitudes.size() == latitudes.size() && longitudes.size() == hasPlace.size());
    PointColumns points;
    points.x.resize(longitudes.size());
    points.y.resize(longitudes.size());
    for (std::size_t i = 0; i < longitudes.size(); ++i) {
        const bool isPlace = hasPlace[i] != 0 && std::abs(longitudes[i]) <= 180 &&
                             std::abs(latitudes[i]) <= 90; // false for NaN
        const MercatorPoint at = project({longitudes[i], latitudes[i]});
        points.x[i] = isPlace ? static_cast<float>(at.x) : NAN;
        points.y[i] = isPlace ? static_cast<float>(at.y) : NAN;
    }
    return points;
}

SpatialGrid SpatialGrid::build(std::shared_ptr<const PointColumns> points,
                               std::span<const std::uint32_t> rows)
{
    auto cells = std::make_shared<Cells>();
    std::vector<std::uint32_t> &starts = cells->starts;
    starts.assign(std::size_t(kGridSide) * kGridSide + 1, 0);
    const PointColumns &at = *points;
    const auto cell = [&at](std::uint32_t row) {
        return std::size_t(cellOf(at.y[row])) * kGridSide + cellOf(at.x[row]);
    };
    const auto isPlaced = [&at](std::uint32_t row) {
        return row < at.size() && !std::isnan(at.x[row]);
    };
    std::size_t placed = 0;
    for (const std::uint32_t row : rows)
        if (isPlaced(row)) {
            ++starts[cell(row) + 1];
            ++placed;
        }
    for (std::size_t i = 1; i < starts.size(); ++i)
        starts[i] += starts[i - 1];
    cells->rows.resize(placed);
    // Fill from the start of each cell; starts then holds each cell's end and is moved back by one.
    for (const std::uint32_t row : rows)
        if (isPlaced(row))
            cells->rows[starts[cell(row)]++] = row;
    for (std::size_t i = starts.size() - 1; i > 0; --i)
        starts[i] = starts[i - 1];
    starts[0] = 0;
    SpatialGrid grid;
    grid.m_points = std::move(points);
    grid.m_cells = std::move(cells);
    return grid;
}

SpatialGrid SpatialGrid::only(ChosenBits chosen) const
{
    SpatialGrid grid = *this;
    grid.m_chosen = std::move(chosen);
    return grid;
}

template <class Visit>
void SpatialGrid::visitCells(double left, double top, double right, double bottom,
                             Visit visit) const
{
    if (!m_cells || m_cells->rows.empty())
        return;
    // Each copy of the world that the box reaches into, moved back to the one that rows are kept
    // in.
    const int copies = static_cast<int>(std::min(3.0, std::floor(right) - std::floor(left))) + 1;
    for (int i = 0; i < copies; ++i) {
        const double copy = std::floor(left) + i;
        const double from = std::max(0.0, left - copy), to = std::min(1.0, right - copy);
        for (int row = cellOf(top); row <= cellOf(bottom); ++row) {
            const std::size_t first = std::size_t(row) * kGridSide + cellOf(from);
            const std::size_t last = std::size_t(row) * kGridSide + cellOf(to);
            for (std::uint32_t k = m_cells->starts[first]; k < m_cells->starts[last + 1]; ++k)
                if (!m_chosen || ((*m_chosen)[k / 64] >> (k % 64) & 1) != 0)
                    visit(m_cells->rows[k], copy);
        }
    }
}

std::optional<std::uint32_t> SpatialGrid::nearest(MercatorPoint at, double radius) const
{
    std::optional<std::uint32_t> best;
    double bestSquare = radius * radius;
    visitCells(at.x - radius, at.y - radius, at.x + radius, at.y + radius,
               [&](std::uint32_t row, double copy) {
                   const double dx = m_points->x[row] + copy - at.x;
                   const double dy = m_points->y[row] - at.y;
                   const double square = dx * dx + dy * dy;
                   if (square < bestSquare || (square == bestSquare && (!best || row > *best))) {
                       best = row;
                       bestSquare = square;
                   }
               });
    return best;
}

std::vector<std::uint32_t> SpatialGrid::within(double left, double top, double right,
                                               double bottom) const
{
    std::vector<std::uint32_t> found;
    if (!(left <= right && top <= bottom))
        return found;
    right = std::min(right, left + 1); // the whole world once
    visitCells(left, top, right, bottom, [&](std::uint32_t row, double copy) {
        const double x = m_points->x[row] + copy, y = m_points->y[row];
        if (x >= left && x <= right && y >= top && y <= bottom)
            found.push_back(row);
    });
    std::ranges::sort(found);
    const auto doubled = std::ranges::unique(found);
    found.erase(doubled.begin(), doubled.end());
    return found;
}

} // namespace chrona::geo
