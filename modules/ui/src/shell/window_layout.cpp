// SPDX-License-Identifier: AGPL-3.0-or-later
// Where docks go in each perspective, and the menus.
#include "chrona/workspace/session.h"
#include "graph/graph_pane.h"
#include "shell/command_palette.h"
#include "shell/dock.h"
#include "shell/edit_actions.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/meaning_search.h"
#include "shell/research_panes.h"
#include "shell/saved_filters.h"
#include "shell/tab_order.h"
#include "shell/top_bar.h"
#include "shell/window_menu.h"
#include "text/known_names.h"
#include "text/names.h"

#include <QActionGroup>
#include <QChildEvent>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr std::uint32_t kEntitiesOffered = 20;

QString perspectiveIcon(const QString &id)
{
    return id == "world"_L1 ? u"globe"_s : id; // the others' icons have their names
}

/// Its lines end where the window is narrow; on a wide one they need not.
int inspectorWidth(int window)
{
    return std::clamp(window * 18 / 100, 340, 460);
}

} // namespace

void MainWindow::makePerspectives()
{
    m_layouts->addPerspective({u"world"_s, tr("World"), [this] { arrangeWorld(); }});
    m_layouts->addPerspective({u"terminal"_s, tr("Terminal"), [this] { arrangeTerminal(); }});
    m_layouts->addPerspective({u"graph"_s, tr("Graph"), [this] { arrangeGraph(); }});
    m_layouts->addPerspective({u"signals"_s, tr("Signals"), [this] { arrangeSignals(); }});
    m_layouts->addPerspective(
        {u"briefing"_s, tr("Briefing"), [this] { arrangeBriefing(); }, u"timeline"_s});
    m_layouts->addPerspective({u"case"_s, tr("Case"), [this] { arrangeCase(); }});
    m_layouts->addPerspective(
        {u"oracle"_s, tr("Oracle"), [this] { arrangeOracle(); }, u"timeline"_s});
    auto *group = new QActionGroup(this);
    QList<QAction *> actions;
    int number = 1;
    for (const Perspective &perspective : m_layouts->perspectives()) {
        QAction *action = m_commands.addToggle(
            {u"perspective."_s + perspective.id, perspective.name, tr("Perspective"),
             QKeySequence(u"Ctrl+%1"_s.arg(number++)),
             perspectiveIcon(perspective.id)},
            *this, [this, id = perspective.id](bool) { m_layouts->showPerspective(id); });
        action->setToolTip(tr("%1 (%2)").arg(
            perspective.name, action->shortcut().toString(QKeySequence::NativeText)));
        group->addAction(action);
        actions += action;
    }
    m_topBar->setPerspectives(actions);
    connect(m_layouts, &Layouts::currentChanged, this, [this](const QString &id) {
        if (QAction *action = m_commands.action(u"perspective."_s + id))
            action->setChecked(true);
    });
}

/// Qt makes a bar wherever docks come to share a place, and gives it no name.
void MainWindow::childEvent(QChildEvent *event)
{
    QMainWindow::childEvent(event);
    if (auto *bar = event->polished() ? qobject_cast<QTabBar *>(event->child()) : nullptr)
        bar->setAccessibleName(tr("Views that share a place"));
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return moveTabFocus(*this, next);
}

void MainWindow::arrangeWorld()
{
    m_layouts->clear();
    Dock *layers = dock(u"layers"_s);
    Dock *map = dock(u"map"_s);
    Dock *inspector = dock(u"inspector"_s);
    Dock *events = dock(u"events"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, layers);
    splitDockWidget(layers, map, Qt::Horizontal);
    splitDockWidget(map, inspector, Qt::Horizontal);
    addDockWidget(Qt::BottomDockWidgetArea, events, Qt::Vertical);
    splitDockWidget(events, timeline, Qt::Vertical);
    for (Dock *dock : {layers, map, inspector, events, timeline})
        dock->show();
    const int side = inspectorWidth(width());
    const int rest = std::max(400, width() - 220 - side);
    resizeDocks({layers, map, inspector}, {220, rest, side}, Qt::Horizontal);
    const int tall = std::max(240, height() - 62 - 206 - 132);
    resizeDocks({map, events, timeline}, {tall, 206, 132}, Qt::Vertical);
}

void MainWindow::arrangeGraph()
{
    m_layouts->clear();
    Dock *graph = dock(u"graph"_s);
    Dock *inspector = dock(u"inspector"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, graph);
    splitDockWidget(graph, inspector, Qt::Horizontal);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    for (Dock *dock : {graph, inspector, timeline})
        dock->show();
    const int side = inspectorWidth(width());
    resizeDocks({graph, inspector}, {std::max(480, width() - side), side}, Qt::Horizontal);
    resizeDocks({graph, timeline}, {std::max(320, height() - 62 - 132), 132}, Qt::Vertical);
}

void MainWindow::fillMenus(const std::function<QMenu *(const QString &)> &menu)
{
    const auto add = [this](QMenu *to, std::initializer_list<QString> ids) {
        for (const QString &id : ids) {
            if (id.isEmpty())
                to->addSeparator();
            else if (QAction *action = m_commands.action(id))
                to->addAction(action);
        }
    };
    add(menu(tr("File")), {u"file.settings"_s, {}, u"file.close"_s, {}, u"file.quit"_s});
    QMenu *edit = menu(tr("Edit"));
    add(edit, {u"edit.undo"_s, u"edit.redo"_s, {}, u"edit.cut"_s, u"edit.copyHere"_s,
               u"edit.paste"_s, u"edit.selectAll"_s, {}, u"edit.copyRows"_s, u"edit.copy"_s,
               u"edit.clearSelection"_s, {}, u"edit.filter"_s, u"edit.clearFilter"_s,
               u"edit.saveFilter"_s});
    connect(edit, &QMenu::aboutToShow, findChild<EditActions *>(), &EditActions::refresh);
    QMenu *view = menu(tr("View"));
    for (const Perspective &perspective : m_layouts->perspectives())
        add(view, {u"perspective."_s + perspective.id});
    view->addSeparator();
    for (Dock *dock : std::as_const(m_docks))
        add(view, {u"dock."_s + dock->objectName()});
    add(view, {{}, u"jump.map"_s, u"jump.graph"_s, u"jump.timeline"_s});
    add(view, {{}, u"view.system"_s, u"view.dark"_s, u"view.light"_s, {}, u"view.relaxed"_s,
               u"view.zone"_s, {}, u"view.zoomIn"_s, u"view.zoomOut"_s, u"view.zoomReset"_s, {},
               u"view.fullScreen"_s});
    add(menu(tr("Time")), {u"time.day"_s, u"time.week"_s, u"time.month"_s, u"time.quarter"_s,
                           u"time.year"_s, u"time.all"_s, {}, u"time.play"_s, u"time.fit"_s,
                           u"time.compare"_s, u"time.snap"_s, {},
                           u"time.asOf"_s, u"time.now"_s});
    QMenu *graph = menu(tr("Graph"));
    for (QAction *action : m_commands.all())
        if (action->objectName().startsWith("graph."_L1))
            graph->addAction(action);
    QMenu *layout = menu(tr("Layout"));
    connect(layout, &QMenu::aboutToShow, this, [this, layout, add] {
        layout->clear();
        add(layout, {u"layout.save"_s, u"layout.reset"_s});
        offerLayouts(*layout);
    });
    add(layout, {u"layout.save"_s, u"layout.reset"_s});
    add(menu(tr("Research")), {u"signals.search"_s, {}, u"briefing.previous"_s,
                               u"briefing.next"_s, u"briefing.make"_s, {}, u"briefing.pdf"_s,
                               u"briefing.letter"_s, u"briefing.html"_s, u"briefing.markdown"_s,
                               u"briefing.json"_s, {}, u"alerts.rules"_s, u"alerts.filter"_s,
                               u"exposures.edit"_s});
    add(menu(tr("Data")), {u"data.import"_s, u"data.eventsCsv"_s, {}, u"data.mapPng"_s,
                           u"data.mapPdf"_s, u"data.mapGeoJson"_s, {}, u"data.sample"_s,
                           u"data.clearSample"_s, {}, u"data.live"_s});
    add(menu(tr("Case")),
        {u"case.new"_s, u"case.note"_s, u"case.hypothesis"_s, {}, u"case.pin"_s,
         u"case.pinWindow"_s, u"case.pinView"_s, u"case.pinPlace"_s, u"case.pinEntities"_s,
         u"case.pinSignal"_s, u"case.pinNodes"_s, u"case.caption"_s, u"case.unpin"_s, {},
         u"case.tags"_s, u"case.snapshot"_s, u"case.decide"_s, u"case.search"_s, {},
         u"case.export"_s, u"case.brief"_s,
         u"case.read"_s, u"case.import"_s, {},
         u"case.close"_s,
         u"case.archive"_s});
    fillWindowMenu(*menu(tr("Window")), m_commands, *this, *m_book,
                   [this](schema::InvestigationId id) {
                       m_book->show(id);
                       m_layouts->showPerspective(u"case"_s);
                   });
    add(menu(tr("Help")), {u"help.palette"_s, {}, u"help.about"_s});
}

void MainWindow::makeMenus()
{
#ifdef Q_OS_MACOS
    fillMenus([this](const QString &title) { return menuBar()->addMenu(title); });
#else
    // Forty pixels of bar are enough: the menus live behind the brand.
    auto *main = new QMenu(this);
    fillMenus([main](const QString &title) { return main->addMenu(title); });
    m_topBar->setMenu(main);
    m_commands.add({u"help.menu"_s, tr("Main menu"), tr("Help"), QKeySequence(Qt::Key_F10), {}},
                   *this, [this] { m_topBar->openMenu(); });
#endif
}

void MainWindow::offerLayouts(QMenu &menu)
{
    const QStringList names = m_layouts->names();
    if (names.isEmpty())
        return;
    menu.addSeparator();
    for (const QString &name : names)
        menu.addAction(name, this, [this, name] { m_layouts->restore(name); });
    QMenu *remove = menu.addMenu(tr("Delete"));
    for (const QString &name : names)
        remove->addAction(name, this, [this, name] { m_layouts->remove(name); });
}

void MainWindow::addPaletteProviders()
{
    addCaseProvider();
    auto *meaning = new MeaningSearch(m_session, this);
    connect(meaning, &MeaningSearch::failed, this, &MainWindow::report);
    connect(meaning, &MeaningSearch::told, this,
            [this](const QString &words) { statusBar()->showMessage(words, 8000); });
    m_palette->addProvider(
        [meaning](const QString &query, const CommandPalette::Deliver &deliver) {
            deliver(meaning->linesFor(query));
        });
    m_palette->addProvider([this](const QString &query, const CommandPalette::Deliver &deliver) {
        deliver(m_filters->linesFor(query));
    });
    m_palette->addProvider([this](const QString &query, const CommandPalette::Deliver &deliver) {
        QList<PaletteLine> lines;
        for (const QString &name : m_layouts->names()) {
            if (name.contains(query, Qt::CaseInsensitive))
                lines.append({tr("Layout"),
                              name,
                              {},
                              u"layout"_s,
                              {},
                              [this, name] { m_layouts->restore(name); },
                              0.6});
        }
        deliver(lines);
    });
    m_palette->addProvider([this](const QString &query, const CommandPalette::Deliver &deliver) {
        deliver(m_research->linesFor(query));
    });
    m_palette->addProvider([this](const QString &query, const CommandPalette::Deliver &deliver) {
        ipc::EntityQuery wanted;
        wanted.text = query.toStdString();
        wanted.limit = kEntitiesOffered;
        const auto take = [this, deliver](const Result<ipc::EntityQueryReply> &reply) {
            if (reply)
                deliver(linesOf(reply->entities));
        };
        m_session.request(std::move(wanted), this, take);
        // The service knows countries and topics by their own names; a person types theirs.
        ipc::EntityQuery known;
        for (const std::string &key : keysCalled(query, kEntitiesOffered))
            known.ids.push_back(schema::entityIdFor(key));
        if (!known.ids.empty())
            m_session.request(std::move(known), this, take);
    });
}

QList<PaletteLine> MainWindow::linesOf(const std::vector<schema::Entity> &entities)
{
    QList<PaletteLine> lines;
    double score = 0.5; // below what commands reach; the service has ordered them
    for (const schema::Entity &entity : entities) {
        const bool isPlace = entity.location.has_value();
        lines.append({isPlace ? tr("Place") : tr("Entity"),
                      entityName(entity.key, entity.name),
                      fromUtf8(entity.key),
                      isPlace ? u"pin"_s : u"entity"_s,
                      {},
                      [this, entity] { showEntity(entity); },
                      score});
        score -= 0.01;
    }
    return lines;
}

void MainWindow::showEntity(const schema::Entity &entity)
{
    if (m_layouts->current() == "graph"_L1)
        m_graph->add({ipc::GraphNodeKind::Entity, entity.id.value});
    // Its newest event becomes the selection: every view then shows where and when that is.
    ipc::EventQuery query;
    query.entity = entity.key;
    query.asOf = m_session.focus().asOf();
    query.limit = 200;
    m_session.request(std::move(query), this, [this](const Result<ipc::EventQueryReply> &reply) {
        if (!reply) {
            report(reply.error());
            return;
        }
        QSet<qint64> ids;
        for (const schema::Event &event : reply->events)
            ids.insert(event.id.value);
        m_session.focus().select(ids, reply->events.empty() ? 0 : reply->events.front().id.value);
    });
}

} // namespace chrona::ui
