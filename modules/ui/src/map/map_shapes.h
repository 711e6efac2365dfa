// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "line_mask.h"
#include "map_style.h"
#include "chrona/base/time.h"
#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"
#include "chrona/ui/map/map_camera.h"
#include "chrona/workspace/event_shapes.h"
#include "chrona/workspace/map_layers.h"

#include <QImage>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace chrona::ui {

/// A ring or line put into a map that holds nothing else of its own; at least two points.
std::uint32_t addArc(geo::BaseMap &map, std::span<const geo::MapPoint> points);
/// Closed: first and last are equal. Adds to the area that was begun last.
void addRing(geo::BaseMap &map, geo::Area &area, std::span<const geo::MapPoint> points);
/// An area whose rings follow.
[[nodiscard]] geo::Area beginArea(const geo::BaseMap &map);

/// Where an event lies in full, on the Mercator square: areas, or lines as of a storm's track.
/// Immutable.
struct MapShape {
    std::int64_t event = 0;
    Instant begins;
    std::optional<Instant> ends;
    geo::BaseMap map; ///< its arcs and rings, nothing else
    std::vector<geo::Area> areas;
    std::vector<geo::MapLine> lines; ///< outlines of its areas as well
    geo::MapBox box{1, 1, 0, 0};

    /// nullptr for what is only points.
    [[nodiscard]] static std::shared_ptr<const MapShape>
    from(const workspace::EventShapes::Shape &shape);
    [[nodiscard]] bool contains(geo::MercatorPoint at) const;
};

struct ShownShape {
    std::shared_ptr<const MapShape> shape;
    workspace::MapTheme theme = workspace::MapTheme::Weather;
    std::uint8_t severity = 0;
    bool isSelected = false;
};
using ShapeList = std::vector<ShownShape>;

/// Of those that hold the place, the smallest.
[[nodiscard]] const ShownShape *shapeAt(const ShapeList &shapes, geo::MercatorPoint at);

/// Areas as a tint with an outline, lines as lines; a layer at a time. One thread.
class ShapePainter {
public:
    void paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
               const ShapeList &shapes, const workspace::MapLayer &layer);
    /// Of those that are selected, in the focus colour.
    void paintSelected(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                       const ShapeList &shapes);

private:
    LineMask m_lines;
};

} // namespace chrona::ui
