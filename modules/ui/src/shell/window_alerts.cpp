// SPDX-License-Identifier: AGPL-3.0-or-later
// The window's part of alerts and of the hourly update.
#include "alerts/alerts_pane.h"
#include "alerts/rules_dialog.h"
#include "briefing/explain_pane.h"
#include "briefing/hourly_pane.h"
#include "case/pins_pane.h"
#include "chrona/workspace/exposure_book.h"
#include "chrona/workspace/hourly_watch.h"
#include "exposures/exposures_dialog.h"
#include "market/chart_pane.h"
#include "shell/dock.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

void MainWindow::makeAlertDocks()
{
    auto *explanation = new ExplainPane(m_session, m_themes.of(u"explanation"_s), this);
    addDock(u"explanation"_s, tr("Explanation of a move"), u"info"_s, explanation,
            QKeySequence(u"Ctrl+Alt+X"_s));
    connect(qobject_cast<ChartPane *>(dock(u"chart"_s)->widget()), &ChartPane::explainWanted,
            explanation, [this, explanation](const QString &symbol) {
                showExplanation();
                explanation->explain(symbol);
            });
    m_alertBook = new workspace::AlertBook(m_session, this);
    auto *hours = new workspace::HourlyWatch(m_session, this);
    m_ownAlerts = new AlertsPane(*m_alertBook, m_session, m_themes.of(u"alerts"_s), this);
    m_hourly = new HourlyPane(*hours, m_session, m_themes.of(u"hourly"_s), this);
    addDock(u"alerts"_s, tr("Alerts"), u"warning"_s, m_ownAlerts, QKeySequence(u"Ctrl+Alt+L"_s));
    addDock(u"hourly"_s, tr("Hourly update"), u"clock"_s, m_hourly, QKeySequence(u"Ctrl+Alt+H"_s));
    connect(m_ownAlerts, &AlertsPane::rulesWanted, this, [this] { showAlertRules(); });
    connect(m_ownAlerts, &AlertsPane::signalWanted, m_research.get(), &ResearchPanes::showSignal);
    connect(m_hourly, &HourlyPane::signalWanted, m_research.get(), &ResearchPanes::showSignal);
    m_commands.add({u"alerts.rules"_s, tr("Alert rules…"), tr("Alerts"), {}, u"warning"_s}, *this,
                   [this] { showAlertRules(); });
    m_commands.add(
        {u"alerts.filter"_s, tr("Alert me of what is filtered…"), tr("Alerts"), {}, u"warning"_s},
        *this, [this] { showAlertRules()->beginFromFilter(); });
    m_commands.add(
        {u"alerts.pin"_s, tr("Alert me of what comes to the pin…"), tr("Alerts"), {}, u"pin"_s},
        *this, [this] { m_pins->alertOfCurrent(); });
    m_exposureBook = new workspace::ExposureBook(m_session, this);
    m_commands.add({u"exposures.edit"_s, tr("Exposures: what moves what…"), tr("Alerts"), {},
                    u"link"_s},
                   *this, [this] { showExposures(); });
}

/// Over the briefing in short, below the chart, where that is shown.
void MainWindow::showExplanation()
{
    Dock *explanation = dock(u"explanation"_s);
    Dock *top = dock(u"briefing-top"_s);
    const bool hasNoPlace =
        !explanation->isFloating() && dockWidgetArea(explanation) == Qt::NoDockWidgetArea;
    if (hasNoPlace && !top->isHidden() && !top->isFloating())
        tabifyDockWidget(top, explanation);
    reveal(*explanation);
    explanation->raise();
}

ExposuresDialog *MainWindow::showExposures()
{
    auto *dialog = new ExposuresDialog(*m_exposureBook, m_session, m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

RulesDialog *MainWindow::showAlertRules()
{
    auto *dialog = new RulesDialog(*m_alertBook, m_session, m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

} // namespace chrona::ui
