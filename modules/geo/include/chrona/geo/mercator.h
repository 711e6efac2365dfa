// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"

namespace chrona::geo {

/// Where the Web Mercator square ends, in degrees north and south.
inline constexpr double kLatitudeMax = 85.051128779806604;
/// Side of the whole world in pixels at zoom 0, as all tiled maps count it.
inline constexpr double kTilePixels = 256.0;

/// A place on the Web Mercator square: x east from the anti-meridian, y south from the northern
/// edge, both 0 to 1 for one copy of the world.
struct MercatorPoint {
    double x = 0, y = 0;
    friend bool operator==(const MercatorPoint &, const MercatorPoint &) = default;
};

/// Latitudes beyond the square are put on its edge.
[[nodiscard]] MercatorPoint project(schema::GeoPoint point);
/// Longitude comes back within -180 to 180, whatever copy of the world x is on.
[[nodiscard]] schema::GeoPoint unproject(MercatorPoint point);

/// Pixels of the whole world's side.
[[nodiscard]] double worldPixels(double zoom);
[[nodiscard]] double metresPerPixel(double latitude, double zoom);

/// Great-circle distance on a sphere of mean radius; within 0.6 % of the ellipsoid.
[[nodiscard]] double distanceKm(schema::GeoPoint from, schema::GeoPoint to);

} // namespace chrona::geo
