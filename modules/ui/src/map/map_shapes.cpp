// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_shapes.h"

#include "shape_tracer.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace chrona::ui {

namespace {

void grow(geo::MapBox &box, geo::MapPoint point)
{
    box.left = std::min(box.left, point.x);
    box.top = std::min(box.top, point.y);
    box.right = std::max(box.right, point.x);
    box.bottom = std::max(box.bottom, point.y);
}

void grow(geo::MapBox &box, const geo::MapBox &other)
{
    grow(box, geo::MapPoint{other.left, other.top});
    grow(box, geo::MapPoint{other.right, other.bottom});
}

constexpr geo::MapBox kNowhere{9, 9, -9, -9};

std::vector<geo::MapPoint> projected(const std::vector<schema::GeoPoint> &points)
{
    std::vector<geo::MapPoint> placed;
    placed.reserve(points.size());
    for (const schema::GeoPoint &point : points) {
        const geo::MercatorPoint at = geo::project(point);
        placed.push_back({static_cast<float>(at.x), static_cast<float>(at.y)});
    }
    return placed;
}

} // namespace

std::uint32_t addArc(geo::BaseMap &map, std::span<const geo::MapPoint> points)
{
    geo::Arc arc{static_cast<std::uint32_t>(map.points.size()),
                 static_cast<std::uint32_t>(points.size()), kNowhere};
    for (const geo::MapPoint point : points)
        grow(arc.box, point);
    map.points.insert(map.points.end(), points.begin(), points.end());
    map.arcs.push_back(arc);
    return static_cast<std::uint32_t>(map.arcs.size() - 1);
}

geo::Area beginArea(const geo::BaseMap &map)
{
    geo::Area area;
    area.box = kNowhere;
    area.firstRing = static_cast<std::uint32_t>(map.rings.size());
    return area;
}

void addRing(geo::BaseMap &map, geo::Area &area, std::span<const geo::MapPoint> points)
{
    const std::uint32_t arc = addArc(map, points);
    map.rings.push_back(
        {static_cast<std::uint32_t>(map.arcRefs.size()), 1, map.arcs[arc].box});
    map.arcRefs.push_back(static_cast<std::int32_t>(arc));
    ++area.ringCount;
    grow(area.box, map.arcs[arc].box);
}

std::shared_ptr<const MapShape> MapShape::from(const workspace::EventShapes::Shape &shape)
{
    if (!shape)
        return nullptr;
    auto made = std::make_shared<MapShape>();
    made->event = shape->id.value;
    made->begins = shape->observedAt;
    made->ends = shape->endsAt;
    made->box = kNowhere;
    for (const schema::Polygon &polygon : shape->geometry.areas) {
        geo::Area area = beginArea(made->map);
        for (const schema::Ring &ring : polygon) {
            if (ring.size() < 4)
                continue;
            addRing(made->map, area, projected(ring));
            made->lines.push_back({static_cast<std::uint32_t>(made->map.arcs.size() - 1), 0});
        }
        if (area.ringCount > 0)
            made->areas.push_back(area);
    }
    for (const auto &line : shape->geometry.lines)
        if (line.size() >= 2)
            made->lines.push_back({addArc(made->map, projected(line)), 0});
    if (made->lines.empty())
        return nullptr;
    for (const geo::Arc &arc : made->map.arcs)
        grow(made->box, arc.box);
    return made;
}

bool MapShape::contains(geo::MercatorPoint at) const
{
    const double x = at.x - std::floor(at.x), y = at.y;
    const geo::MapPoint point{static_cast<float>(x), static_cast<float>(y)};
    if (!box.contains(point))
        return false;
    for (const geo::Area &area : areas) {
        bool isInside = false;
        for (std::uint32_t i = 0; area.box.contains(point) && i < area.ringCount; ++i) {
            const geo::AreaRing &ring = map.rings[area.firstRing + i];
            const auto points =
                map.pointsOf(map.arcs[static_cast<std::size_t>(map.arcRefs[ring.firstRef])]);
            for (std::size_t k = 1; k < points.size(); ++k) {
                const geo::MapPoint a = points[k - 1], b = points[k];
                if ((a.y > y) != (b.y > y) &&
                    x < (double(b.x) - a.x) * (y - a.y) / (double(b.y) - a.y) + a.x)
                    isInside = !isInside;
            }
        }
        if (isInside)
            return true;
    }
    return false;
}

const ShownShape *shapeAt(const ShapeList &shapes, geo::MercatorPoint at)
{
    const ShownShape *best = nullptr;
    const auto sizeOf = [](const ShownShape &shown) {
        const geo::MapBox &box = shown.shape->box;
        return (double(box.right) - box.left) * (double(box.bottom) - box.top);
    };
    for (const ShownShape &shown : shapes)
        if ((!best || sizeOf(shown) < sizeOf(*best)) && shown.shape->contains(at))
            best = &shown;
    return best;
}

void ShapePainter::paint(QImage &image, const MapCamera &camera, double scale,
                         const MapStyle &style, const ShapeList &shapes,
                         const workspace::MapLayer &layer)
{
    ShapeTracer tracer(camera, scale, image.width(), image.height());
    QColor color = style.themes[static_cast<std::size_t>(layer.theme)];
    bool isAny = false;
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        for (const ShownShape &shown : shapes) {
            if (shown.theme != layer.theme || !tracer.isVisible(shown.shape->box))
                continue;
            isAny = true;
            QPainterPath path;
            for (const geo::Area &area : shown.shape->areas)
                tracer.addArea(shown.shape->map, area, path);
            // What is severe is denser; a large watch must not hide the warning within it.
            const double density = 0.10 + 0.20 * shown.severity / 255.0;
            color.setAlphaF(static_cast<float>(density * layer.opacity));
            painter.fillPath(path, color);
        }
    }
    if (!isAny)
        return;
    m_lines.reset(image.width(), image.height());
    for (const ShownShape &shown : shapes) {
        if (shown.theme != layer.theme || !tracer.isVisible(shown.shape->box))
            continue;
        const double width = shown.shape->areas.empty() ? 1.8 : shown.severity > 170 ? 1.6 : 1.0;
        for (const geo::MapLine &line : shown.shape->lines)
            tracer.addLine(shown.shape->map, line, width * scale, m_lines);
    }
    color.setAlphaF(0.85F * layer.opacity);
    m_lines.paintOn(image, color);
}

void ShapePainter::paintSelected(QImage &image, const MapCamera &camera, double scale,
                                 const MapStyle &style, const ShapeList &shapes)
{
    if (!std::ranges::contains(shapes, true, &ShownShape::isSelected))
        return;
    ShapeTracer tracer(camera, scale, image.width(), image.height());
    m_lines.reset(image.width(), image.height());
    for (const ShownShape &shown : shapes)
        if (shown.isSelected && tracer.isVisible(shown.shape->box))
            for (const geo::MapLine &line : shown.shape->lines)
                tracer.addLine(shown.shape->map, line, 2 * scale, m_lines);
    m_lines.paintOn(image, style.focus);
}

} // namespace chrona::ui
