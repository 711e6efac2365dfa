// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/map/map_view.h"

#include "canvas_renderer.h"
#include "frame_maker.h"
#include "light_item.h"
#include "map_overlays.h"
#include "map_surface.h"
#include "map_tools.h"
#include "own_boundaries.h"
#include "pan_margin.h"
#include "region_feed.h"
#include "text/names.h"
#include "text/time_text.h"

#include "chrona/base/log.h"
#include "chrona/workspace/session.h"
#include "chrona/workspace/stories.h"
#include "chrona/workspace/tile_feed.h"

#include <QGeoCoordinate>
#include <QPainter>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWidget>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>
#include <numeric>

// In a static library nobody else asks for it.
static void initMapResource()
{
    Q_INIT_RESOURCE(chrona_map);
}

namespace chrona::ui {

namespace {

constexpr int kRestMs = 80; ///< without a move, after which the picture is drawn for this place

/// To another place, at the same zoom.
bool isMoved(const MapCamera &was, const MapCamera &now)
{
    return was.zoom == now.zoom && was.size == now.size && was != now;
}

QQuickWidget *makeCanvas(QWidget *parent)
{
    chooseCanvasRenderer();
    return new QQuickWidget(parent);
}

} // namespace

MapView::MapView(workspace::Session &session, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_quick(makeCanvas(this)),
      m_frames(new FrameMaker(this)), m_margin(kPanMarginLeast),
      m_overlays(new MapOverlays(*this, theme)),
      m_eventShapes([&session, this](ipc::EventShapesRequest request, auto done) {
          session.request<ipc::EventShapesRequest>(std::move(request), this, std::move(done));
      }),
      m_regionFeed(new RegionFeed(session, this)), m_tools(new MapTools(*this, theme)),
      m_shapes(std::make_shared<const ShapeList>()), m_areas(std::make_shared<const AreaList>()),
      m_tileFeed(new workspace::TileFeed(session, this)),
      m_stories(new workspace::Stories(session, this)),
      m_storyMarks(std::make_shared<const StoryMarks>()),
      m_boundaries(new BoundaryLayer(session, this)),
      m_selected(std::make_shared<const std::vector<std::int64_t>>())
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map"));
    setMinimumSize(160, 120);
    connect(m_frames, &FrameMaker::frameReady, this, &MapView::takeFrame);
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(kRestMs);
    connect(&m_restTimer, &QTimer::timeout, this, &MapView::requestFrame);
    connect(&theme, &Theme::changed, this, &MapView::applyTheme);
    loadCanvas();
    applyTheme();
    followFocus();
    followLayers();
}

MapView::~MapView() = default;

void MapView::loadCanvas()
{
    initMapResource();
    qmlRegisterType<MapSurface>("Chrona.Map", 1, 0, "MapSurface");
    m_quick->setResizeMode(QQuickWidget::SizeRootObjectToView);
    m_quick->setFocusPolicy(Qt::NoFocus); // keys are the view's own
    m_quick->setAccessibleName(tr("Map canvas"));
    m_quick->lower();
    m_quick->setSource(QUrl(QStringLiteral("qrc:/chrona/map/MapCanvas.qml")));
    QObject *root = m_quick->rootObject();
    if (!root) {
        const auto errors = m_quick->errors();
        const QString why = errors.isEmpty() ? QString() : errors.first().toString();
        log::error("map", "the map canvas cannot be made: {}", why.toStdString());
        m_overlays->setNotice({MapNotice::Kind::Error,
                               tr("The map cannot be drawn"),
                               tr("A part of Qt Location is missing: %1").arg(why),
                               {},
                               {}});
        return;
    }
    m_map = root->property("map").value<QObject *>();
    m_surface = qobject_cast<MapSurface *>(root->property("surface").value<QObject *>());
    if (m_surface && drawsEventsOnGraphics())
        addLights();
    // QML signals have no pointer to connect by.
    connect(m_map, SIGNAL(centerChanged(QGeoCoordinate)), this, SLOT(cameraMoved()));
    connect(m_map, SIGNAL(zoomLevelChanged(qreal)), this, SLOT(cameraMoved()));
    connect(root, SIGNAL(hovered(qreal, qreal)), this, SLOT(pointerMoved(qreal, qreal)));
    connect(root, SIGNAL(pointerGone()), this, SLOT(pointerLeft()));
    connect(root, SIGNAL(tapped(qreal, qreal, int)), this, SLOT(pointTapped(qreal, qreal, int)));
    connect(root, SIGNAL(boxDrawn(qreal, qreal, qreal, qreal, int)), this,
            SLOT(boxDrawn(qreal, qreal, qreal, qreal, int)));
}

void MapView::followFocus()
{
    workspace::Focus &focus = m_session.focus();
    connect(&m_session.selector(), &workspace::EventSelector::visibleChanged, this,
            &MapView::requestFrame);
    connect(&focus, &workspace::Focus::selectionChanged, this, &MapView::takeSelection);
    connect(&focus, &workspace::Focus::hoveredEventChanged, this, &MapView::followHover);
    connect(&m_session.texts(), &workspace::EventTexts::textsArrived, this, &MapView::followHover);
    connect(&m_session, &workspace::Session::stateChanged, this, &MapView::updateNotice);
    connect(&m_session.events(), &workspace::EventStore::snapshotChanged, this,
            &MapView::updateNotice);
    takeSelection();
    updateNotice();
}

void MapView::applyTheme()
{
    m_style = std::make_shared<const MapStyle>(MapStyle::from(m_theme));
    if (m_surface) {
        m_surface->setBackground(m_style->ocean);
        m_quick->setClearColor(m_style->ocean);
        m_quick->rootObject()->setProperty("focusColor", m_style->focus);
        m_quick->rootObject()->setProperty("accentColor", m_theme.color(Role::Accent));
    }
    requestFrame();
}

MapCamera MapView::camera() const
{
    MapCamera camera;
    camera.size = m_quick->size();
    if (m_map) {
        const auto centre = m_map->property("center").value<QGeoCoordinate>();
        camera.centre = geo::project({centre.longitude(), centre.latitude()});
        camera.zoom = m_map->property("zoomLevel").toDouble();
    }
    return camera;
}

void MapView::cameraMoved()
{
    const MapCamera now = camera();
    if (m_surface)
        m_surface->setCamera(now);
    moveLights(now);
    m_overlays->setCamera(now);
    m_tools->setCamera(now);
    hideHover();
    // While the picture on its way or on the screen is enough, it only moves: drawing each step of
    // a drag anew would keep both cores from showing them.
    if (!isStillAhead(m_requested, now, m_requestedMargin))
        requestFrame();
    else if (now != m_requested)
        m_restTimer.start();
    Q_EMIT cameraChanged();
}

void MapView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_quick->setGeometry(rect());
    cameraMoved();
    m_overlays->arrange();
    m_tools->arrange();
}

FrameRequest MapView::frameRequest() const
{
    const workspace::Focus &focus = m_session.focus();
    FrameRequest request;
    request.scene.camera = camera();
    request.scene.margin = m_margin;
    request.scene.scale = devicePixelRatioF();
    request.scene.style = m_style;
    request.scene.regions = focus.layers().values.isShown ? m_regions : nullptr;
    request.scene.layers = std::make_shared<const workspace::MapLayers>(focus.layers());
    request.scene.boundaries = m_boundaries->shown();
    request.scene.shapes = m_shapes;
    request.scene.areas = focus.layers().showAreas ? m_areas : nullptr;
    request.scene.stories = focus.layers().showStories ? m_storyMarks : nullptr;
    if (focus.layers().showTiles) {
        request.scene.tilesFile = focus.layers().tilesFile;
        request.scene.tilesServed = m_tileFeed->tiles();
    }
    request.scene.showLabels = focus.layers().showLabels;
    request.scene.pointsElsewhere = m_lights != nullptr;
    request.scene.keepClear = m_overlays->covered();
    if (request.scene.stories)
        std::ranges::copy(storyBoxes(*m_storyMarks, request.scene.camera),
                          std::back_inserter(request.scene.keepClear));
    request.visible = m_session.selector().visible();
    request.selected = m_selected;
    request.current = focus.selectedEvent();
    return request;
}

void MapView::requestFrame()
{
    if (!m_surface || width() <= 0 || height() <= 0 || !isVisible())
        return;
    m_restTimer.stop();
    FrameRequest request = frameRequest();
    m_requested = request.scene.camera;
    m_requestedMargin = request.scene.margin;
    m_frames->request(std::move(request));
}

void MapView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    requestFrame(); // none was made while nobody could see it
}

void MapView::takeFrame(const FrameResult &result)
{
    if (m_shown && isMoved(m_shown->frame.camera, result.frame.camera) &&
        m_shown->events == result.events)
        m_margin = nextPanMargin(m_margin, result.took);
    m_shown = std::make_shared<const FrameResult>(result);
    m_frameTime = result.took;
    m_shownEvents = qsizetype(
        std::accumulate(result.paintedEvents.begin(), result.paintedEvents.end(), std::size_t(0)));
    if (m_surface) {
        m_surface->setCamera(camera());
        m_surface->setFrame(result.frame);
        showLights(result);
    }
    wantShapes();
    LegendFacts facts{.events = result.paintedEvents, .surfaces = result.surfaces};
    if (m_session.focus().layers().showStories) {
        facts.stories = m_storyMarks->size();
        facts.storiesUnder = facts.stories - drawnStories(*m_storyMarks, camera()).size();
        facts.storiesNowhere = m_stories->unplaced();
        facts.areStoriesCut = m_stories->isCut();
    }
    if (m_session.focus().layers().values.isShown)
        facts.regions = m_regions.get();
    facts.boundaries = m_boundaries->shown().get();
    if (result.shapes) {
        facts.outlines = result.shapes->rows.size();
        facts.outlinesInAll = result.shapes->total;
    }
    m_overlays->setLegend(legendFor(m_theme, *m_style, facts));
    showTiles(result);
    m_tools->followPicture();
    updateNotice();
    describe();
    Q_EMIT pictureChanged();
}

bool MapView::isSettled() const
{
    return !m_restTimer.isActive() && m_frames->isIdle() && m_eventShapes.isSettled() &&
           m_stories->isSettled() && m_tileFeed->isSettled() && m_boundaries->isSettled();
}

void MapView::setRegions(const std::optional<RegionValues> &values)
{
    m_regionValues = values;
    m_regions = values ? RegionLayer::from(withOwnAreas(*values, m_boundaries->shown().get()))
                       : nullptr;
    requestFrame();
}

void MapView::setLegendVisible(bool visible)
{
    m_overlays->setLegendVisible(visible);
}

/// What a screen reader says of the picture.
void MapView::describe()
{
    const MapCamera now = camera();
    const schema::GeoPoint centre = geo::unproject(now.centre);
    const auto visible = m_session.selector().visible();
    const QString counts =
        tr("%1 events in view, %2 pass the filter, %3 selected.")
            .arg(countText(m_shownEvents), countText(qint64(visible->rows.size())),
                 countText(m_session.focus().selection().size()));
    const QLocale locale;
    setAccessibleDescription(tr("%1 Centre %2° latitude, %3° longitude, zoom %4.")
                                 .arg(counts, locale.toString(centre.latitude, 'f', 1),
                                      locale.toString(centre.longitude, 'f', 1),
                                      locale.toString(now.zoom, 'f', 1)));
}

void MapView::updateNotice()
{
    if (!m_surface)
        return; // its own notice stays
    using State = workspace::Session::State;
    const State state = m_session.state();
    const auto snapshot = m_session.events().snapshot();
    const bool isEmpty = snapshot->columns.size() == 0;
    const auto problem = m_session.problem();
    if (isEmpty && problem) {
        const FailureText text = failureText(*problem);
        m_overlays->setNotice({MapNotice::Kind::Error, text.cause, text.remedy, tr("Try again"),
                               [this] { m_session.open(); }});
    } else if (isEmpty && state == State::Ready) {
        m_overlays->setNotice({MapNotice::Kind::Empty,
                               tr("No events yet"),
                               tr("Connect a source, import a file, or load the sample world."),
                               {},
                               {}});
    } else if (isEmpty) {
        m_overlays->setNotice({MapNotice::Kind::Loading, tr("Loading events…"), {}, {}, {}});
    } else if (state == State::Lost) {
        m_overlays->setNotice({MapNotice::Kind::Stale,
                               tr("Not connected"),
                               tr("What you see may be old. Reconnecting…"),
                               {},
                               {}});
    } else if (m_session.selector().isSettled() && m_session.selector().visible()->rows.empty()) {
        m_overlays->setNotice(
            {MapNotice::Kind::Empty, tr("No event passes the filter"),
             tr("%1 events are loaded.").arg(countText(qint64(snapshot->columns.size()))),
             tr("Clear the filter"), [this] { m_session.focus().setFilter({}); }});
    } else {
        m_overlays->setNotice({});
    }
}

} // namespace chrona::ui
