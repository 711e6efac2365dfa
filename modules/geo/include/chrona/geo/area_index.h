// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chrona::geo {

/// Finds the area around a point: "which country is this earthquake in". Built once, asked from any
/// thread.
class AreaIndex {
public:
    struct Match {
        std::uint32_t area = 0; ///< position in the layer, or among the areas given
        double distanceKm = 0;  ///< 0: inside
    };
    struct NamedArea {
        std::string code;
        schema::MultiPolygon polygons;
    };

    [[nodiscard]] static AreaIndex build(const BaseMap &map, AreaLayer layer);
    /// For boundaries that users bring.
    [[nodiscard]] static AreaIndex build(std::span<const NamedArea> areas);

    /// The area that holds the point; else the nearest one within nearestKmMax, because harbours
    /// and quakes off a coast lie outside outlines that are drawn for a map.
    [[nodiscard]] std::optional<Match> find(schema::GeoPoint point, double nearestKmMax = 25) const;
    [[nodiscard]] const std::string &codeOf(std::uint32_t area) const { return m_codes[area]; }
    [[nodiscard]] std::size_t areaCount() const { return m_codes.size(); }

private:
    struct Segment {
        MapPoint from, to;
        std::uint32_t area;
    };
    void addRing(std::span<const MapPoint> outline, std::uint32_t area);
    void finish();
    [[nodiscard]] std::optional<std::uint32_t> around(MapPoint point) const;
    [[nodiscard]] std::optional<Match> nearest(MapPoint point, double kmMax) const;

    std::vector<std::string> m_codes;
    std::vector<Segment> m_segments;
    std::vector<std::uint32_t> m_rowStarts, m_rowSegments;   ///< segments by band of y
    std::vector<std::uint32_t> m_cellStarts, m_cellSegments; ///< segments by cell of a grid
};

} // namespace chrona::geo
