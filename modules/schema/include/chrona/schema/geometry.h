// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/fault.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chrona::schema {

struct GeoPoint {
    double longitude = 0; ///< degrees, -180 to 180
    double latitude = 0;  ///< degrees, -90 to 90
    friend bool operator==(const GeoPoint &, const GeoPoint &) = default;
};

struct GeoBox {
    double west = 0, south = 0, east = 0, north = 0; ///< west > east: across the anti-meridian
    friend bool operator==(const GeoBox &, const GeoBox &) = default;
};

using Ring = std::vector<GeoPoint>; ///< closed: first and last are equal
using Polygon = std::vector<Ring>;  ///< outer ring, then holes
using MultiPolygon = std::vector<Polygon>;

/// Where something is: nowhere, at points, along lines, or in areas.
struct Geometry {
    enum class Kind : std::uint8_t { None, Point, Lines, Areas };
    Kind kind = Kind::None;
    std::vector<GeoPoint> points; ///< Point: one or more
    std::vector<std::vector<GeoPoint>> lines;
    MultiPolygon areas;

    [[nodiscard]] static Geometry at(GeoPoint point) { return {Kind::Point, {point}, {}, {}}; }
    friend bool operator==(const Geometry &, const Geometry &) = default;
};

/// The smallest box around a geometry that has points. Lines do not cross the anti-meridian (RFC
/// 7946 has them cut there); what lies on both sides of it gets a box across it. No points: all
/// zero.
[[nodiscard]] GeoBox boundsOf(const Geometry &geometry);
/// Whether two boxes have a point in common; either may lie across the anti-meridian.
[[nodiscard]] bool doTouch(const GeoBox &one, const GeoBox &other);
/// A point to show for a geometry: itself, the middle of a line, the centroid of the largest area.
[[nodiscard]] GeoPoint anchorOf(const Geometry &geometry);
[[nodiscard]] std::size_t pointCount(const Geometry &geometry);
/// Coordinates in range, rings closed, and nothing but what the kind says.
[[nodiscard]] Faults validate(const Geometry &geometry);

} // namespace chrona::schema
