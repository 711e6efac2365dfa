// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/endpoint.h"
#include "chrona/ui/workstation.h"

#include <QApplication>
#include <QCommandLineParser>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"chrona"_s);
    QApplication::setApplicationDisplayName(u"Chrona"_s);
    QApplication::setApplicationVersion(QStringLiteral(CHRONA_VERSION));
    QApplication::setQuitOnLastWindowClosed(false); // the tray icon stays

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Chrona, a desktop investigation workstation."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(
        u"data"_s, QApplication::translate("main", "Use the data in this folder."), u"folder"_s);
    const QCommandLineOption pictures(
        u"pictures"_s,
        QApplication::translate("main", "Draw every view into files in this folder and quit."),
        u"folder"_s);
    parser.addOptions({data, pictures});
    parser.process(application);

    chrona::ui::WorkstationOptions options;
    options.dataFolder = parser.isSet(data)
                             ? std::filesystem::path(parser.value(data).toStdString())
                             : chrona::ipc::defaultDataFolder();
    options.picturesFolder = parser.value(pictures);
    chrona::ui::Workstation workstation(application, options);
    return workstation.run();
}
