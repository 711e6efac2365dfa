// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the docks of research go: Terminal, Signals and Briefing.
#include "briefing/briefing_pane.h"
#include "briefing/days_pane.h"
#include "briefing/evidence_pane.h"
#include "briefing/notes_pane.h"
#include "briefing/top_pane.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"
#include "signals/elevated_pane.h"
#include "signals/evidence_pane.h"
#include "signals/signals_pane.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kBars = 62; ///< top and status bar together
constexpr int kTimeline = 132;

} // namespace

void MainWindow::makeResearchDocks()
{
    m_research = std::make_unique<ResearchPanes>(m_session, m_themes, m_settings, *this);
    ResearchPanes &panes = *m_research;
    addDock(u"signals"_s, tr("Signals"), u"signals"_s, panes.signalList,
            QKeySequence(u"Ctrl+Alt+S"_s));
    addDock(u"signal-evidence"_s, tr("Evidence of the signal"), u"chart"_s, panes.signalEvidence,
            {});
    addDock(u"elevated"_s, tr("Signals elevated now"), u"signals"_s, panes.elevated, {});
    addDock(u"briefing"_s, tr("Briefing"), u"briefing"_s, panes.briefing,
            QKeySequence(u"Ctrl+Shift+B"_s));
    addDock(u"briefing-days"_s, tr("Sections and days"), u"calendar"_s, panes.days, {});
    addDock(u"briefing-evidence"_s, tr("Evidence of the sentence"), u"link"_s, panes.evidence, {});
    addDock(u"briefing-notes"_s, tr("Notes on the briefing"), u"briefing"_s, panes.notes, {});
    addDock(u"briefing-top"_s, tr("Briefing in short"), u"briefing"_s, panes.top, {});
    connect(m_research.get(), &ResearchPanes::signalsWanted, this,
            [this] { m_layouts->showPerspective(u"signals"_s); });
    connect(m_research.get(), &ResearchPanes::briefingWanted, this,
            [this] { m_layouts->showPerspective(u"briefing"_s); });
    panes.addCommands(m_commands, *this);
}

void MainWindow::arrangeTerminal()
{
    m_layouts->clear();
    Dock *watchlist = dock(u"watchlist"_s);
    Dock *elevated = dock(u"elevated"_s);
    Dock *chart = dock(u"chart"_s);
    Dock *top = dock(u"briefing-top"_s);
    Dock *hourly = dock(u"hourly"_s);
    Dock *feed = dock(u"feed"_s);
    Dock *calendar = dock(u"calendar"_s);
    Dock *alerts = dock(u"alerts"_s);
    Dock *sources = dock(u"sources"_s);
    Dock *jobs = dock(u"jobs"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, watchlist);
    splitDockWidget(watchlist, chart, Qt::Horizontal);
    splitDockWidget(chart, hourly, Qt::Horizontal);
    splitDockWidget(watchlist, elevated, Qt::Vertical);
    splitDockWidget(chart, top, Qt::Vertical);
    splitDockWidget(hourly, calendar, Qt::Vertical);
    splitDockWidget(calendar, alerts, Qt::Vertical);
    tabifyDockWidget(hourly, feed);
    tabifyDockWidget(alerts, sources);
    tabifyDockWidget(sources, jobs);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    for (Dock *dock :
         {watchlist, elevated, chart, top, hourly, feed, calendar, alerts, sources, jobs, timeline})
        dock->show();
    hourly->raise();
    alerts->raise();
    // Tables get what their columns say, sentences what they fill; the chart takes what is more.
    const int list = std::clamp(width() * 30 / 100, 520, 760);
    const int side = std::clamp(width() * 21 / 100, 380, 540);
    const int rest = std::max(400, width() - list - side);
    resizeDocks({watchlist, chart, hourly}, {list, rest, side}, Qt::Horizontal);
    const int tall = std::max(320, height() - kBars - kTimeline);
    const int low = std::clamp(tall * 4 / 10, 200, 360);
    resizeDocks({watchlist, elevated}, {tall - low, low}, Qt::Vertical);
    resizeDocks({chart, top}, {tall - low, low}, Qt::Vertical);
    resizeDocks({hourly, calendar, alerts}, {tall * 35 / 100, tall * 30 / 100, tall * 35 / 100},
                Qt::Vertical);
    resizeDocks({watchlist, timeline}, {tall - low, kTimeline}, Qt::Vertical);
}

void MainWindow::arrangeSignals()
{
    m_layouts->clear();
    Dock *list = dock(u"signals"_s);
    Dock *evidence = dock(u"signal-evidence"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, list);
    splitDockWidget(list, evidence, Qt::Horizontal);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    for (Dock *dock : {list, evidence, timeline})
        dock->show();
    // The list needs its columns; on a wide screen the charts take what is more.
    const int wide = std::clamp(width() * 45 / 100, 480, 1100);
    resizeDocks({list, evidence}, {wide, std::max(400, width() - wide)}, Qt::Horizontal);
    resizeDocks({list, timeline}, {std::max(320, height() - kBars - kTimeline), kTimeline},
                Qt::Vertical);
}

void MainWindow::arrangeBriefing()
{
    m_layouts->clear();
    Dock *days = dock(u"briefing-days"_s);
    Dock *page = dock(u"briefing"_s);
    Dock *evidence = dock(u"briefing-evidence"_s);
    Dock *inspector = dock(u"inspector"_s);
    Dock *notes = dock(u"briefing-notes"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, days);
    splitDockWidget(days, page, Qt::Horizontal);
    splitDockWidget(page, evidence, Qt::Horizontal);
    splitDockWidget(evidence, inspector, Qt::Vertical);
    splitDockWidget(inspector, notes, Qt::Vertical);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    for (Dock *dock : {days, page, evidence, inspector, notes, timeline})
        dock->show();
    const int side = std::clamp(width() * 24 / 100, 320, 480);
    resizeDocks({days, page, evidence}, {220, std::max(480, width() - 220 - side), side},
                Qt::Horizontal);
    const int tall = std::max(320, height() - kBars - kTimeline);
    resizeDocks({evidence, inspector, notes}, {tall * 5 / 10, tall * 3 / 10, tall * 2 / 10},
                Qt::Vertical);
    resizeDocks({page, timeline}, {tall, kTimeline}, Qt::Vertical);
}

} // namespace chrona::ui
