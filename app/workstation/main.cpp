// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/endpoint.h"
#include "chrona/ui/languages.h"
#include "chrona/ui/workstation.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QSettings>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

/// The catalogs lie in the program, with Qt's own texts (dialogs, shortcuts) where they were there
/// when it was built; else those come from Qt's installation.
void speak(const QLocale &locale)
{
    const auto install = [](const QLocale &of, const QString &name, const QString &folder) {
        auto *translator = new QTranslator(qApp);
        const bool isThere = translator->load(of, name, u"_"_s, folder);
        if (isThere)
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
        return isThere;
    };
    // English first: its plurals hold where the wanted language has no catalog.
    install(QLocale(QLocale::English), u"chrona"_s, u":/translations"_s);
    if (!install(locale, u"qtbase"_s, u":/translations"_s))
        install(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(locale, u"chrona"_s, u":/translations"_s);
}

/// Before the command line is parsed: its own texts are translated too. Without the option, the
/// language that was chosen in the settings, else the system's.
QLocale wantedLocale(const QStringList &arguments)
{
    for (qsizetype at = 1; at < arguments.size(); ++at) {
        if (arguments[at] == "--language"_L1 && at + 1 < arguments.size())
            return QLocale(arguments[at + 1]);
        if (arguments[at].startsWith("--language="_L1))
            return QLocale(arguments[at].section(u'=', 1));
    }
    const QSettings settings(chrona::ui::workstationSettingsFile(), QSettings::IniFormat);
    const QString chosen = settings.value(u"window/language"_s).toString();
    return chosen.isEmpty() ? QLocale() : QLocale(chosen);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"chrona"_s); // names the folder of the settings
    const QLocale locale = wantedLocale(QApplication::arguments());
    QLocale::setDefault(locale);
    speak(locale);
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
    const QCommandLineOption language(
        u"language"_s,
        QApplication::translate("main", "Speak this language instead of the system's: %1.")
            .arg(chrona::ui::spokenLanguages().join(u", "_s)),
        u"code"_s);
    parser.addOptions({data, pictures, language});
    parser.addPositionalArgument(
        u"file"_s,
        QApplication::translate("main",
                                "Open this file: an investigation, a table, a graph, tiles."),
        u"[file]"_s);
    parser.process(application);

    chrona::ui::WorkstationOptions options;
    options.dataFolder = parser.isSet(data)
                             ? std::filesystem::path(parser.value(data).toStdString())
                             : chrona::ipc::defaultDataFolder();
    options.picturesFolder = parser.value(pictures);
    options.file = parser.positionalArguments().value(0);
    chrona::ui::Workstation workstation(application, options);
    return workstation.run();
}
