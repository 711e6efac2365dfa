// SPDX-License-Identifier: AGPL-3.0-or-later
#include "options.h"

#include "../plugins_folder.h"

#include "chrona/ipc/endpoint.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace chrona::app {
namespace {

Result<log::Level> levelFrom(const QString &word)
{
    if (word == "debug"_L1)
        return log::Level::Debug;
    if (word == "info"_L1)
        return log::Level::Info;
    if (word == "warning"_L1)
        return log::Level::Warning;
    if (word == "error"_L1)
        return log::Level::Error;
    return fail(ErrorCode::InvalidInput, "--log-level must be debug, info, warning or error");
}

void describeOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"The background service of Chrona."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {{u"data"_s, u"data-dir"_s},
         u"The data folder; default: $CHRONA_DATA_DIR, else the user's own."_s,
         u"DIR"_s},
        {u"database"_s, u"A Postgres to use instead of a private one."_s, u"CONNECTION"_s},
        {u"upgrade-database"_s,
         u"Move the private database to the newest Postgres installed, and end. The service must "
         u"not be running."_s},
        {u"plugins"_s, u"The folder with connectors."_s, u"DIR"_s},
        {u"log-level"_s, u"debug, info, warning or error."_s, u"LEVEL"_s, u"info"_s},
        {u"foreground"_s, u"Write the log to stderr too."_s},
    });
}

} // namespace

Result<CommandLine> readCommandLine(const QStringList &words)
{
    QCommandLineParser parser;
    describeOptions(parser);
    if (!parser.parse(words))
        return fail(ErrorCode::InvalidInput, parser.errorText().toStdString(),
                    "see chronad --help");
    if (!parser.positionalArguments().isEmpty())
        return fail(ErrorCode::InvalidInput, "chronad takes options only", "see chronad --help");
    CommandLine command;
    if (parser.isSet(u"help"_s))
        command.text = parser.helpText().toStdString();
    if (parser.isSet(u"version"_s))
        command.text = "chronad " CHRONA_VERSION "\n";
    const auto level = levelFrom(parser.value(u"log-level"_s));
    if (!level)
        return std::unexpected(level.error());
    const std::string data = parser.value(u"data"_s).toStdString();
    std::optional<std::string> plugins;
    if (parser.isSet(u"plugins"_s))
        plugins = parser.value(u"plugins"_s).toStdString();
    command.options.dataFolder =
        data.empty() ? ipc::defaultDataFolder() : std::filesystem::absolute(data);
    command.options.pluginsFolder =
        pluginsFolder(QCoreApplication::applicationDirPath().toStdString(), plugins);
    command.options.database = parser.value(u"database"_s).toStdString();
    command.options.version = CHRONA_VERSION;
    command.options.logLevel = *level;
    command.upgradesDatabase = parser.isSet(u"upgrade-database"_s);
    command.options.logToStderr = parser.isSet(u"foreground"_s);
    return command;
}

} // namespace chrona::app
