// SPDX-License-Identifier: AGPL-3.0-or-later
// From the views of the world into an investigation, and back.
#include "case/pins_pane.h"
#include "chrona/geo/mercator.h"
#include "chrona/ui/map/map_view.h"
#include "chrona/workspace/filter_language.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/events_pane.h"
#include "graph/graph_pane.h"
#include "inspector/inspector_pane.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"
#include "signals/signal_words.h"
#include "signals/signals_pane.h"
#include "text/names.h"
#include "timeline/timeline_pane.h"

#include <QLocale>
#include <QStatusBar>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::PinKind;
using schema::PinTarget;

namespace {

constexpr qsizetype kPinsAtOnceMax = 50;

} // namespace

void MainWindow::makePinCommands()
{
    const QString group = tr("Case");
    QAction *selection = m_commands.add(
        {u"case.pin"_s, tr("Pin the selection"), group, QKeySequence(u"Ctrl+D"_s), u"pin"_s}, *this,
        [this] { pinSelection(); });
    QAction *view =
        m_commands.add({u"case.pinView"_s, tr("Pin the map view"), group, {}, u"layers"_s}, *this,
                       [this] { pinView(); });
    QAction *window = m_commands.add(
        {u"case.pinWindow"_s, tr("Pin the time window and filter"), group, {}, u"clock"_s}, *this,
        [this] { pinWindow(); });
    m_commands.add({u"case.pinPlace"_s, tr("Pin the event's region"), group, {}, u"globe"_s}, *this,
                   [this] { pinPlace(); });
    m_commands.add(
        {u"case.pinEntities"_s, tr("Pin what the event names"), group, {}, u"entity"_s}, *this,
        [this] { pinEntities(); });
    QAction *found = m_commands.add(
        {u"case.pinSignal"_s, tr("Pin the chosen signals"), group, {}, u"signals"_s}, *this,
        [this] { pinSignals(); });
    m_commands.add({u"case.pinNodes"_s, tr("Pin the chosen nodes of the graph"), group, {},
                    u"graph"_s},
                   *this, [this] {
                       auto targets = m_graph->chosenTargets();
                       if (targets.empty() || targets.size() > std::size_t{kPinsAtOnceMax})
                           return statusBar()->showMessage(
                               targets.empty() ? tr("Choose entities or events of the graph first.")
                                               : tr("At most %1 are pinned at once.")
                                                     .arg(countText(kPinsAtOnceMax)),
                               5000);
                       pin(std::move(targets));
                   });
    m_commands.add(
        {u"case.unpin"_s, tr("Unpin what is selected among the pins"), group, {}, u"close"_s},
        *this, [this] { m_pins->removeSelected(); });
    const auto offer = [](QWidget &widget, std::initializer_list<QAction *> actions) {
        widget.setContextMenuPolicy(Qt::ActionsContextMenu);
        widget.addActions(actions);
    };
    offer(m_events->table(), {selection, m_commands.action(u"edit.copy"_s)});
    offer(*dock(u"map"_s)->widget(), {selection, view});
    offer(*m_timeline, {window});
    offer(*m_research->signalList, {found});
}

void MainWindow::pin(std::vector<PinTarget> targets)
{
    if (targets.empty())
        return;
    if (!m_book->current())
        m_book->create(tr("Untitled investigation"));
    const std::size_t added = m_book->pin(tr("Pin"), std::move(targets));
    const QString title = m_book->current()->title();
    statusBar()->showMessage(
        m_book->current()->isArchived()
            ? tr("“%1” is archived: open it again to pin to it.").arg(title)
        : added == 0 ? tr("Pinned to “%1” already").arg(title)
                     : tr("%1 pinned to “%2”").arg(countText(static_cast<qint64>(added)), title),
        5000);
}

void MainWindow::pinSelection()
{
    QList<qint64> events = m_session.focus().selection().values();
    std::ranges::sort(events);
    if (events.size() > kPinsAtOnceMax) {
        statusBar()->showMessage(tr("%1 events are selected; at most %2 are pinned at once.")
                                     .arg(countText(events.size()), countText(kPinsAtOnceMax)),
                                 5000);
        return;
    }
    std::vector<PinTarget> targets;
    for (const qint64 event : std::as_const(events)) {
        PinTarget target;
        target.id = event;
        const auto title = m_session.texts().title(event);
        target.label = (title && !title->isEmpty() ? *title : tr("Event %1").arg(event))
                           .left(500)
                           .toStdString();
        targets.push_back(std::move(target));
    }
    pin(std::move(targets));
}

void MainWindow::pinSignals()
{
    std::vector<PinTarget> targets;
    for (const ipc::SignalEntry &signal : m_research->signalList->chosen()) {
        PinTarget target;
        target.kind = PinKind::Signal;
        target.id = signal.id.value;
        target.key = signal.feature + " > " + signal.target;
        target.label = pairText(signal).left(500).toStdString();
        targets.push_back(std::move(target));
    }
    pin(std::move(targets));
}

void MainWindow::pinPlace()
{
    if (!m_inspector->shown() || m_inspector->shown()->event.region.empty())
        return;
    PinTarget target;
    target.kind = PinKind::Region;
    target.key = target.label = m_inspector->shown()->event.region;
    pin({std::move(target)});
}

/// Topics are entities whose key says so.
void MainWindow::pinEntities()
{
    if (!m_inspector->shown())
        return;
    std::vector<PinTarget> targets;
    for (const schema::Entity &entity : m_inspector->shown()->entities) {
        PinTarget target;
        target.kind = entity.key.starts_with("topic:") ? PinKind::Topic : PinKind::Entity;
        target.id = entity.id.value;
        target.key = entity.key;
        target.label = entity.name.empty() ? entity.key : entity.name;
        targets.push_back(std::move(target));
    }
    pin(std::move(targets));
}

workspace::FilterNames MainWindow::filterNames() const
{
    const auto snapshot = m_session.events().snapshot();
    return snapshot ? workspace::FilterNames{snapshot->regions, snapshot->sources}
                    : workspace::FilterNames{};
}

void MainWindow::pinWindow()
{
    const workspace::EventCriteria &criteria = m_session.focus().criteria();
    const workspace::EventFilter &filter = criteria.filter;
    PinTarget target;
    target.begin = criteria.window.begin;
    target.end = criteria.window.end;
    if (!(criteria.window.begin < criteria.window.end))
        return;
    QString label =
        tr("%1 to %2").arg(m_times.date(criteria.window.begin), m_times.date(criteria.window.end));
    // With a filter it is what one looked for, not only when.
    target.kind = filter == workspace::EventFilter{} ? PinKind::Window : PinKind::Search;
    if (target.kind == PinKind::Search) {
        target.types = filter.types;
        target.box = filter.box;
        workspace::EventFilter rest = filter; // types and box stand beside the words
        rest.types = ~0U;
        rest.box.reset();
        target.query = workspace::filterText(rest, filterNames()).toStdString();
        label = tr("Filtered, %1").arg(label);
    }
    target.label = label.toStdString();
    pin({std::move(target)});
}

void MainWindow::pinView()
{
    const auto *map = qobject_cast<const MapView *>(dock(u"map"_s)->widget());
    if (!map)
        return;
    const MapCamera camera = map->camera();
    const double wide = std::min(camera.right() - camera.left(), 1.0);
    const schema::GeoPoint northWest = geo::unproject({camera.left(), std::max(camera.top(), 0.0)});
    const schema::GeoPoint southEast =
        geo::unproject({camera.left() + wide, std::min(camera.bottom(), 1.0)});
    const auto within = [](double longitude) { return std::remainder(longitude, 360); };
    PinTarget target;
    target.kind = PinKind::MapView;
    target.box = wide >= 1 ? schema::GeoBox{-180, southEast.latitude, 180, northWest.latitude}
                           : schema::GeoBox{within(northWest.longitude), southEast.latitude,
                                            within(southEast.longitude), northWest.latitude};
    target.begin = m_session.focus().window().begin;
    target.end = m_session.focus().window().end;
    if (!(*target.begin < *target.end))
        target.begin = target.end = std::nullopt;
    const schema::GeoPoint middle = geo::unproject(camera.centre);
    target.label = tr("Map around %1° N, %2° E")
                       .arg(QLocale().toString(middle.latitude, 'f', 1),
                            QLocale().toString(within(middle.longitude), 'f', 1))
                       .toStdString();
    pin({std::move(target)});
}

void MainWindow::showRegion(const std::string &code)
{
    const auto snapshot = m_session.events().snapshot();
    workspace::EventFilter filter = m_session.focus().filter();
    filter.regions.clear();
    for (qsizetype i = 0; i < snapshot->regions.size(); ++i)
        if (snapshot->regions[i].startsWith(fromUtf8(code)))
            filter.regions.push_back(static_cast<std::uint16_t>(i));
    m_session.focus().setFilter(filter);
}

void MainWindow::showTarget(const PinTarget &target)
{
    workspace::Focus &focus = m_session.focus();
    if (target.begin && target.end)
        focus.setWindow({*target.begin, *target.end});
    switch (target.kind) {
    case PinKind::Event: focus.select({target.id}, target.id); break;
    case PinKind::Entity:
    case PinKind::Topic: {
        ipc::EntityQuery query;
        query.ids = {schema::entityIdFor(target.key)};
        m_session.request(std::move(query), this,
                          [this](const Result<ipc::EntityQueryReply> &reply) {
                              if (!reply)
                                  report(reply.error());
                              else if (!reply->entities.empty())
                                  showEntity(reply->entities.front());
                          });
        break;
    }
    case PinKind::Region: showRegion(target.key); break;
    case PinKind::Search: {
        // A region or source that is not here any more: then the words are looked for elsewhere.
        const auto typed = workspace::parseFilter(fromUtf8(target.query), filterNames());
        workspace::EventFilter filter = typed.value_or(workspace::EventFilter{});
        filter.types &= target.types;
        filter.box = target.box;
        focus.setFilter(filter);
        if (!typed)
            m_palette->open(fromUtf8(target.query));
        break;
    }
    case PinKind::MapView:
        m_layouts->showPerspective(u"world"_s);
        if (auto *map = qobject_cast<MapView *>(dock(u"map"_s)->widget()); map && target.box)
            map->fitTo(*target.box);
        break;
    case PinKind::Signal: m_research->showSignal(target.id); break;
    case PinKind::Window: break;
    }
}

} // namespace chrona::ui
