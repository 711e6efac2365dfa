// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/pictures.h"

#include "briefing/briefing_pane.h"
#include "briefing/pages_view.h"
#include "case/board_pane.h"
#include "chrona/base/log.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/event_groups.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/events_pane.h"
#include "graph/graph_pane.h"
#include "market/chart_pane.h"
#include "shell/about_dialog.h"
#include "shell/as_of_popup.h"
#include "shell/dock.h"
#include "shell/first_run_dialog.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/pane.h"
#include "shell/research_panes.h"
#include "shell/settings_dialog.h"
#include "signals/signals_pane.h"

#include <QApplication>
#include <QDialog>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// Rounds of the event loop in which nothing was loading: texts asked for while painting come
/// after.
constexpr int kCalmRounds = 12;

/// What has not come by then will not come: the picture shows how it is.
constexpr std::chrono::minutes kPatience{2};

} // namespace

Pictures::Pictures(MainWindow &window, workspace::Session &session, Theme &theme,
                   const QDir &folder, std::function<bool()> mapIsDrawn)
    : m_window(window), m_session(session), m_theme(theme), m_folder(folder),
      m_mapIsDrawn(std::move(mapIsDrawn))
{
}

void Pictures::add(const QString &name, std::function<void()> prepare,
                   std::function<QWidget *()> subject)
{
    m_shots.push_back({name, std::move(prepare), std::move(subject)});
}

void Pictures::plan()
{
    add({}, [this] {
        m_theme.setAppearance(Appearance::Dark);
        m_window.resize(1440, 900);
    });
    planTheme(u"dark"_s);
    add({}, [this] { m_theme.setAppearance(Appearance::Light); });
    planTheme(u"light"_s);
    planLarge(u"dark-2560x1440"_s, Appearance::Dark);
    planLarge(u"light-2560x1440"_s, Appearance::Light);
}

void Pictures::planLarge(const QString &suffix, Appearance appearance)
{
    add({}, [this, appearance] {
        m_theme.setAppearance(appearance);
        m_window.resize(2560, 1440);
    });
    for (const Perspective &perspective : m_window.layouts().perspectives())
        add(perspective.id + u'-' + suffix, [this, id = perspective.id] {
            m_window.layouts().showPerspective(id);
            m_window.layouts().resetPerspective();
        });
}

void Pictures::planTheme(const QString &suffix)
{
    const auto named = [&suffix](const char *view) {
        return QString::fromLatin1(view) + u'-' + suffix;
    };
    add(named("world"), [this] {
        m_session.focus().clearSelection();
        m_window.layouts().showPerspective(u"world"_s);
        m_window.layouts().resetPerspective();
        m_window.commands().action(u"time.all"_s)->trigger();
    });
    add({}, [this] { m_window.commands().action(u"time.quarter"_s)->trigger(); });
    add(named("world-selection"), [this] { selectSomething(); });
    auto *events = qobject_cast<EventsPane *>(m_window.dock(u"events"_s)->widget());
    add(named("world-groups"), [events] { events->groupBy(workspace::GroupBy::Country); });
    add({}, [events] { events->groupBy(std::nullopt); });
    add(named("terminal"), [this] {
        m_window.layouts().showPerspective(u"terminal"_s);
        m_window.layouts().resetPerspective();
    });
    planAlerts(suffix);
    planResearch(suffix);
    planGraph(suffix);
    add(named("case"), [this] {
        m_window.layouts().showPerspective(u"case"_s);
        m_window.layouts().resetPerspective();
        workspace::Investigations &book = m_window.investigations();
        if (!book.current() && !book.list().empty())
            book.show(book.list().front().id);
    });
    add(named("case-hypothesis"), [this] {
        const workspace::Investigation *current = m_window.investigations().current();
        const auto claims = current ? current->items(schema::CaseItemKind::Hypothesis)
                                    : std::vector<const schema::CaseItem *>();
        if (auto *board = qobject_cast<BoardPane *>(m_window.dock(u"board"_s)->widget());
            !claims.empty())
            board->open(claims.front()->id);
    });
    add(named("case-canvas"), [this] { m_window.commands().action(u"case.canvas"_s)->trigger(); });
    add({}, [this] { m_window.commands().action(u"case.canvas"_s)->trigger(); });
    add(named("oracle"), [this] {
        m_window.layouts().showPerspective(u"oracle"_s);
        m_window.layouts().resetPerspective();
    });
    add(named("palette"), [this] { m_window.commandPalette().open(u"la"_s); });
    add({}, [this] { m_window.commandPalette().dismiss(); });
    planOver(suffix);
    for (const Dock *dock : m_window.docks())
        add(u"dock-"_s + dock->objectName() + u'-' + suffix, {}, [dock]() -> QWidget * {
            // One behind a tab lies outside of what is seen.
            return dock->visibleRegion().isEmpty() ? nullptr : const_cast<Dock *>(dock);
        });
    const auto dialog = [this](auto make) {
        return [this, make]() -> QWidget * {
            QWidget *made = make();
            made->setParent(&m_window, Qt::Dialog);
            made->setAttribute(Qt::WA_DeleteOnClose);
            made->show();
            return made;
        };
    };
    add(named("about"), {}, dialog([this] { return new AboutDialog(m_theme, &m_window); }));
    const auto settings = [this] { return m_window.findChild<SettingsDialog *>(); };
    add({}, [this] { m_window.commands().action(u"file.settings"_s)->trigger(); });
    add(
        named("settings"), [settings] { settings()->showPage(2); },
        [settings]() -> QWidget * { return settings(); });
    // Each picture of a dialog closes it.
    add({}, [this] { m_window.commands().action(u"file.settings"_s)->trigger(); });
    add(
        named("settings-place"), [settings] { settings()->showPage(6); },
        [settings]() -> QWidget * { return settings(); });
    add(named("first-run"), {}, dialog([this] { return new FirstRunDialog(m_theme, &m_window); }));
}

void Pictures::planAlerts(const QString &suffix)
{
    add(u"explanation-"_s + suffix, [this] {
        auto *chart = qobject_cast<ChartPane *>(m_window.dock(u"chart"_s)->widget());
        Q_EMIT chart->explainWanted(u"SPY"_s);
    });
    add({}, [this] { m_window.layouts().resetPerspective(); });
    const auto dialog = [this]() -> QDialog * {
        for (auto *one : m_window.findChildren<QDialog *>())
            if (one->isVisible())
                return one;
        return nullptr;
    };
    for (const auto &[action, name] : {std::pair{u"alerts.rules"_s, u"alert-rules-"_s},
                                       std::pair{u"exposures.edit"_s, u"exposures-"_s}})
        add(
            name + suffix, [this, action] { m_window.commands().action(action)->trigger(); },
            [dialog]() -> QWidget * { return dialog(); });
}

void Pictures::planResearch(const QString &suffix)
{
    ResearchPanes &panes = m_window.research();
    const auto enter = [this](const QString &perspective) {
        return [this, perspective] {
            m_window.layouts().showPerspective(perspective);
            m_window.layouts().resetPerspective();
        };
    };
    add(u"signals-"_s + suffix, enter(u"signals"_s));
    add(u"signals-compared-"_s + suffix, [&panes] { panes.signalList->chooseRows({0, 1}); });
    add(u"signals-refused-"_s + suffix, [&panes] {
        panes.signalList->chooseRows({0});
        panes.signalList->open(SignalsPane::Refused);
    });
    add({}, [&panes] { panes.signalList->open(SignalsPane::Found); });
    add(u"briefing-"_s + suffix, enter(u"briefing"_s));
    add(u"briefing-sentence-"_s + suffix, [&panes] { panes.briefing->view().step(1); });
}

void Pictures::planGraph(const QString &suffix)
{
    auto *graph = qobject_cast<GraphPane *>(m_window.dock(u"graph"_s)->widget());
    add(u"graph-"_s + suffix, [this] {
        m_session.focus().clearSelection();
        m_window.layouts().showPerspective(u"graph"_s);
        m_window.layouts().resetPerspective();
    });
    add(u"graph-node-"_s + suffix, [graph] {
        // The node that is painted last is the most important one.
        const workspace::GraphState &state = graph->model().state();
        graph::NodeIndex most = 0;
        for (graph::NodeIndex node = 0; node < state.size(); ++node)
            if (state.facts->nodes[node].evidence > state.facts->nodes[most].evidence)
                most = node;
        if (state.size() > 0)
            graph->explorer().select({most}, most);
    });
    add(u"graph-communities-"_s + suffix,
        [graph] { graph->view().setColouring(GraphColouring::Community); });
    add({}, [this, graph] {
        graph->view().setColouring(GraphColouring::Kind);
        m_window.resize(2560, 1440);
    });
    add(u"graph-2560x1440-"_s + suffix, [graph] { graph->view().fit(); });
    add({}, [this] { m_window.resize(1440, 900); });
}

void Pictures::selectSomething()
{
    // The most severe event with a place among those that are shown: something to look at.
    const auto visible = m_session.selector().visible();
    const schema::EventColumns &columns = visible->snapshot->columns;
    qint64 best = 0;
    int severity = -1;
    for (const std::uint32_t row : visible->rows) {
        const bool hasPlace = columns.flags[row] & schema::EventColumns::kHasPlace;
        if (hasPlace && columns.severity[row] > severity) {
            severity = columns.severity[row];
            best = columns.id[row];
        }
    }
    if (best != 0)
        m_session.focus().select({best}, best);
}

void Pictures::start()
{
    if (!m_folder.mkpath(u"."_s)) {
        Q_EMIT finished(1);
        return;
    }
    plan();
    m_window.show();
    next();
}

void Pictures::next()
{
    if (m_at >= m_shots.size()) {
        Q_EMIT finished(m_hasFailed ? 1 : 0);
        return;
    }
    if (m_shots[m_at].prepare)
        m_shots[m_at].prepare();
    m_calmRounds = 0;
    m_sinceAsked.start();
    poll();
}

QString Pictures::awaited() const
{
    if (m_session.state() != workspace::Session::State::Ready)
        return u"the service"_s;
    if (!m_session.selector().isSettled())
        return u"the choice of events"_s;
    if (!m_mapIsDrawn())
        return u"the map"_s;
    const auto *graph = qobject_cast<GraphPane *>(m_window.dock(u"graph"_s)->widget());
    if (graph->isVisible() && !graph->isSettled())
        return u"the graph"_s;
    for (const Dock *dock : m_window.docks())
        if (dock->isVisible() && dock->pane() && dock->pane()->state() == Pane::State::Loading)
            return dock->objectName();
    return {};
}

void Pictures::poll()
{
    // A turn of the event loop each time, so that answers and paints come between.
    const QString missing = awaited();
    m_calmRounds = missing.isEmpty() ? m_calmRounds + 1 : 0;
    if (m_calmRounds < kCalmRounds && m_sinceAsked.durationElapsed() < kPatience) {
        QTimer::singleShot(16, this, &Pictures::poll);
        return;
    }
    if (m_calmRounds < kCalmRounds) {
        log::error("pictures", "{} is drawn although it still waits for {}",
                   m_shots[m_at].name.toStdString(), missing.toStdString());
        m_hasFailed = true;
    }
    take();
    ++m_at;
    next();
}

void Pictures::take()
{
    const Shot &shot = m_shots[m_at];
    if (shot.name.isEmpty())
        return;
    QWidget *subject = shot.subject ? shot.subject() : &m_window;
    if (!subject)
        return;
    const QString path = m_folder.filePath(shot.name + u".png"_s);
    const QPixmap picture = subject == &m_window ? windowAsSeen() : subject->grab();
    if (picture.save(path)) {
        m_written += path;
    } else {
        log::error("pictures", "cannot write {}", path.toStdString());
        m_hasFailed = true;
    }
    if (subject != &m_window && subject->isWindow())
        subject->close();
}

} // namespace chrona::ui
