// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/main_window.h"

#include "alerts/alerts_pane.h"
#include "briefing/hourly_pane.h"
#include "case/pins_pane.h"
#include "case/work_pane.h"
#include "chrona/ui/map/map_view.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/events_pane.h"
#include "feed/feed_pane.h"
#include "graph/graph_pane.h"
#include "graph/graph_view.h"
#include "inspector/inspector_pane.h"
#include "layers/layers_pane.h"
#include "market/calendar_pane.h"
#include "market/chart_pane.h"
#include "market/watchlist_pane.h"
#include "operations/jobs_pane.h"
#include "operations/sources_pane.h"
#include "oracle/oracle_alerts_pane.h"
#include "oracle/oracle_explain_pane.h"
#include "oracle/provider_pane.h"
#include "shell/accessible_views.h"
#include "shell/as_of_popup.h"
#include "shell/command_palette.h"
#include "shell/dock.h"
#include "shell/file_door.h"
#include "shell/focus_history.h"
#include "shell/layouts.h"
#include "shell/research_panes.h"
#include "shell/status_bar.h"
#include "shell/top_bar.h"
#include "shell/view_history.h"
#include "text/plain_words.h"
#include "shell/watched_tables.h"
#include "signals/evidence_pane.h"
#include "timeline/timeline_pane.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLayout>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Session;

namespace {

void watchMap(ViewHistory &history, MapView &map)
{
    history.add({&map, MainWindow::tr("Move the map"),
                 [&map] {
                     const schema::GeoPoint centre = geo::unproject(map.camera().centre);
                     return QList<double>{centre.longitude, centre.latitude, map.camera().zoom};
                 },
                 [&map](const QList<double> &at) { map.goTo({at[0], at[1]}, at[2]); }});
}

void watchTimeline(ViewHistory &history, TimelineView &timeline)
{
    // Microseconds of any year fit into a double's 53 bits.
    history.add({&timeline, MainWindow::tr("Move the timeline"),
                 [&timeline] {
                     const MicrosRange range = timeline.visibleRange();
                     return QList<double>{double(range.begin), double(range.end)};
                 },
                 [&timeline](const QList<double> &at) {
                     timeline.setVisibleRange({std::int64_t(at[0]), std::int64_t(at[1])});
                 }});
}

void watchGraph(ViewHistory &history, GraphView &graph)
{
    history.add({&graph, MainWindow::tr("Move the graph"),
                 [&graph] {
                     const GraphCamera &camera = graph.camera();
                     return QList<double>{camera.centre.x(), camera.centre.y(), camera.zoom};
                 },
                 [&graph](const QList<double> &at) {
                     GraphCamera camera = graph.camera();
                     camera.centre = {at[0], at[1]};
                     camera.zoom = at[2];
                     graph.setCamera(camera);
                 }});
}

/// Without the room that Qt leaves between a status bar's edges and what is in it.
void fillWithItems(QLayout &layout)
{
    layout.setContentsMargins(0, 0, 0, 0);
    for (int at = layout.count() - 1; at >= 0; --at) {
        if (layout.itemAt(at)->spacerItem())
            delete layout.takeAt(at);
        else if (QLayout *inner = layout.itemAt(at)->layout())
            fillWithItems(*inner);
    }
}

} // namespace

MainWindow::MainWindow(Session &session, Theme &theme, QSettings &settings,
                       const MapFactory &makeMap)
    : m_session(session), m_theme(theme), m_settings(settings), m_themes(theme, settings),
      m_commands(this),
      m_layouts(new Layouts(*this, settings, session.undoStack(), this)),
      m_views(new ViewHistory(session.undoStack(), this)),
      m_topBar(new TopBar(theme, this)), m_statusBar(new StatusBar(theme, session, this)),
      m_palette(nullptr)
{
    new FocusHistory(session.focus(), session.events(), session.undoStack(), this);
    new PlainWords(this);
    new FileDoor(*this, session);
    installAccessibleViews();
    setWindowTitle(u"Chrona"_s);
    setObjectName(u"mainWindow"_s);
    setMinimumSize(960, 600);
    setDockNestingEnabled(true);
    setAnimated(false);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    auto *bar = new QToolBar(tr("Top bar"), this);
    bar->setObjectName(u"topBar"_s);
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setStyleSheet(u"QToolBar { border: none; padding: 0; spacing: 0; }"_s);
    m_topBar->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    bar->addWidget(m_topBar);
    bar->layout()->setContentsMargins(0, 0, 0, 0); // of the style that was there before the sheet
    addToolBar(Qt::TopToolBarArea, bar);
    setUnifiedTitleAndToolBarOnMac(true); // means nothing elsewhere
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setFixedHeight(metric::kStatusBar);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    statusBar()->setStyleSheet(
        u"QStatusBar { border: none; } QStatusBar::item { border: none; }"_s);
    statusBar()->addPermanentWidget(m_statusBar, 1);
    fillWithItems(*statusBar()->layout());
    connect(statusBar(), &QStatusBar::messageChanged, m_statusBar, &StatusBar::tell);
    m_layouts->noteBareWindow();
    makeDocks(makeMap);
    if (auto *map = qobject_cast<MapView *>(dock(u"map"_s)->widget()))
        watchMap(*m_views, *map);
    watchTimeline(*m_views, m_timeline->view());
    watchGraph(*m_views, m_graph->view());
    watchTables(*m_views, *this);
    watchLag(*m_views, m_research->signalEvidence->charts());
    makePerspectives();
    makeCommands();
    makeMenus();
    m_palette = new CommandPalette(theme, m_commands, this);
    addPaletteProviders();
    connect(m_topBar, &TopBar::searchWanted, this, [this] { m_palette->open(); });
    connect(m_topBar, &TopBar::asOfWanted, this, &MainWindow::chooseAsOf);
    connect(&session, &Session::stateChanged, this, &MainWindow::refreshLiveness);
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, &MainWindow::refreshLiveness);
    refreshLiveness();
    setZone(settings.value(u"window/localTime"_s).toBool() ? TimeZoneChoice::Local
                                                           : TimeZoneChoice::Utc);
    resize(1440, 900);
    m_layouts->setContent([this] { return m_session.focus().layers().toJson(); },
                          [this](const QByteArray &content) {
                              if (auto layers = workspace::MapLayers::fromJson(content))
                                  m_session.focus().setLayers(std::move(*layers));
                          });
    m_layouts->restoreSession();
    session.undoStack().clear(); // what is put back as it was is no step
    m_layouts->watch(*this);
    for (Dock *dock : std::as_const(m_docks)) {
        m_layouts->watch(*dock);
        m_themes.restore(*dock);
    }
}

MainWindow::~MainWindow() = default;

Dock *MainWindow::addDock(const QString &id, const QString &title, const QString &icon,
                          QWidget *content, const QKeySequence &shortcut)
{
    auto *dock = new Dock(m_theme, id, title, content, this);
    addDockWidget(Qt::TopDockWidgetArea, dock);
    m_docks.append(dock);
    // Hiding and showing is a layout change that can be undone, so the dock's own toggle is not
    // used.
    QAction *toggle = m_commands.addToggle(
        {u"dock."_s + id, title, tr("View"), shortcut, icon}, *this, [this, dock](bool shown) {
            m_layouts->change(shown ? tr("Show %1").arg(dock->windowTitle())
                                    : tr("Hide %1").arg(dock->windowTitle()),
                              [this, dock, shown] { shown ? reveal(*dock) : dock->hide(); });
            if (shown && dock->widget())
                dock->widget()->setFocus(Qt::ShortcutFocusReason);
        });
    connect(dock, &QDockWidget::visibilityChanged, toggle,
            [dock, toggle] { toggle->setChecked(!dock->isHidden()); });
    return dock;
}

/// One that the perspective leaves out has no place yet: it becomes the last column.
void MainWindow::reveal(Dock &dock)
{
    if (!dock.isFloating() && dockWidgetArea(&dock) == Qt::NoDockWidgetArea)
        addDockWidget(Qt::TopDockWidgetArea, &dock, Qt::Horizontal);
    dock.show();
}

void MainWindow::makeDocks(const MapFactory &makeMap)
{
    m_events = new EventsPane(m_session, m_themes.of(u"events"_s), this);
    m_timeline = new TimelinePane(m_session, m_themes.of(u"timeline"_s), this);
    m_inspector = new InspectorPane(m_session, m_themes.of(u"inspector"_s), this);
    m_feed = new FeedPane(m_session, m_themes.of(u"feed"_s), this);
    m_sources = new SourcesPane(m_session, m_themes.of(u"sources"_s), this);
    m_jobs = new JobsPane(m_session, m_themes.of(u"jobs"_s), this);
    m_graph = new GraphPane(m_session, m_themes.of(u"graph"_s), this);
    auto *watchlist = new WatchlistPane(m_session, m_themes.of(u"watchlist"_s), this);
    auto *chart = new ChartPane(m_session, m_themes.of(u"chart"_s), this);
    addDock(u"layers"_s, tr("Layers"), u"layers"_s,
            new LayersPane(m_session, m_themes.of(u"layers"_s), this),
            QKeySequence(u"Ctrl+Shift+L"_s));
    addDock(u"map"_s, tr("Map"), u"globe"_s, makeMap(m_session, m_themes.of(u"map"_s), this),
            QKeySequence(u"Ctrl+Shift+M"_s));
    addDock(u"inspector"_s, tr("Inspector"), u"inspector"_s, m_inspector,
            QKeySequence(u"Ctrl+I"_s));
    addDock(u"events"_s, tr("Events"), u"table"_s, m_events, QKeySequence(u"Ctrl+E"_s));
    addDock(u"timeline"_s, tr("Timeline"), u"timeline"_s, m_timeline, QKeySequence(u"Ctrl+T"_s));
    addDock(u"watchlist"_s, tr("Watchlist"), u"watchlist"_s, watchlist,
            QKeySequence(u"Ctrl+Shift+W"_s));
    addDock(u"chart"_s, tr("Chart"), u"chart"_s, chart, QKeySequence(u"Ctrl+Shift+C"_s));
    addDock(u"calendar"_s, tr("Calendar"), u"calendar"_s,
            new CalendarPane(m_session, m_themes.of(u"calendar"_s), this),
            QKeySequence(u"Ctrl+Alt+K"_s));
    addDock(u"feed"_s, tr("Hourly feed"), u"feed"_s, m_feed, QKeySequence(u"Ctrl+Shift+F"_s));
    addDock(u"sources"_s, tr("Sources"), u"sources"_s, m_sources, QKeySequence(u"Ctrl+Shift+S"_s));
    addDock(u"jobs"_s, tr("Jobs"), u"jobs"_s, m_jobs, QKeySequence(u"Ctrl+Shift+J"_s));
    makeResearchDocks();
    addDock(u"graph"_s, tr("Graph"), u"graph"_s, m_graph, QKeySequence(u"Ctrl+G"_s));
    makeCaseDocks();
    connect(watchlist, &WatchlistPane::currentChanged, chart,
            [watchlist, chart] { chart->show(watchlist->currentRow()); });
    const auto loadSample = [this] { loadSampleWorld(); };
    connect(m_events, &EventsPane::sampleWorldWanted, this, loadSample);
    connect(m_events, &EventsPane::corrected, m_inspector, &InspectorPane::reload);
    connect(m_sources, &SourcesPane::sampleWorldWanted, this, loadSample);
    connect(m_graph, &GraphPane::sampleWorldWanted, this, loadSample);
    connect(watchlist, &WatchlistPane::sampleWorldWanted, this, loadSample);
    makeOracleDocks();
    makeAlertDocks();
    feedTimeline(*watchlist);
    titleDocks(*this, m_docks);
}

Dock *MainWindow::dock(const QString &id) const
{
    for (Dock *dock : m_docks) {
        if (dock->objectName() == id)
            return dock;
    }
    return nullptr;
}

void MainWindow::refreshLiveness()
{
    m_topBar->setAsOf(m_session.focus().asOf(), m_times);
    const Session::State state = m_session.state();
    m_topBar->setLiveness(state == Session::State::Lost    ? Liveness::Lost
                          : state != Session::State::Ready ? Liveness::Connecting
                          : m_session.focus().asOf()       ? Liveness::Replay
                                                           : Liveness::Live);
}

void MainWindow::setZone(TimeZoneChoice zone)
{
    m_times.zone = zone;
    m_settings.setValue(u"window/localTime"_s, zone == TimeZoneChoice::Local);
    m_statusBar->setTimeText(m_times);
    m_timeline->setTimeText(m_times);
    m_events->setTimeText(m_times);
    m_inspector->setTimeText(m_times);
    m_feed->setTimeText(m_times);
    static_cast<CalendarPane *>(dock(u"calendar"_s)->widget())->setTimeText(m_times);
    m_sources->setTimeText(m_times);
    m_jobs->setTimeText(m_times);
    m_graph->setTimeText(m_times);
    m_pins->setTimeText(m_times);
    m_work->setTimeText(m_times);
    m_explain->setTimeText(m_times);
    findChild<ProviderPane *>()->setTimeText(m_times);
    m_alerts->setTimeText(m_times);
    m_ownAlerts->setTimeText(m_times);
    m_hourly->setTimeText(m_times);
    refreshLiveness();
}

void MainWindow::chooseAsOf(const QPoint &rightTop)
{
    auto *popup = new AsOfPopup(m_theme, m_session.focus().asOf(), this);
    connect(popup, &AsOfPopup::chosen, this,
            [this](std::optional<Instant> asOf) { m_session.focus().setAsOf(asOf); });
    popup->openBelow(rightTop);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_layouts->saveSession();
    QMainWindow::closeEvent(event);
}

} // namespace chrona::ui
