// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/base_map.h"
#include "chrona/ui/map/map_camera.h"
#include "line_mask.h"

#include <QPainterPath>
#include <QPolygonF>

namespace chrona::ui {

/// Brings boundaries to the screen: leaves out what is smaller than half a pixel, folds together
/// what runs beside the view, and repeats the world as often as the view shows it.
class ShapeTracer {
public:
    /// scale: device pixels for each pixel of the camera. width and height in device pixels.
    ShapeTracer(const MapCamera &camera, double scale, int width, int height);
    /// For points that are told from there: floats of a small part of the world are exact in
    /// streets, where those of the whole are off by metres.
    [[nodiscard]] ShapeTracer from(geo::MercatorPoint origin) const;

    void addArea(const geo::BaseMap &map, const geo::Area &area, QPainterPath &path);
    void addLine(const geo::BaseMap &map, const geo::MapLine &line, double width, LineMask &mask);
    [[nodiscard]] bool isVisible(const geo::MapBox &box) const;
    [[nodiscard]] QPointF place(geo::MapPoint point, int copy) const
    {
        return {(double(point.x) + copy - m_left) * m_world, (double(point.y) - m_top) * m_world};
    }
    [[nodiscard]] int firstCopy() const { return m_firstCopy; }
    [[nodiscard]] int lastCopy() const { return m_lastCopy; }
    [[nodiscard]] double worldPixels() const { return m_world; }

private:
    [[nodiscard]] bool isVisible(const geo::MapBox &box, int copy) const;
    void addRing(const geo::BaseMap &map, const geo::AreaRing &ring, int copy, QPainterPath &path);
    void addPoint(QPointF point);
    [[nodiscard]] unsigned sideOf(QPointF point) const;
    void clipPolygon();

    double m_world, m_left, m_top;
    double m_width, m_height;
    int m_firstCopy, m_lastCopy;
    QPolygonF m_polygon, m_clipped;
    unsigned m_lastSide = 0, m_pendingSide = 0;
    QPointF m_pending;
    bool m_hasPending = false;
};

} // namespace chrona::ui
