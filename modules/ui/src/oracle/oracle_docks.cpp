// SPDX-License-Identifier: AGPL-3.0-or-later
// The window's part of the oracle: its docks, and where they go in their perspective.
#include "chrona/workspace/session.h"
#include "oracle/accuracy_pane.h"
#include "oracle/competition_pane.h"
#include "oracle/oracle_alerts_pane.h"
#include "oracle/oracle_explain_pane.h"
#include "oracle/oracle_feeds_pane.h"
#include "oracle/oracle_ledger_pane.h"
#include "oracle/oracle_venues_pane.h"
#include "oracle/provider_pane.h"
#include "oracle/round_clock_pane.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

void MainWindow::makeOracleDocks()
{
    m_oracle = new workspace::OracleWatch(m_session, this);
    auto *clock = new RoundClockPane(*m_oracle, m_session, m_themes.of(u"rounds"_s), this);
    auto *feeds = new OracleFeedsPane(*m_oracle, m_session, m_themes.of(u"oracleFeeds"_s), this);
    auto *venues = new OracleVenuesPane(*m_oracle, m_session, m_themes.of(u"venues"_s), this);
    m_explain = new OracleExplainPane(*m_oracle, m_session, m_themes.of(u"explain"_s), this);
    m_alerts = new OracleAlertsPane(*m_oracle, m_session, m_themes.of(u"oracleAlerts"_s), this);
    addDock(u"rounds"_s, tr("Round clock"), u"clock"_s, clock, QKeySequence(u"Ctrl+Alt+R"_s));
    addDock(u"oracleFeeds"_s, tr("Feeds"), u"oracle"_s, feeds, QKeySequence(u"Ctrl+Alt+F"_s));
    addDock(u"venues"_s, tr("Venues"), u"table"_s, venues, QKeySequence(u"Ctrl+Alt+V"_s));
    addDock(u"explain"_s, tr("Explanation"), u"info"_s, m_explain, QKeySequence(u"Ctrl+Alt+Y"_s));
    addDock(u"oracleAlerts"_s, tr("Oracle alerts"), u"warning"_s, m_alerts,
            QKeySequence(u"Ctrl+Alt+A"_s));
    auto *ledger = new OracleLedgerPane(*m_oracle, m_session, m_themes.of(u"submissions"_s), this);
    addDock(u"submissions"_s, tr("Submissions"), u"link"_s, ledger, QKeySequence());
    addDock(u"provider"_s, tr("Provider"), u"organization"_s,
            new ProviderPane(*m_oracle, m_session, m_themes.of(u"provider"_s), this),
            QKeySequence());
    addDock(u"competition"_s, tr("Competition"), u"table"_s,
            new CompetitionPane(*m_oracle, m_session, m_themes.of(u"competition"_s), this),
            QKeySequence());
    addDock(u"accuracy"_s, tr("Accuracy"), u"table"_s,
            new AccuracyPane(*m_oracle, m_session, m_theme, this), QKeySequence());
    connect(feeds, &OracleFeedsPane::currentFeedChanged, m_explain, &OracleExplainPane::setFeed);
    for (OraclePane *pane :
         {static_cast<OraclePane *>(clock), static_cast<OraclePane *>(feeds),
          static_cast<OraclePane *>(venues), static_cast<OraclePane *>(m_explain),
          static_cast<OraclePane *>(m_alerts)})
        connect(pane, &OraclePane::sampleWorldWanted, this, [this] { loadSampleWorld(); });
}

void MainWindow::arrangeOracle()
{
    m_layouts->clear();
    Dock *rounds = dock(u"rounds"_s);
    Dock *feeds = dock(u"oracleFeeds"_s);
    Dock *venues = dock(u"venues"_s);
    Dock *explain = dock(u"explain"_s);
    Dock *alerts = dock(u"oracleAlerts"_s);
    Dock *ledger = dock(u"submissions"_s);
    Dock *provider = dock(u"provider"_s);
    Dock *competition = dock(u"competition"_s);
    Dock *accuracy = dock(u"accuracy"_s);
    Dock *timeline = dock(u"timeline"_s);
    addDockWidget(Qt::TopDockWidgetArea, rounds);
    splitDockWidget(rounds, explain, Qt::Horizontal);
    splitDockWidget(rounds, feeds, Qt::Vertical);
    const bool isWide = width() >= 2'000; // both tables beside each other, with all their columns
    splitDockWidget(feeds, venues, isWide ? Qt::Horizontal : Qt::Vertical);
    splitDockWidget(explain, alerts, Qt::Vertical);
    tabifyDockWidget(explain, provider);
    tabifyDockWidget(alerts, ledger);
    tabifyDockWidget(ledger, accuracy);
    tabifyDockWidget(accuracy, competition);
    addDockWidget(Qt::BottomDockWidgetArea, timeline);
    for (Dock *dock : {rounds, feeds, venues, explain, provider, alerts, ledger, accuracy,
                       competition, timeline})
        dock->show();
    explain->raise();
    alerts->raise();
    const int side = std::clamp(width() * 18 / 100, 380, 480);
    const int rest = std::max(560, width() - side);
    resizeDocks({rounds, explain}, {rest, side}, Qt::Horizontal);
    const int tall = std::max(360, height() - 62 - 104 - 132);
    if (isWide) {
        resizeDocks({rounds, feeds}, {104, tall}, Qt::Vertical);
        resizeDocks({feeds, venues}, {rest / 2, rest / 2}, Qt::Horizontal);
    } else {
        resizeDocks({rounds, feeds, venues}, {104, tall * 45 / 100, tall * 55 / 100},
                    Qt::Vertical);
    }
    resizeDocks({explain, alerts}, {tall * 7 / 10, tall * 3 / 10}, Qt::Vertical);
    resizeDocks({rounds, timeline}, {104, 132}, Qt::Vertical);
}

} // namespace chrona::ui
