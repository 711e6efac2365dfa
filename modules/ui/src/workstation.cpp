// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/workstation.h"

#include "chrona/ui/map/map_view.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "shell/data_mover.h"
#include "shell/dock.h"
#include "shell/file_door.h"
#include "shell/first_run_dialog.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/pictures.h"
#include "shell/tray.h"
#include "text/names.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QMessageBox>
#include <QProcess>
#include <QProgressDialog>
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
    void takeFirstRun(const FirstRunDialog &dialog);
    void moveData(const QString &folder);
    void startAgain(const std::filesystem::path &data, const Status &outcome);

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
    QObject::connect(window.get(), &MainWindow::moveDataWanted, window.get(),
                     [this](const QString &folder) { moveData(folder); });
    QObject::connect(&session, &workspace::Session::statusChanged, window.get(),
                     [this] { offerFirstRun(); });
}

void Workstation::Parts::showWindow()
{
    window->show();
    window->raise();
    window->activateWindow();
}

/// The service ends first; whatever comes of the move, Chrona starts again where the data are then.
void Workstation::Parts::moveData(const QString &folder)
{
    window->layouts().saveSession();
    const std::filesystem::path from = session.status().dataFolder;
    auto *progress = new QProgressDialog(QCoreApplication::translate("Workstation",
                                                                     "The service is ending…"),
                                         QCoreApplication::translate("Workstation", "Stop"), 0, 0,
                                         window.get());
    progress->setWindowModality(Qt::WindowModal);
    progress->setMinimumDuration(0);
    progress->setAutoClose(false);
    progress->show();
    auto *mover = new DataMover(from, folder.toStdString(), window.get());
    QObject::connect(progress, &QProgressDialog::canceled, mover, [mover] { mover->stop(); });
    const auto show = [progress](quint64 done, quint64 all) {
        const QLocale locale;
        progress->setLabelText(
            QCoreApplication::translate("Workstation", "Moved %1 of %2")
                .arg(locale.formattedDataSize(static_cast<qint64>(done)),
                     locale.formattedDataSize(static_cast<qint64>(all))));
        progress->setMaximum(1000);
        progress->setValue(all > 0 ? static_cast<int>(done * 1000 / all) : 0);
    };
    QObject::connect(mover, &DataMover::progressed, progress, show);
    QObject::connect(mover, &DataMover::finished, window.get(),
                     [this, mover, from, folder] {
                         const Status &outcome = mover->outcome();
                         startAgain(outcome ? std::filesystem::path(folder.toStdString()) : from,
                                    outcome);
                     });
    session.shutdownService();
    mover->start();
}

void Workstation::Parts::startAgain(const std::filesystem::path &data, const Status &outcome)
{
    const auto again = [data] {
        QProcess::startDetached(QApplication::applicationFilePath(),
                                {u"--data"_s, QString::fromStdString(data.string())});
        QApplication::quit();
    };
    if (outcome)
        return again();
    auto *box = new QMessageBox(QMessageBox::Warning,
                                QCoreApplication::translate("Workstation", "Nothing was moved"),
                                failureText(outcome.error()).cause, QMessageBox::Ok, window.get());
    box->setInformativeText(fromUtf8(describe(outcome.error())));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(box, &QDialog::finished, window.get(), again);
    box->open();
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
    auto *dialog = new FirstRunDialog(theme, window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::finished, window.get(),
                     [this, dialog] { takeFirstRun(*dialog); });
    dialog->open();
}

void Workstation::Parts::takeFirstRun(const FirstRunDialog &dialog)
{
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
        if (!m_parts->options.file.isEmpty())
            m_parts->window->findChild<FileDoor *>()->open(m_parts->options.file);
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
