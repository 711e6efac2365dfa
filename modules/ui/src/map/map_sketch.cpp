// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_sketch.h"

#include "chrona/geo/measure.h"
#include "chrona/ui/map/map_view.h"
#include "chrona/ui/theme.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <optional>

namespace chrona::ui {

namespace {

constexpr double kFreeStep = 5;      ///< pixels between corners that are drawn freely
constexpr std::size_t kCornersMax = 9'000;

std::vector<schema::GeoPoint> unprojected(const std::vector<geo::MercatorPoint> &corners)
{
    std::vector<schema::GeoPoint> points;
    for (const geo::MercatorPoint &corner : corners)
        points.push_back(geo::unproject(corner));
    return points;
}

} // namespace

QString lengthText(double km)
{
    const QLocale locale;
    return km < 1     ? MapSketch::tr("%1 m").arg(locale.toString(km * 1000, 'f', 0))
           : km < 100 ? MapSketch::tr("%1 km").arg(locale.toString(km, 'f', 2))
                      : MapSketch::tr("%1 km").arg(locale.toString(km, 'f', 0));
}

QString areaText(double km2)
{
    const QLocale locale;
    return MapSketch::tr("%1 km²").arg(locale.toString(km2, 'f', km2 < 100 ? 2 : 0));
}

MapSketch::MapSketch(MapView &view, const Theme &theme)
    : QWidget(&view), m_view(view), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus); // keys are the view's own
    hide();
}

void MapSketch::setTool(MapTool tool)
{
    if (tool == m_tool && m_corners.empty())
        return;
    m_tool = tool;
    m_corners.clear();
    m_isDone = m_isPressed = m_isDrawn = false;
    m_pointer.reset();
    setVisible(tool != MapTool::None);
    setCursor(Qt::CrossCursor);
    update();
    Q_EMIT toolChanged();
    Q_EMIT changed();
}

void MapSketch::setCamera(const MapCamera &camera)
{
    m_camera = camera;
    if (isVisible())
        update();
}

QPointF MapSketch::onScreen(geo::MercatorPoint corner) const
{
    // All corners on one copy of the world: the one on which the first is nearest to the middle.
    const double shift = std::round(m_corners.front().x - m_camera.centre.x);
    return {(corner.x - shift - m_camera.centre.x) * m_camera.worldPixels() +
                m_camera.size.width() / 2,
            (corner.y - m_camera.centre.y) * m_camera.worldPixels() + m_camera.size.height() / 2};
}

void MapSketch::addCorner(QPointF at)
{
    if (m_corners.size() >= kCornersMax)
        return;
    if (m_isDone) { // the next one begins
        m_corners.clear();
        m_isDone = false;
    }
    geo::MercatorPoint corner = m_camera.fromScreen(at);
    corner.y = std::clamp(corner.y, 0.0, 1.0);
    if (!m_corners.empty())
        corner.x -= std::round(corner.x - m_corners.back().x);
    m_corners.push_back(corner);
    update();
    Q_EMIT changed();
}

void MapSketch::finish()
{
    if (m_tool == MapTool::Lasso) {
        if (m_corners.size() < 3)
            return;
        const auto ring = m_corners;
        setTool(MapTool::None);
        Q_EMIT lassoClosed(ring);
        return;
    }
    m_isDone = m_corners.size() >= 2;
    update();
    Q_EMIT changed();
}

QString MapSketch::measured() const
{
    const auto points = unprojected(m_corners);
    if (m_tool == MapTool::None || points.size() < 2)
        return {};
    if (points.size() < 3)
        return lengthText(geo::lengthKm(points));
    return tr("%1, encloses %2").arg(lengthText(geo::lengthKm(points)),
                                     areaText(geo::areaKm2(points)));
}

bool MapSketch::takeKey(const QKeyEvent &event)
{
    if (m_tool == MapTool::None)
        return false;
    switch (event.key()) {
    case Qt::Key_Space: addCorner(QRectF(rect()).center()); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: finish(); return true;
    case Qt::Key_Backspace:
        if (!m_corners.empty())
            m_corners.pop_back();
        update();
        Q_EMIT changed();
        return true;
    case Qt::Key_Escape: setTool(MapTool::None); return true;
    default: return false;
    }
}

void MapSketch::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::RightButton)
        return finish();
    if (event->button() != Qt::LeftButton)
        return;
    m_view.setFocus(Qt::MouseFocusReason);
    m_isPressed = true;
    m_isDrawn = false;
    m_pressedAt = event->position();
}

void MapSketch::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    if (m_isPressed && m_tool == MapTool::Lasso) {
        const QPointF last =
            m_isDrawn && !m_corners.empty() ? onScreen(m_corners.back()) : m_pressedAt;
        const QPointF step = event->position() - last;
        if (std::hypot(step.x(), step.y()) >= kFreeStep) {
            if (!m_isDrawn)
                addCorner(m_pressedAt);
            m_isDrawn = true;
            addCorner(event->position());
        }
    }
    update();
}

void MapSketch::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_isPressed, false))
        return;
    if (m_isDrawn)
        finish();
    else
        addCorner(event->position());
}

void MapSketch::mouseDoubleClickEvent(QMouseEvent *)
{
    finish(); // the first click has set the corner
}

void MapSketch::wheelEvent(QWheelEvent *event)
{
    m_view.zoomBy(event->angleDelta().y() / 120.0 * 0.4);
    event->accept();
}

void MapSketch::leaveEvent(QEvent *)
{
    m_pointer.reset();
    update();
}

void MapSketch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor focus = m_theme.color(Role::Focus);
    if (!m_pointer) { // for the keyboard
        const QPointF middle = QRectF(rect()).center();
        painter.setPen(QPen(m_theme.color(Role::Text1), 1));
        painter.drawLine(middle - QPointF(9, 0), middle + QPointF(9, 0));
        painter.drawLine(middle - QPointF(0, 9), middle + QPointF(0, 9));
    }
    if (m_corners.empty())
        return;
    QPolygonF line;
    for (const geo::MercatorPoint &corner : m_corners)
        line << onScreen(corner);
    const bool hasLead = m_pointer && !m_isDone && !m_isDrawn;
    if (m_tool == MapTool::Lasso || line.size() > 2) {
        QPolygonF area = line;
        if (hasLead)
            area << *m_pointer;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Focus, 0.10));
        painter.drawPolygon(area);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(focus, 1.75));
    painter.drawPolyline(line);
    if (hasLead) {
        painter.setPen(QPen(focus, 1.25, Qt::DashLine));
        painter.drawLine(line.last(), *m_pointer);
    }
    if (m_isDrawn)
        return;
    painter.setPen(QPen(focus, 1.5));
    painter.setBrush(m_theme.color(Role::Surface1));
    for (const QPointF &corner : line)
        painter.drawEllipse(corner, 3, 3);
}

} // namespace chrona::ui
