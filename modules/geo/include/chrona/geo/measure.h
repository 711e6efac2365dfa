// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"

#include <span>

namespace chrona::geo {

/// Shortest way over the ellipsoid WGS 84, to a millimetre (Vincenty's inverse); of places nearly
/// opposite each other on the globe, where it does not converge, the way over a sphere.
[[nodiscard]] double geodesicKm(schema::GeoPoint from, schema::GeoPoint to);
/// Of all legs.
[[nodiscard]] double lengthKm(std::span<const schema::GeoPoint> line);
/// Enclosed by the ring, which may be closed or not, whichever way round. Sides are great circles
/// on the sphere of the ellipsoid's area: within 0.1 % for sides below a thousand kilometres. A
/// ring around a pole encloses what lies on the pole's side of it.
[[nodiscard]] double areaKm2(std::span<const schema::GeoPoint> ring);

} // namespace chrona::geo
