// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/investigation.h"
#include "shell/command_palette.h"
#include "shell/commands.h"
#include "shell/dock_themes.h"
#include "text/time_text.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QMenu;
class QSettings;

namespace chrona::workspace {
struct FilterNames;
class AlertBook;
class ExposureBook;
class Investigations;
class OracleWatch;
class Session;
} // namespace chrona::workspace

namespace chrona::ui {

class AlertsPane;
class BoardPane;
class CaseListPane;
class Dock;
class EventsPane;
class ExposuresDialog;
class FeedPane;
class GraphPane;
class HourlyPane;
class InspectorPane;
class JobsPane;
class Layouts;
class OracleAlertsPane;
class OracleExplainPane;
class PinsPane;
class ResearchPanes;
class RulesDialog;
class SavedFilters;
class SourcesPane;
class StatusBar;
class Theme;
class TimelinePane;
class TopBar;
class ViewHistory;
class WatchlistPane;
class WorkPane;

/// Makes the widget that the map dock shows, so that the window builds and tests without one.
using MapFactory = std::function<QWidget *(workspace::Session &, const Theme &, QWidget *parent)>;

/// The window: docks, perspectives, commands, undo. Views know the session and nothing of this
/// window; it only docks them and carries the few wishes they signal. UI thread only.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(workspace::Session &session, Theme &theme, QSettings &settings,
               const MapFactory &makeMap);
    ~MainWindow() override;

    [[nodiscard]] Commands &commands() { return m_commands; }
    [[nodiscard]] Layouts &layouts() { return *m_layouts; }
    [[nodiscard]] CommandPalette &commandPalette() { return *m_palette; }
    [[nodiscard]] workspace::Investigations &investigations() { return *m_book; }
    [[nodiscard]] Dock *dock(const QString &id) const;
    [[nodiscard]] const QList<Dock *> &docks() const { return m_docks; }
    [[nodiscard]] ResearchPanes &research() { return *m_research; }
    [[nodiscard]] AlertsPane &ownAlerts() { return *m_ownAlerts; }
    [[nodiscard]] SavedFilters &filters() { return *m_filters; }

    /// Asks the service to do it; what fails is told.
    void loadSampleWorld();
    void connectLiveSources();
    void importFile(const QString &path); ///< shows what is in it and asks what is what
    /// The events of the table, in its order.
    void exportEventsTo(const QString &path);
    /// The current investigation to a .chrona file; what is withheld is told.
    void exportCaseTo(const QString &path);
    void importCaseFrom(const QString &path);
    void readCaseFrom(const QString &path); ///< shows it, stores nothing
    /// The newest day over the current investigation; the ending says in which form.
    void briefCaseTo(const QString &path);

Q_SIGNALS:
    /// Leave the program and stop the service.
    void quitWanted();
    /// Everything that is stored is to lie in that folder.
    void moveDataWanted(const QString &folder);

protected:
    void closeEvent(QCloseEvent *event) override;
    void childEvent(QChildEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    Dock *addDock(const QString &id, const QString &title, const QString &icon, QWidget *content,
                  const QKeySequence &shortcut);
    void reveal(Dock &dock);
    void makeDocks(const MapFactory &makeMap);
    void makeResearchDocks();
    void makeOracleDocks();
    void makeAlertDocks();
    RulesDialog *showAlertRules();
    ExposuresDialog *showExposures();
    void showExplanation();
    /// What other panes know of time goes to the timeline.
    void feedTimeline(WatchlistPane &watchlist);
    void makePerspectives();
    /// Takes all docks out; those named are shown when they are placed.
    void arrangeWorld();
    void arrangeTerminal();
    void arrangeSignals();
    void arrangeBriefing();
    void arrangeGraph();
    void arrangeCase();
    void arrangeOracle();
    void makeCommands();
    void makeTimeCommands();
    void makeViewCommands();
    void makeDataCommands();
    void showSettings();
    void makeTableCommands();
    void jumpTo(const QString &dock);
    // window_case.cpp
    void makeCaseDocks();
    void makeCaseCommands();
    void makePinCommands();
    void addCaseProvider();
    void pinSelection();
    void pinWindow();
    [[nodiscard]] workspace::FilterNames filterNames() const;
    void pinView();
    void pinPlace();
    void pinSignals();
    void pinEntities();
    void pin(std::vector<schema::PinTarget> targets);
    void showTarget(const schema::PinTarget &target);
    void showRegion(const std::string &code);
    void beginInvestigation();
    void exportCase();
    void briefCase();
    void importCase();
    void makeMenus();
    void fillMenus(const std::function<QMenu *(const QString &)> &menu);
    void addPaletteProviders();
    [[nodiscard]] QList<PaletteLine> linesOf(const std::vector<schema::Entity> &entities);
    void showEntity(const schema::Entity &entity);
    void clearSampleWorld();
    void report(const Error &error);
    void refreshLiveness();
    void setZone(TimeZoneChoice zone);
    void chooseAsOf(const QPoint &rightTop);
    void askLayoutName();
    void offerLayouts(QMenu &menu);

    workspace::Session &m_session;
    Theme &m_theme;
    QSettings &m_settings;
    DockThemes m_themes; ///< before what is docked
    TimeText m_times;
    Commands m_commands;
    QList<Dock *> m_docks;
    Layouts *m_layouts;
    ViewHistory *m_views;
    TopBar *m_topBar;
    StatusBar *m_statusBar;
    CommandPalette *m_palette;
    TimelinePane *m_timeline = nullptr;
    EventsPane *m_events = nullptr;
    InspectorPane *m_inspector = nullptr;
    FeedPane *m_feed = nullptr;
    SourcesPane *m_sources = nullptr;
    JobsPane *m_jobs = nullptr;
    SavedFilters *m_filters = nullptr;
    std::unique_ptr<ResearchPanes> m_research;
    GraphPane *m_graph = nullptr;
    workspace::Investigations *m_book = nullptr;
    CaseListPane *m_cases = nullptr;
    PinsPane *m_pins = nullptr;
    BoardPane *m_board = nullptr;
    WorkPane *m_work = nullptr;
    workspace::OracleWatch *m_oracle = nullptr;
    OracleExplainPane *m_explain = nullptr;
    OracleAlertsPane *m_alerts = nullptr;
    workspace::AlertBook *m_alertBook = nullptr;
    workspace::ExposureBook *m_exposureBook = nullptr;
    AlertsPane *m_ownAlerts = nullptr;
    HourlyPane *m_hourly = nullptr;
};

} // namespace chrona::ui
