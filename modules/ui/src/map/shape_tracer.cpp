// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shape_tracer.h"

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr double kExactMargin = 8;     ///< pixels beyond the view in which lines stay exact
constexpr double kDetailPixels = 0.55; ///< what is smaller is not seen

enum Side : unsigned { kLeft = 1, kRight = 2, kAbove = 4, kBelow = 8 };

} // namespace

ShapeTracer::ShapeTracer(const MapCamera &camera, double scale, int width, int height)
    : m_world(camera.worldPixels() * scale), m_left(camera.centre.x - width / 2.0 / m_world),
      m_top(camera.centre.y - height / 2.0 / m_world), m_width(width), m_height(height),
      m_firstCopy(int(std::floor(m_left))), m_lastCopy(int(std::floor(m_left + width / m_world)))
{
}

ShapeTracer ShapeTracer::from(geo::MercatorPoint origin) const
{
    ShapeTracer moved = *this;
    moved.m_left -= origin.x;
    moved.m_top -= origin.y;
    return moved;
}

bool ShapeTracer::isVisible(const geo::MapBox &box, int copy) const
{
    const QPointF topLeft = place({box.left, box.top}, copy);
    const QPointF bottomRight = place({box.right, box.bottom}, copy);
    return bottomRight.x() >= -kExactMargin && topLeft.x() <= m_width + kExactMargin &&
           bottomRight.y() >= -kExactMargin && topLeft.y() <= m_height + kExactMargin;
}

bool ShapeTracer::isVisible(const geo::MapBox &box) const
{
    for (int copy = m_firstCopy; copy <= m_lastCopy; ++copy)
        if (isVisible(box, copy))
            return true;
    return false;
}

void ShapeTracer::addArea(const geo::BaseMap &map, const geo::Area &area, QPainterPath &path)
{
    for (int copy = m_firstCopy; copy <= m_lastCopy; ++copy) {
        if (!isVisible(area.box, copy))
            continue;
        for (std::uint32_t i = 0; i < area.ringCount; ++i)
            addRing(map, map.rings[area.firstRing + i], copy, path);
    }
}

void ShapeTracer::addRing(const geo::BaseMap &map, const geo::AreaRing &ring, int copy,
                          QPainterPath &path)
{
    const double extent = std::max(ring.box.right - ring.box.left, ring.box.bottom - ring.box.top);
    if (extent * m_world < kDetailPixels || !isVisible(ring.box, copy))
        return;
    m_polygon.clear();
    m_hasPending = false;
    for (std::uint32_t i = 0; i < ring.refCount; ++i) {
        const std::int32_t ref = map.arcRefs[ring.firstRef + i];
        const geo::Arc &arc = map.arcs[ref >= 0 ? ref : ~ref];
        const auto points = map.pointsOf(arc);
        const double arcExtent =
            std::max(arc.box.right - arc.box.left, arc.box.bottom - arc.box.top);
        if (arcExtent * m_world < kDetailPixels || !isVisible(arc.box, copy)) {
            // All of it on one side of the view or below a pixel: its ends tell enough. A hidden
            // arc may still bend around a corner, so its box's far corner cannot be left out unless
            // the arc lies wholly beyond one side, which is what isVisible said.
            addPoint(place(ref >= 0 ? points.front() : points.back(), copy));
            continue;
        }
        for (std::size_t k = 0; k + 1 < points.size(); ++k)
            addPoint(place(ref >= 0 ? points[k] : points[points.size() - 1 - k], copy));
    }
    if (m_hasPending)
        m_polygon.append(m_pending);
    clipPolygon();
    if (m_polygon.size() < 3)
        return;
    path.addPolygon(m_polygon);
    path.closeSubpath();
}

unsigned ShapeTracer::sideOf(QPointF point) const
{
    return (point.x() < -kExactMargin            ? kLeft
            : point.x() > m_width + kExactMargin ? kRight
                                                 : 0u) |
           (point.y() < -kExactMargin             ? kAbove
            : point.y() > m_height + kExactMargin ? kBelow
                                                  : 0u);
}

void ShapeTracer::addPoint(QPointF point)
{
    const unsigned side = sideOf(point);
    if (m_hasPending) {
        // Three points beyond one side enclose nothing that is seen: the middle one can go.
        const bool beside = (side & m_pendingSide & m_lastSide) != 0;
        const QPointF step = point - m_pending;
        const bool tiny = !m_polygon.isEmpty() && side == 0 && m_pendingSide == 0 &&
                          std::abs(step.x()) < kDetailPixels && std::abs(step.y()) < kDetailPixels;
        if (tiny)
            return;
        if (!beside || m_polygon.isEmpty()) {
            m_polygon.append(m_pending);
            m_lastSide = m_pendingSide;
        }
    }
    m_pending = point;
    m_pendingSide = side;
    m_hasPending = true;
}

/// Cuts the polygon to the view's surroundings, because the painter counts in 26 bits of a pixel.
void ShapeTracer::clipPolygon()
{
    const double limit = 4 * kExactMargin;
    const auto cut = [this](auto inside, auto crossing) {
        m_clipped.clear();
        for (qsizetype i = 0; i < m_polygon.size(); ++i) {
            const QPointF here = m_polygon[i], next = m_polygon[(i + 1) % m_polygon.size()];
            if (inside(here))
                m_clipped.append(here);
            if (inside(here) != inside(next))
                m_clipped.append(crossing(here, next));
        }
        m_polygon.swap(m_clipped);
    };
    const auto atX = [](double x) {
        return [x](QPointF a, QPointF b) {
            return QPointF(x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x()));
        };
    };
    const auto atY = [](double y) {
        return [y](QPointF a, QPointF b) {
            return QPointF(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()), y);
        };
    };
    const QRectF bounds = m_polygon.boundingRect();
    const double right = m_width + limit, bottom = m_height + limit;
    if (bounds.left() < -limit)
        cut([=](QPointF p) { return p.x() >= -limit; }, atX(-limit));
    if (bounds.right() > right)
        cut([=](QPointF p) { return p.x() <= right; }, atX(right));
    if (bounds.top() < -limit)
        cut([=](QPointF p) { return p.y() >= -limit; }, atY(-limit));
    if (bounds.bottom() > bottom)
        cut([=](QPointF p) { return p.y() <= bottom; }, atY(bottom));
}

void ShapeTracer::addLine(const geo::BaseMap &map, const geo::MapLine &line, double width,
                          LineMask &mask)
{
    const geo::Arc &arc = map.arcs[line.arc];
    for (int copy = m_firstCopy; copy <= m_lastCopy; ++copy) {
        if (!isVisible(arc.box, copy))
            continue;
        const auto points = map.pointsOf(arc);
        QPointF last = place(points.front(), copy);
        for (std::size_t i = 1; i < points.size(); ++i) {
            const QPointF point = place(points[i], copy);
            const QPointF step = point - last;
            if (i + 1 < points.size() && std::abs(step.x()) < kDetailPixels &&
                std::abs(step.y()) < kDetailPixels)
                continue;
            mask.addSegment(last, point, width);
            last = point;
        }
    }
}

} // namespace chrona::ui
