// SPDX-License-Identifier: AGPL-3.0-or-later
// What pointer, keyboard and other views ask of the map.
#include "chrona/ui/map/map_view.h"

#include "frame_maker.h"
#include "map_data.h"
#include "map_overlays.h"
#include "map_tools.h"
#include "text/known_names.h"
#include "text/names.h"
#include "text/time_text.h"

#include "chrona/geo/country_codes.h"
#include "chrona/workspace/session.h"

#include <QGeoCoordinate>
#include <QKeyEvent>
#include <QQuickItem>
#include <QQuickWidget>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr double kPickPixels = 8;
constexpr double kKeyStep = 0.15; ///< of the view, for each press of an arrow
constexpr double kZoomTown = 8;
constexpr double kZoomStreet = 16;

std::optional<schema::GeoPoint> coordinates(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char(','));
    if (parts.size() != 2)
        return std::nullopt;
    bool isLatitude = false, isLongitude = false;
    const double latitude = parts[0].trimmed().toDouble(&isLatitude);
    const double longitude = parts[1].trimmed().toDouble(&isLongitude);
    if (!isLatitude || !isLongitude || !(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180))
        return std::nullopt;
    return schema::GeoPoint{longitude, latitude};
}

} // namespace

void MapView::setCamera(geo::MercatorPoint centre, double zoom)
{
    if (!m_map)
        return;
    const schema::GeoPoint place = geo::unproject(centre);
    m_map->setProperty("zoomLevel", std::clamp(zoom, m_map->property("minimumZoomLevel").toDouble(),
                                               m_map->property("maximumZoomLevel").toDouble()));
    m_map->setProperty("center",
                       QVariant::fromValue(QGeoCoordinate(place.latitude, place.longitude)));
}

void MapView::goTo(schema::GeoPoint place, double zoom)
{
    setCamera(geo::project(place), zoom);
}

void MapView::fitTo(const schema::GeoBox &box)
{
    const geo::MercatorPoint northWest = geo::project({box.west, box.north});
    geo::MercatorPoint southEast = geo::project({box.east, box.south});
    if (southEast.x < northWest.x)
        southEast.x += 1;           // across the anti-meridian
    constexpr double kPlace = 1e-6; // 40 m: nothing to tell apart
    const double width = std::max(kPlace, southEast.x - northWest.x);
    const double height = std::max(kPlace, southEast.y - northWest.y);
    const double room = 0.8; // of the view, so that nothing sits on its edge
    const double pixels = std::min(this->width() * room / width, this->height() * room / height);
    const double closest = std::max(width, height) > kPlace ? kZoomStreet : kZoomTown;
    setCamera({(northWest.x + southEast.x) / 2, (northWest.y + southEast.y) / 2},
              std::min(closest, std::log2(pixels / geo::kTilePixels)));
}

bool MapView::fitToSelection()
{
    // What is selected now, not what the picture shows: it may be that of a moment ago.
    const workspace::EventStore &events = m_session.events();
    const schema::EventColumns &columns = events.snapshot()->columns;
    std::optional<geo::MapBox> box;
    for (const qint64 id : m_session.focus().selection()) {
        const auto row = events.rowOf(id);
        if (!row || std::isnan(columns.longitude[*row]))
            continue;
        const geo::MercatorPoint at =
            geo::project({columns.longitude[*row], columns.latitude[*row]});
        const auto x = static_cast<float>(at.x), y = static_cast<float>(at.y);
        const geo::MapBox here{x, y, x, y};
        box = !box ? here
                   : geo::MapBox{std::min(box->left, here.left), std::min(box->top, here.top),
                                 std::max(box->right, here.right),
                                 std::max(box->bottom, here.bottom)};
    }
    if (!box)
        return false;
    const schema::GeoPoint northWest = geo::unproject({box->left, box->top});
    const schema::GeoPoint southEast = geo::unproject({box->right, box->bottom});
    fitTo({northWest.longitude, southEast.latitude, southEast.longitude, northWest.latitude});
    return true;
}

void MapView::fitToWorld()
{
    setCamera(geo::project({10, 24}), 0); // Map raises it to where the world fills the view
}

bool MapView::goToNamed(const QString &text)
{
    if (const auto place = coordinates(text)) {
        goTo(*place, kZoomTown);
        return true;
    }
    MapData shipped;
    const std::string name = text.trimmed().toStdString();
    const std::string called = countryCalled(text.trimmed()).toStdString();
    const auto table = geo::shippedData(geo::ShippedData::Countries);
    const auto codes =
        geo::CountryCodes::read({reinterpret_cast<const char *>(table.data()), table.size()});
    for (const geo::Area &area : shipped.base(0).areas(geo::AreaLayer::Countries)) {
        const geo::Country *country =
            codes && !area.code.empty() ? codes->find(area.code) : nullptr;
        const bool isMeant =
            QString::compare(fromUtf8(area.name), text.trimmed(), Qt::CaseInsensitive) == 0 ||
            (country &&
             (country->alpha2 == called || codes->find(name) == country ||
              QString::compare(fromUtf8(country->name), text.trimmed(), Qt::CaseInsensitive) == 0));
        if (isMeant) {
            setCamera({area.label.x, area.label.y}, 4.5);
            return true;
        }
    }
    for (const geo::Places *places : {&shipped.places(), &shipped.ports()})
        if (const auto found = places->find(name)) {
            const geo::Place &place = places->all()[*found];
            setCamera({place.at.x, place.at.y}, kZoomTown);
            return true;
        }
    return false;
}

void MapView::zoomBy(double steps)
{
    const MapCamera now = camera();
    setCamera(now.centre, now.zoom + steps);
}

void MapView::panBy(QPointF pixels)
{
    const MapCamera now = camera();
    setCamera(
        now.fromScreen({now.size.width() / 2 + pixels.x(), now.size.height() / 2 + pixels.y()}),
        now.zoom);
}

std::optional<qint64> MapView::eventAt(QPointF position) const
{
    if (!m_shown || !m_shown->events)
        return std::nullopt;
    const MapCamera now = camera();
    const auto row =
        m_shown->events->grid.nearest(now.fromScreen(position), kPickPixels / now.worldPixels());
    if (row)
        return m_shown->events->columns->id[*row];
    const ShownShape *shape = shapeAt(*m_shapes, now.fromScreen(position));
    return shape ? std::optional(shape->shape->event) : std::nullopt;
}

std::vector<qint64> MapView::eventsIn(const QRectF &rectangle) const
{
    std::vector<qint64> ids;
    if (!m_shown || !m_shown->events)
        return ids;
    const MapCamera now = camera();
    const geo::MercatorPoint from = now.fromScreen(rectangle.topLeft());
    const geo::MercatorPoint to = now.fromScreen(rectangle.bottomRight());
    for (const std::uint32_t row : m_shown->events->grid.within(from.x, from.y, to.x, to.y))
        ids.push_back(m_shown->events->columns->id[row]);
    return ids;
}

void MapView::pointerMoved(qreal x, qreal y)
{
    m_pointer = QPointF(x, y);
    if (const ShownStory *story = storyAt(m_pointer)) {
        m_isHovering = false;
        setCursor(Qt::PointingHandCursor);
        m_session.focus().setHoveredEvent(0);
        m_overlays->showCard(
            m_pointer, story->title,
            tr("Story · %1 · %2")
                .arg(tr("%n report(s)", nullptr, int(story->events.size())),
                     tr("%n independent publisher(s)", nullptr, int(story->publishers))));
        return;
    }
    const auto event = eventAt(m_pointer);
    m_isHovering = event.has_value();
    setCursor(event ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_session.focus().setHoveredEvent(event.value_or(0));
    followHover();
    if (!event && showRegionAt(m_pointer))
        return; // a value of what lies there
}

void MapView::pointerLeft()
{
    hideHover();
    m_session.focus().setHoveredEvent(0);
}

void MapView::hideHover()
{
    m_isHovering = false;
    m_overlays->hideCard();
    if (m_surface)
        QMetaObject::invokeMethod(m_quick->rootObject(), "hideHover");
}

/// The ring is shown whatever view the pointer is in; the card only when it is in this one.
void MapView::followHover()
{
    const qint64 event = m_session.focus().hoveredEvent();
    const auto row =
        event != 0 && m_shown && m_shown->events ? m_session.events().rowOf(event) : std::nullopt;
    const bool isShown = row && m_shown->visible->snapshot == m_session.events().snapshot() &&
                         !std::isnan(m_shown->events->places->x[*row]);
    if (!isShown) {
        hideHover();
        return;
    }
    const geo::PointColumns &places = *m_shown->events->places;
    // In an outline, the card stays by the pointer.
    const QPointF place = camera().toScreen({places.x[*row], places.y[*row]});
    const QPointF away = place - m_pointer;
    const bool isNear = std::hypot(away.x(), away.y()) <= kPickPixels;
    const QPointF at = m_isHovering && !isNear ? m_pointer : place;
    QMetaObject::invokeMethod(m_quick->rootObject(), "showHover", QVariant(place.x()),
                              QVariant(place.y()), QVariant(7.0));
    if (!m_isHovering) {
        m_overlays->hideCard();
        return;
    }
    const schema::EventColumns &columns = *m_shown->events->columns;
    const QString title = m_session.texts().title(event).value_or(QString());
    const QString when = TimeText{}.minute(instantFromMicros(columns.observedAt[*row]));
    const int severity = int(std::lround(columns.severity[*row] / 2.55));
    m_overlays->showCard(
        at, title.isEmpty() ? typeName(columns.type[*row]) : title,
        tr("%1 · %2 UTC · severity %3 %").arg(typeName(columns.type[*row]), when).arg(severity));
}

void MapView::pointTapped(qreal x, qreal y, int modifiers)
{
    setFocus(Qt::MouseFocusReason);
    workspace::Focus &focus = m_session.focus();
    const bool isAdding = (modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
    if (const ShownStory *story = storyAt({x, y}))
        return selectStory(*story, isAdding);
    const auto event = eventAt({x, y});
    if (!event) {
        if (!isAdding)
            focus.clearSelection();
        return;
    }
    QSet<qint64> selection = isAdding ? focus.selection() : QSet<qint64>();
    if (isAdding && selection.remove(*event)) {
        focus.select(selection, selection.isEmpty() ? 0 : *selection.cbegin());
        return;
    }
    selection.insert(*event);
    focus.select(selection, *event);
}

void MapView::boxDrawn(qreal x, qreal y, qreal width, qreal height, int modifiers)
{
    setFocus(Qt::MouseFocusReason);
    const QRectF rectangle(x, y, width, height);
    if ((modifiers & Qt::ControlModifier) != 0) {
        const MapCamera now = camera();
        const schema::GeoPoint northWest = geo::unproject(now.fromScreen(rectangle.topLeft()));
        const schema::GeoPoint southEast = geo::unproject(now.fromScreen(rectangle.bottomRight()));
        workspace::EventFilter filter = m_session.focus().filter();
        filter.box = schema::GeoBox{northWest.longitude, southEast.latitude, southEast.longitude,
                                    northWest.latitude};
        m_session.focus().setFilter(filter);
        return;
    }
    const std::vector<qint64> ids = eventsIn(rectangle);
    m_session.focus().select(QSet<qint64>(ids.begin(), ids.end()), ids.empty() ? 0 : ids.back());
}

void MapView::takeSelection()
{
    const QSet<qint64> &selection = m_session.focus().selection();
    std::vector<std::int64_t> ids(selection.begin(), selection.end());
    std::ranges::sort(ids);
    m_selected = std::make_shared<const std::vector<std::int64_t>>(std::move(ids));
    updateShapes();
    updateStories();
    requestFrame();
}

void MapView::keyPressEvent(QKeyEvent *event)
{
    const QPointF step(width() * kKeyStep, height() * kKeyStep);
    if (m_tools->takeKey(*event))
        return;
    switch (event->key()) {
    case Qt::Key_Left: return panBy({-step.x(), 0});
    case Qt::Key_Right: return panBy({step.x(), 0});
    case Qt::Key_Up: return panBy({0, -step.y()});
    case Qt::Key_Down: return panBy({0, step.y()});
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomBy(0.5);
    case Qt::Key_Minus: return zoomBy(-0.5);
    case Qt::Key_Home: return fitToWorld();
    case Qt::Key_F: fitToSelection(); return;
    case Qt::Key_Escape:
        if (!m_session.focus().selection().isEmpty())
            return m_session.focus().clearSelection();
        if (m_session.focus().filter().box) {
            workspace::EventFilter filter = m_session.focus().filter();
            filter.box.reset();
            return m_session.focus().setFilter(filter);
        }
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace chrona::ui
