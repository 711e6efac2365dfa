// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vector_map.h"

#include "chrona/geo/label_placer.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <vector>

namespace chrona::ui {

namespace {

constexpr double kSpot = 0.5; ///< pixels: events that lie closer are one mark
constexpr double kPlaceZooms = 1.6; ///< between one rank of places and the next

class VectorMap {
public:
    VectorMap(QPainter &painter, const MapScene &scene)
        : m_painter(painter), m_scene(scene), m_style(*scene.style),
          m_size(scene.camera.size.toSize()),
          m_tracer(scene.camera, 1, m_size.width(), m_size.height()),
          m_base(m_data.base(scene.camera.zoom))
    {
    }

    void paint()
    {
        if (m_scene.boundaries)
            m_data.useOwn({m_scene.boundaries, &m_scene.boundaries->map});
        m_painter.setClipRect(QRect(QPoint(0, 0), m_size));
        m_painter.fillRect(QRect(QPoint(0, 0), m_size), m_style.ocean);
        fill(geo::AreaLayer::Land, m_style.land);
        if (m_scene.regions)
            paintRegions();
        fill(geo::AreaLayer::Lakes, m_style.lake);
        stroke(geo::LineClass::River, m_style.river, 0.6);
        if (m_scene.camera.zoom >= 2.8)
            stroke(geo::LineClass::StateBorder, m_style.stateBorder, 0.6);
        stroke(geo::LineClass::CountryBorder, m_style.border, 0.8);
        stroke(geo::LineClass::Coast, m_style.coast, 0.7);
        if (m_scene.boundaries)
            strokeOwn();
        if (m_scene.shapes)
            paintShapes();
        if (m_scene.events)
            paintEvents();
        if (m_scene.areas)
            paintAreas();
        if (m_scene.stories)
            paintStoryMarks();
        if (m_scene.showLabels)
            paintLabels();
    }

private:
    void fill(geo::AreaLayer layer, const QColor &color)
    {
        QPainterPath path;
        for (const geo::Area &area : m_base.areas(layer))
            m_tracer.addArea(m_base, area, path);
        m_painter.fillPath(path, color);
    }

    /// One path of a line; its points are those that are seen apart.
    void trace(const geo::BaseMap &map, const geo::MapLine &line, QPainterPath &path)
    {
        const geo::Arc &arc = map.arcs[line.arc];
        if (!m_tracer.isVisible(arc.box))
            return;
        for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy) {
            const auto points = map.pointsOf(arc);
            QPointF last = m_tracer.place(points.front(), copy);
            path.moveTo(last);
            for (std::size_t i = 1; i < points.size(); ++i) {
                const QPointF point = m_tracer.place(points[i], copy);
                if (i + 1 < points.size() && (point - last).manhattanLength() < kSpot)
                    continue;
                path.lineTo(point);
                last = point;
            }
        }
    }

    void stroke(geo::LineClass lineClass, const QColor &color, double width)
    {
        QPainterPath path;
        const bool isMinor = lineClass == geo::LineClass::River ||
                             lineClass == geo::LineClass::StateBorder;
        for (const geo::MapLine &line : m_base.linesOf(lineClass))
            if (!isMinor || line.rank <= m_scene.camera.zoom - 1.2)
                trace(m_base, line, path);
        m_painter.strokePath(path, QPen(color, width));
    }

    void strokeOwn()
    {
        const geo::BaseMap &map = m_scene.boundaries->map;
        QPainterPath path;
        for (const geo::MapLine &line : map.linesOf(geo::LineClass::CountryBorder))
            trace(map, line, path);
        m_painter.strokePath(path, QPen(m_style.labelText, 0.6));
    }

    void paintRegions()
    {
        const RegionSet set = m_scene.regions->values.set;
        const geo::BaseMap &map = m_data.regions(set, m_scene.camera.zoom);
        for (const geo::Area &area : map.areas(MapData::layerOf(set))) {
            if (!m_tracer.isVisible(area.box))
                continue;
            QPainterPath path;
            m_tracer.addArea(map, area, path);
            if (const auto number = m_scene.regions->classOf(area.code))
                m_painter.fillPath(path, mixed(m_style.land,
                                               m_scene.regions->colorOf(*number, m_style), 0.8));
            else
                m_painter.fillPath(path, QBrush(m_style.hatch, Qt::BDiagPattern));
        }
    }

    void paintShapes()
    {
        for (const ShownShape &shown : *m_scene.shapes) {
            if (!m_tracer.isVisible(shown.shape->box))
                continue;
            QColor color = m_style.themes[static_cast<std::size_t>(shown.theme)];
            QPainterPath area, outline;
            for (const geo::Area &each : shown.shape->areas)
                m_tracer.addArea(shown.shape->map, each, area);
            for (const geo::MapLine &line : shown.shape->lines)
                trace(shown.shape->map, line, outline);
            m_painter.strokePath(outline, QPen(shown.isSelected ? m_style.focus : color, 1.0));
            color.setAlphaF(0.16F);
            m_painter.fillPath(area, color);
        }
    }

    void paintEvents()
    {
        const int columns = int(m_size.width() / kSpot) + 1;
        const int rows = int(m_size.height() / kSpot) + 1;
        std::vector<std::uint8_t> taken(std::size_t(columns) * rows, 0);
        std::array<std::vector<QPointF>, workspace::kMapThemeCount> dots;
        const EventPoints &events = *m_scene.events;
        const auto points = events.points();
        for (std::size_t i = points.size(); i-- > 0;) { // the newest of a spot is what shows
            const std::uint32_t row = points[i];
            const geo::MapPoint at{events.places->x[row], events.places->y[row]};
            for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy) {
                const QPointF dot = m_tracer.place(at, copy);
                if (!(dot.x() >= 0 && dot.y() >= 0 && dot.x() < m_size.width() &&
                      dot.y() < m_size.height()))
                    continue;
                auto &spot = taken[std::size_t(dot.y() / kSpot) * columns +
                                   std::size_t(dot.x() / kSpot)];
                if (std::exchange(spot, std::uint8_t(1)) == 0)
                    dots[(*events.themes)[row]].push_back(dot);
            }
        }
        for (std::size_t theme = 0; theme < dots.size(); ++theme) {
            m_painter.setPen(QPen(m_style.themes[theme], 2.6, Qt::SolidLine, Qt::RoundCap));
            m_painter.drawPoints(dots[theme].data(), int(dots[theme].size()));
        }
        if (m_scene.selection)
            paintSelected(events, *m_scene.selection);
    }

    void paintSelected(const EventPoints &events, const MapSelection &selection)
    {
        m_painter.setPen(QPen(m_style.focus, 1.25));
        m_painter.setBrush(Qt::NoBrush);
        for (const std::uint32_t row : selection.rows)
            for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy)
                m_painter.drawEllipse(
                    m_tracer.place({events.places->x[row], events.places->y[row]}, copy), 4.5, 4.5);
    }

    void paintAreas()
    {
        QPen pen(m_style.focus, 1.25, Qt::DashLine);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setFont(m_style.placeFont);
        for (const ShownArea &area : *m_scene.areas)
            for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy) {
                QPolygonF outline;
                for (const geo::MercatorPoint &point : area.ring)
                    outline << m_tracer.place({float(point.x), float(point.y)}, copy);
                m_painter.setPen(pen);
                m_painter.drawPolyline(outline);
                m_painter.drawText(outline.boundingRect().topLeft() + QPointF(3, -4), area.name);
            }
    }

    void paintStoryMarks()
    {
        for (const std::size_t one : drawnStories(*m_scene.stories, m_scene.camera)) {
            const ShownStory &story = (*m_scene.stories)[one];
            for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy)
                paintStory(m_painter,
                           m_tracer.place({float(story.at.x), float(story.at.y)}, copy), 1,
                           m_style, story);
        }
    }

    void paintLabels()
    {
        geo::LabelPlacer placer(m_size.width(), m_size.height());
        for (const QRectF &area : m_scene.keepClear)
            placer.block({area.left(), area.top(), area.right(), area.bottom()});
        const auto write = [&](QPointF at, const QString &text, const QFont &font,
                               const QColor &color, double beside) {
            const QFontMetricsF metrics(font);
            const double width = metrics.horizontalAdvance(text), height = metrics.capHeight();
            const double left = beside > 0 ? at.x() + beside : at.x() - width / 2;
            if (!placer.tryPlace({left - 4, at.y() - height / 2 - 4, left + width + 4,
                                  at.y() + height / 2 + 4}))
                return;
            m_painter.setFont(font);
            m_painter.setPen(color);
            m_painter.drawText(QPointF(left, at.y() + height / 2), text);
            if (beside > 0) {
                m_painter.setPen(QPen(color, 3, Qt::SolidLine, Qt::RoundCap));
                m_painter.drawPoint(at);
            }
        };
        if (m_scene.camera.zoom < 7)
            for (const geo::Area &area : m_base.areas(geo::AreaLayer::Countries)) {
                const double room =
                    (double(area.box.right) - area.box.left) * m_tracer.worldPixels();
                const QString name = QString::fromStdString(area.name).toUpper();
                if (name.isEmpty() || !m_tracer.isVisible(area.box) ||
                    room * 1.25 < QFontMetricsF(m_style.labelFont).horizontalAdvance(name))
                    continue;
                for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy)
                    write(m_tracer.place(area.label, copy), name, m_style.labelFont,
                          m_style.labelText, 0);
            }
        const geo::Places &places = m_data.places();
        for (const geo::Place &place : places.all()) {
            if (place.rank > (m_scene.camera.zoom - 2) * kPlaceZooms)
                break;
            if (!m_tracer.isVisible({place.at.x, place.at.y, place.at.x, place.at.y}))
                continue;
            const auto name = places.nameOf(place);
            for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy)
                write(m_tracer.place(place.at, copy),
                      QString::fromUtf8(name.data(), qsizetype(name.size())), m_style.placeFont,
                      m_style.placeText, 5);
        }
        if (portMarksOf(m_scene) == PortMarks::Hidden)
            return;
        for (const geo::Place &port : m_data.ports().all()) {
            if (m_scene.camera.zoom < zoomForRank(port.rank))
                break;
            if (!m_tracer.isVisible({port.at.x, port.at.y, port.at.x, port.at.y}))
                continue;
            for (int copy = m_tracer.firstCopy(); copy <= m_tracer.lastCopy(); ++copy)
                paintPortMark(m_painter, m_tracer.place(port.at, copy), 1, m_style);
        }
    }

    QPainter &m_painter;
    const MapScene &m_scene;
    const MapStyle &m_style;
    QSize m_size;
    MapData m_data;
    ShapeTracer m_tracer;
    const geo::BaseMap &m_base;
};

} // namespace

void paintVectorMap(QPainter &painter, const MapScene &scene)
{
    painter.save();
    VectorMap(painter, scene).paint();
    painter.restore();
}

} // namespace chrona::ui
