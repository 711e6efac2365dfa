// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/workstation.h"

#include "chrona/ui/map/map_view.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "shell/dock.h"
#include "shell/first_run_dialog.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/pictures.h"
#include "shell/tray.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// chronad lies beside this program, in a bundle as in a build folder.
QString servicePath()
{
    const QDir folder(QApplication::applicationDirPath());
    return QFileInfo(folder.filePath(u"chronad"_s)).isExecutable()
               ? folder.filePath(u"chronad"_s)
               : QStandardPaths::findExecutable(u"chronad"_s);
}

workspace::SessionOptions sessionOptions(const WorkstationOptions &options)
{
    workspace::SessionOptions made;
    made.dataFolder = options.dataFolder;
    made.servicePath = servicePath();
    made.version = QApplication::applicationVersion();
    return made;
}

} // namespace

QString workstationSettingsFile()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation))
        .filePath(u"workstation.ini"_s);
}

struct Workstation::Parts {
    Parts(QApplication &app, WorkstationOptions given) :
        application(app), options(std::move(given)),
        // Pictures must not depend on, nor change, how this user left the window.
        settings(options.picturesFolder.isEmpty() ? workstationSettingsFile() : QString(),
                 QSettings::IniFormat),
        session(sessionOptions(options))
    {
        theme.applyTo(app);
        const int look = settings.value(u"window/appearance"_s, 0).toInt();
        theme.setAppearance(static_cast<Appearance>(std::clamp(look, 0, 2)));
        window = std::make_unique<MainWindow>(
            session, theme, settings,
            [](workspace::Session &forMap, const Theme &mapTheme, QWidget *parent) {
                return new MapView(forMap, mapTheme, parent);
            });
        tray = std::make_unique<Tray>(session, theme, nullptr);
    }

    void connectAll();
    void showWindow();
    void quit();
    void offerFirstRun();

    QApplication &application;
    WorkstationOptions options;
    QSettings settings;
    Theme theme;
    workspace::Session session;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<Tray> tray;
    bool hasOfferedFirstRun = false;
};

void Workstation::Parts::connectAll()
{
    QObject::connect(tray.get(), &Tray::windowWanted, window.get(), [this] { showWindow(); });
    QObject::connect(tray.get(), &Tray::quitWanted, window.get(), [this] { quit(); });
    QObject::connect(window.get(), &MainWindow::quitWanted, window.get(), [this] { quit(); });
    QObject::connect(&session, &workspace::Session::statusChanged, window.get(),
                     [this] { offerFirstRun(); });
}

void Workstation::Parts::showWindow()
{
    window->show();
    window->raise();
    window->activateWindow();
}

void Workstation::Parts::quit()
{
    window->layouts().saveSession();
    session.shutdownService();
    QApplication::quit();
}

void Workstation::Parts::offerFirstRun()
{
    const ipc::StatusReply &status = session.status();
    const bool isNew = session.state() == workspace::Session::State::Ready && !status.firstRunDone
                       && status.eventCount == 0;
    if (hasOfferedFirstRun || !isNew || !window->isVisible() || !options.picturesFolder.isEmpty())
        return;
    hasOfferedFirstRun = true;
    FirstRunDialog dialog(theme, window.get());
    dialog.exec();
    if (dialog.choice() == FirstRunDialog::Choice::None)
        return; // asked again next time
    ipc::ConfigSet done;
    done.setting = {"workstation.first_run_done", "true"};
    session.request(std::move(done), window.get(), [](const Result<ipc::Done> &) {});
    if (dialog.choice() == FirstRunDialog::Choice::SampleWorld)
        window->loadSampleWorld();
    else
        window->connectLiveSources();
}

Workstation::Workstation(QApplication &application, WorkstationOptions options) :
    m_parts(std::make_unique<Parts>(application, std::move(options)))
{
}

Workstation::~Workstation() = default;

int Workstation::run()
{
    m_parts->connectAll();
    std::unique_ptr<Pictures> pictures;
    if (m_parts->options.picturesFolder.isEmpty()) {
        m_parts->window->show(); // first, so that nothing waits for the service
        if (Tray::isAvailable())
            m_parts->tray->show();
        else
            QApplication::setQuitOnLastWindowClosed(true); // nothing would be left to open it with
        m_parts->session.open();
    } else {
        m_parts->session.open();
        const auto mapIsDrawn = [window = m_parts->window.get()] {
            const auto *map = qobject_cast<const MapView *>(window->dock(u"map"_s)->widget());
            return !map || !map->isVisible() || map->isSettled();
        };
        pictures = std::make_unique<Pictures>(*m_parts->window, m_parts->session, m_parts->theme,
                                              QDir(m_parts->options.picturesFolder), mapIsDrawn);
        QObject::connect(pictures.get(), &Pictures::finished, qApp,
                         [](int code) { QApplication::exit(code); }, Qt::QueuedConnection);
        pictures->start();
    }
    const int code = QApplication::exec();
    m_parts->window->hide();
    return code;
}

} // namespace chrona::ui
