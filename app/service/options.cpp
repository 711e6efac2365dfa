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
        {u"role"_s, u"collector: listen to venues for a service on another host."_s, u"ROLE"_s},
        {u"port"_s, u"Of a collector: the port that the service dials."_s, u"PORT"_s, u"7444"_s},
        {u"this-machine"_s, u"Of a collector: be dialled from this machine only."_s},
        {u"pairing"_s, u"Of a collector: print the line that pairs a service with it, and end."_s},
        {u"log-level"_s, u"debug, info, warning or error."_s, u"LEVEL"_s, u"info"_s},
        {u"foreground"_s, u"Write the log to stderr too."_s},
    });
}

/// What only a collector has; none for the service itself.
Result<std::optional<service::CollectorOptions>>
collectorFrom(const QCommandLineParser &parser, const service::ServiceOptions &options)
{
    const QString role = parser.value(u"role"_s);
    if (role.isEmpty()) {
        if (parser.isSet(u"port"_s) || parser.isSet(u"pairing"_s) ||
            parser.isSet(u"this-machine"_s))
            return fail(ErrorCode::InvalidInput, "that goes with --role collector");
        return std::nullopt;
    }
    if (role != u"collector"_s)
        return fail(ErrorCode::InvalidInput, "--role must be collector");
    bool isNumber = false;
    service::CollectorOptions collector;
    collector.port = parser.value(u"port"_s).toUShort(&isNumber);
    if (!isNumber)
        return fail(ErrorCode::InvalidInput, "--port must be a number up to 65535");
    collector.dataFolder = options.dataFolder;
    collector.pluginsFolder = options.pluginsFolder;
    collector.version = options.version;
    collector.logLevel = options.logLevel;
    collector.logToStderr = options.logToStderr;
    collector.onlyThisMachine = parser.isSet(u"this-machine"_s);
    return collector;
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
    auto collector = collectorFrom(parser, command.options);
    if (!collector)
        return std::unexpected(collector.error());
    command.collector = std::move(*collector);
    command.printsPairing = parser.isSet(u"pairing"_s);
    return command;
}

} // namespace chrona::app
