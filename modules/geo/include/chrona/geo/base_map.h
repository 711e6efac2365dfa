// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::geo {

/// Mercator coordinates as the shipped boundaries need them: a float tells 2.4 m apart.
struct MapPoint {
    float x = 0, y = 0;
};

struct MapBox {
    float left = 0, top = 0, right = 0, bottom = 0;
    [[nodiscard]] bool contains(MapPoint p) const
    {
        return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom;
    }
    [[nodiscard]] bool touches(const MapBox &o) const
    {
        return left <= o.right && o.left <= right && top <= o.bottom && o.top <= bottom;
    }
};

enum class AreaLayer : std::uint8_t { Land, Lakes, Countries, States, Counties };
inline constexpr std::size_t kAreaLayerCount = 5;
enum class LineClass : std::uint8_t { Coast, CountryBorder, StateBorder, CountyBorder, River };
inline constexpr std::size_t kLineClassCount = 5;

/// A stretch of border, stored once however many areas share it.
struct Arc {
    std::uint32_t firstPoint = 0, pointCount = 0; ///< at least two points
    MapBox box;
};

/// Consecutive arcRefs: arc i forwards as i, backwards as ~i. The last point of one arc is the
/// first of the next.
struct AreaRing {
    std::uint32_t firstRef = 0, refCount = 0;
    MapBox box;
};

/// One country, state or lake; even-odd over its rings.
struct Area {
    std::string code; ///< "DE", "US-TX", FIPS "48201"; empty where nobody agreed on one
    std::string name; ///< English, short enough for a map
    MapPoint label;   ///< where a name is best written
    MapBox box;
    std::uint32_t firstRing = 0, ringCount = 0;
};

struct MapLine {
    std::uint32_t arc = 0;
    std::uint8_t rank = 0; ///< 0: draw first, higher: only on closer looks
};

/// Boundaries of one level of detail, as shared arcs. Immutable once read; any thread.
struct BaseMap {
    std::vector<MapPoint> points;
    std::vector<Arc> arcs;
    std::vector<std::int32_t> arcRefs;
    std::vector<AreaRing> rings;
    std::array<std::vector<Area>, kAreaLayerCount> layers;
    std::array<std::vector<MapLine>, kLineClassCount> lines;

    [[nodiscard]] const std::vector<Area> &areas(AreaLayer layer) const
    {
        return layers[static_cast<std::size_t>(layer)];
    }
    [[nodiscard]] const std::vector<MapLine> &linesOf(LineClass lineClass) const
    {
        return lines[static_cast<std::size_t>(lineClass)];
    }
    [[nodiscard]] std::span<const MapPoint> pointsOf(const Arc &arc) const
    {
        return std::span(points).subspan(arc.firstPoint, arc.pointCount);
    }
    /// The closed outline of one ring, its arcs put together; the first point is not repeated.
    void outline(const AreaRing &ring, std::vector<MapPoint> &into) const;
};

/// Reads what resources/geo/recipe.py writes. Every count and index is checked before it is used;
/// Corrupt with the reason otherwise.
[[nodiscard]] Result<BaseMap> readBaseMap(std::span<const std::byte> bytes);

} // namespace chrona::geo
