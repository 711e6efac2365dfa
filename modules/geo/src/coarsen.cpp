// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/coarsen.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chrona::geo {
namespace {

constexpr std::size_t kRingLeast = 4; ///< a triangle, closed

/// False where nothing is left that has an area.
bool putOnGrid(schema::Ring &ring, double step)
{
    for (schema::GeoPoint &point : ring) {
        // What lies at the globe's edge must not leave it.
        point.longitude = std::clamp(std::round(point.longitude / step) * step, -180.0, 180.0);
        point.latitude = std::clamp(std::round(point.latitude / step) * step, -90.0, 90.0);
    }
    const auto twice = std::ranges::unique(ring);
    ring.erase(twice.begin(), twice.end());
    return ring.size() >= kRingLeast;
}

std::size_t pointsOf(const schema::Polygon &polygon)
{
    return polygon.empty() ? 0 : polygon.front().size();
}

} // namespace

schema::MultiPolygon coarsened(schema::MultiPolygon areas, double step)
{
    if (!(step > 0))
        return areas;
    const auto largest = std::ranges::max_element(areas, {}, pointsOf);
    schema::MultiPolygon kept;
    for (schema::Polygon &polygon : areas) {
        if (polygon.empty())
            continue;
        schema::Ring whole = &polygon == &*largest ? polygon.front() : schema::Ring();
        if (!putOnGrid(polygon.front(), step)) {
            if (whole.empty())
                continue;
            // An island smaller than the grid is still the area that a value belongs to.
            kept.push_back({std::move(whole)});
            continue;
        }
        schema::Polygon coarse{std::move(polygon.front())};
        for (std::size_t hole = 1; hole < polygon.size(); ++hole)
            if (putOnGrid(polygon[hole], step))
                coarse.push_back(std::move(polygon[hole]));
        kept.push_back(std::move(coarse));
    }
    return kept;
}

} // namespace chrona::geo
