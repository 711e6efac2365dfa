// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that the main window can be told to do, each once.
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "events/events_pane.h"
#include "graph/graph_pane.h"
#include "inspector/inspector_pane.h"
#include "shell/about_dialog.h"
#include "shell/ask_text.h"
#include "shell/command_palette.h"
#include "shell/dock.h"
#include "shell/edit_actions.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/settings_dialog.h"
#include "shell/status_bar.h"
#include "shell/top_bar.h"
#include "shell/view_history.h"
#include "shell/window_menu.h"
#include "text/names.h"
#include "timeline/timeline_pane.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

constexpr double kZoomStep = 1.1;

/// The dock that the keys go to; nullptr: none.
Dock *dockWithFocus()
{
    for (QWidget *widget = QApplication::focusWidget(); widget; widget = widget->parentWidget())
        if (auto *dock = qobject_cast<Dock *>(widget))
            return dock;
    return nullptr;
}

} // namespace

void MainWindow::makeCommands()
{
    const auto rows = [this] { return m_events->selectedAsText(); };
    auto *edit = new EditActions(m_commands, m_session.undoStack(), *this);
    edit->setCopyOf(*m_events, rows);
    edit->setCopyElsewhere(rows);
    m_commands.add({u"edit.copy"_s, tr("Copy the selected event"), tr("Edit"),
                    QKeySequence(u"Ctrl+Shift+Y"_s), u"table"_s},
                   *this, [this] { QApplication::clipboard()->setText(m_inspector->asText()); });
    m_commands.add({u"edit.clearSelection"_s, tr("Clear the selection"), tr("Edit"),
                    QKeySequence(u"Ctrl+Shift+A"_s), u"close"_s},
                   *this, [this] { m_session.focus().clearSelection(); });
    m_commands.add({u"edit.clearFilter"_s, tr("Clear all filters"), tr("Edit"),
                    QKeySequence(u"Ctrl+Shift+X"_s), u"filter"_s},
                   *this, [this] { m_events->clearFilter(); });
    m_commands.add(
        {u"edit.filter"_s, tr("Filter events"), tr("Edit"), QKeySequence::Find, u"filter"_s}, *this,
        [this] { m_events->editFilter(); });
    makeTimeCommands();
    makeViewCommands();
    makeDataCommands();
    makeTableCommands();
    m_graph->addCommands(m_commands, *this);
    makeCaseCommands();
    m_commands.add({u"help.palette"_s, tr("Command palette…"), tr("Help"),
                    QKeySequence(u"Ctrl+K"_s), u"command"_s},
                   *this, [this] { m_palette->open(); });
    QAction *about =
        m_commands.add({u"help.about"_s, tr("About Chrona"), tr("Help"), {}, u"info"_s}, *this,
                       [this] {
                           auto *dialog = new AboutDialog(m_theme, this);
                           dialog->setAttribute(Qt::WA_DeleteOnClose);
                           dialog->open();
                       });
    about->setMenuRole(QAction::AboutRole);
    QAction *settings = m_commands.add({u"file.settings"_s, tr("Settings…"), tr("File"),
                                        QKeySequence::Preferences, u"more"_s},
                                       *this, [this] { showSettings(); });
    settings->setMenuRole(QAction::PreferencesRole);
    QAction *quit = m_commands.add({u"file.quit"_s, tr("Quit and stop the service"), tr("File"),
                                    QKeySequence::Quit, u"quit"_s},
                                   *this, [this] { Q_EMIT quitWanted(); });
    quit->setMenuRole(QAction::QuitRole);
    m_commands.add(
        {u"file.close"_s, tr("Close the window"), tr("File"), QKeySequence::Close, u"close"_s},
        *this, [this] { close(); });
    addWindowCommands(m_commands, *this);
    m_topBar->setSearchShortcut(m_commands.action(u"help.palette"_s)->shortcut());
}

void MainWindow::makeTimeCommands()
{
    struct Offer {
        QString id, text;
        std::optional<Duration> span;
        QString key;
    };
    const std::array<Offer, 6> offers = {{
        {u"time.day"_s, tr("Last 24 hours of data"), 24h, u"Alt+1"_s},
        {u"time.week"_s, tr("Last 7 days of data"), 168h, u"Alt+2"_s},
        {u"time.month"_s, tr("Last 30 days of data"), 720h, u"Alt+3"_s},
        {u"time.quarter"_s, tr("Last 90 days of data"), 2160h, u"Alt+4"_s},
        {u"time.year"_s, tr("Last year of data"), 8766h, u"Alt+5"_s},
        {u"time.all"_s, tr("All data"), std::nullopt, u"Alt+0"_s},
    }};
    for (const Offer &offer : offers)
        m_commands.add({offer.id, offer.text, tr("Time"), QKeySequence(offer.key), u"clock"_s},
                       *this, [this, span = offer.span] { m_timeline->showLast(span); });
    m_commands.add(
        {u"time.play"_s, tr("Play or pause"), tr("Time"), QKeySequence(u"Ctrl+Space"_s), u"play"_s},
        *this, [this] { m_timeline->togglePlayback(); });
    m_commands.add({u"time.compare"_s,
                    tr("Keep the time window to compare others with it, or let it go"),
                    tr("Time"), {}, u"timeline"_s},
                   *this, [this] { m_timeline->toggleCompared(); });
    m_commands.add({u"time.snap"_s, tr("The timeline's brush snaps to sessions, or not"),
                    tr("Time"), {}, u"timeline"_s},
                   *this, [this] { m_timeline->setSnapping(!m_timeline->view().isSnapping()); });
    m_commands.add({u"time.fit"_s, tr("Zoom the timeline to the window"), tr("Time"),
                    QKeySequence(u"Ctrl+Shift+0"_s), u"fit"_s},
                   *this, [this] {
                       m_views->move(&m_timeline->view(), [this] { m_timeline->zoomToBrush(); });
                   });
    m_commands.add(
        {u"time.asOf"_s, tr("As-of time…"), tr("Time"), QKeySequence(u"Ctrl+Shift+K"_s),
         u"clock"_s},
        *this, [this] {
            chooseAsOf(m_topBar->mapToGlobal(QPoint(m_topBar->width() - 96, m_topBar->height())));
        });
    m_commands.add({u"time.now"_s, tr("As of now"), tr("Time"), {}, u"clock"_s}, *this,
                   [this] { m_session.focus().setAsOf(std::nullopt); });
}

void MainWindow::makeViewCommands()
{
    const auto appearance = [this](const QString &id, const QString &text, Appearance wanted) {
        QAction *action = m_commands.addToggle(
            {id, text, tr("Appearance"), {}, u"theme"_s}, *this, [this, wanted](bool) {
                m_theme.setAppearance(wanted);
                m_settings.setValue(u"window/appearance"_s, static_cast<int>(wanted));
            });
        action->setChecked(m_theme.appearance() == wanted);
        return action;
    };
    auto *looks = new QActionGroup(this);
    looks->addAction(appearance(u"view.system"_s, tr("Follow the system"), Appearance::System));
    looks->addAction(appearance(u"view.dark"_s, tr("Dark"), Appearance::Dark));
    looks->addAction(appearance(u"view.light"_s, tr("Light"), Appearance::Light));
    m_commands.addToggle(
        {u"view.relaxed"_s, tr("Taller rows"), tr("View"), {}, u"table"_s}, *this,
        [this](bool on) { m_events->setDensity(on ? RowDensity::Relaxed : RowDensity::Compact); });
    const auto toggleZone = [this] {
        setZone(m_times.zone == TimeZoneChoice::Utc ? TimeZoneChoice::Local : TimeZoneChoice::Utc);
    };
    m_commands.add({u"view.zone"_s, tr("Switch between UTC and local time"), tr("View"),
                    QKeySequence(u"Ctrl+Shift+U"_s), u"clock"_s},
                   *this, toggleZone);
    connect(m_statusBar, &StatusBar::zoneToggled, this, toggleZone);
    m_commands.add(
        {u"view.fullScreen"_s, tr("Full screen"), tr("View"), QKeySequence::FullScreen, u"fit"_s},
        *this, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    // Factor 0: as it comes.
    const auto zoomBy = [this](double factor) {
        if (Dock *dock = dockWithFocus())
            m_themes.setZoom(*dock,
                             factor > 0 ? m_themes.zoom(dock->objectName()) * factor : 1.0);
    };
    m_commands.add({u"view.zoomIn"_s, tr("Enlarge the view in focus"), tr("View"),
                    QKeySequence::ZoomIn, u"fit"_s},
                   *this, [zoomBy] { zoomBy(kZoomStep); });
    m_commands.add({u"view.zoomOut"_s, tr("Make the view in focus smaller"), tr("View"),
                    QKeySequence::ZoomOut, u"fit"_s},
                   *this, [zoomBy] { zoomBy(1 / kZoomStep); });
    m_commands.add({u"view.zoomReset"_s, tr("The view in focus in its own size"), tr("View"),
                    QKeySequence(u"Ctrl+0"_s), u"fit"_s},
                   *this, [zoomBy] { zoomBy(0); });
    m_commands.add({u"layout.save"_s, tr("Save the layout as…"), tr("Layout"), {}, u"layout"_s},
                   *this, [this] { askLayoutName(); });
    m_commands.add({u"layout.reset"_s, tr("Reset the layout"), tr("Layout"), {}, u"layout"_s},
                   *this, [this] { m_layouts->resetPerspective(); });
}

void MainWindow::makeDataCommands()
{
    m_commands.add({u"data.sample"_s, tr("Load the sample world"), tr("Data"), {}, u"globe"_s},
                   *this, [this] { loadSampleWorld(); });
    m_commands.add(
        {u"data.clearSample"_s, tr("Remove the sample world"), tr("Data"), {}, u"close"_s}, *this,
        [this] { clearSampleWorld(); });
    m_commands.add({u"data.live"_s, tr("Connect live sources"), tr("Data"), {}, u"sources"_s},
                   *this, [this] { connectLiveSources(); });
}

void MainWindow::report(const Error &error)
{
    const FailureText text = failureText(error);
    // A sheet over this window: nothing waits for it, and what comes meanwhile is shown.
    auto *box = new QMessageBox(QMessageBox::Warning, tr("That did not work"), text.cause,
                                QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(text.remedy);
    box->setDetailedText(fromUtf8(describe(error)));
    box->open();
}

void MainWindow::loadSampleWorld()
{
    QAction *action = m_commands.action(u"data.sample"_s);
    action->setEnabled(false); // the jobs view shows how far it is
    m_session.request(
        ipc::DemoLoad{}, this,
        [this, action](const Result<ipc::DemoReport> &reply) {
            action->setEnabled(true);
            statusBar()->clearMessage();
            if (!reply)
                report(reply.error());
        },
        [this](const ipc::Progress &progress) {
            statusBar()->showMessage(
                progress.total > 0 ? tr("Loading the sample world: %1 of %2")
                                         .arg(countText(progress.done), countText(progress.total))
                                   : tr("Loading the sample world"));
        });
}

void MainWindow::clearSampleWorld()
{
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Remove the sample world?"),
        tr("Everything that is marked synthetic is removed. It can be loaded again at any time."),
        QMessageBox::Yes | QMessageBox::No, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box->button(QMessageBox::Yes), &QPushButton::clicked, this, [this] {
        m_session.request(ipc::DemoClear{}, this, [this](const Result<ipc::DemoReport> &reply) {
            if (!reply)
                report(reply.error());
        });
    });
    box->open();
}

void MainWindow::connectLiveSources()
{
    ipc::ConfigSet set;
    set.setting = {"sources.live", "true"};
    m_session.request(std::move(set), this, [this](const Result<ipc::Done> &reply) {
        if (!reply)
            report(reply.error());
    });
    dock(u"sources"_s)->show();
    dock(u"sources"_s)->raise();
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_theme, m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::appearanceChosen, this, [this](Appearance wanted) {
        const QString id = wanted == Appearance::Dark    ? u"view.dark"_s
                           : wanted == Appearance::Light ? u"view.light"_s
                                                         : u"view.system"_s;
        m_commands.action(id)->trigger();
    });
    const auto ask = [this, dialog](std::function<void()> then) {
        m_session.request(ipc::ConfigGet{}, dialog,
                          [dialog, then = std::move(then)](const Result<ipc::ConfigReply> &reply) {
                              if (reply)
                                  dialog->setValues(reply->settings);
                              then();
                          });
    };
    connect(dialog, &SettingsDialog::changed, this,
            [this, dialog, ask](const QString &key, const QString &value) {
                ipc::ConfigSet set;
                set.setting = {key.toStdString(), value.toStdString()};
                m_session.request(std::move(set), dialog,
                                  [dialog, ask, key](const Result<ipc::Done> &done) {
                                      if (done)
                                          return;
                                      ask([dialog, key, why = done.error()] {
                                          dialog->showFailure(key, why);
                                      });
                                  });
            });
    const ipc::StatusReply &status = m_session.status();
    dialog->setPlace(fromUtf8(status.dataFolder),
                     status.folderBytes > 0 ? QLocale().formattedDataSize(status.folderBytes)
                                            : QString());
    connect(dialog, &SettingsDialog::moveWanted, this, [this, dialog] {
        const QString to = QFileDialog::getExistingDirectory(
            dialog, tr("An empty folder for the data"), {}, QFileDialog::ShowDirsOnly);
        if (!to.isEmpty())
            Q_EMIT moveDataWanted(to);
    });
    ask([] {});
    dialog->open();
}

void MainWindow::askLayoutName()
{
    askText(*this, {tr("Save the layout"), tr("Name of the layout")},
            [this](const QString &name) { m_layouts->saveAs(name); });
}

} // namespace chrona::ui
