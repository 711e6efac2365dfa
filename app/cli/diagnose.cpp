// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "redaction.h"
#include "service_link.h"
#include "words.h"

#include <QFile>
#include <QSaveFile>
#include <QSysInfo>

#include <format>
#include <unistd.h>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr qint64 kLogBytesMax = 256 << 10;

constexpr OptionSpec kDiagnoseOptions[] = {
    {"out", "FILE", "write the bundle there instead of stdout"},
};

/// The end of the service's log, from the first whole line.
std::string logTail(const std::filesystem::path &dataFolder)
{
    QFile file(QString::fromStdString((dataFolder / "log" / "chronad.log").string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const bool cut = file.size() > kLogBytesMax;
    if (cut) {
        file.seek(file.size() - kLogBytesMax);
        file.readLine();
    }
    return file.readAll().toStdString();
}

void writeSystem(JsonWriter &json)
{
    json.key("system")
        .beginObject()
        .member("name", QSysInfo::prettyProductName().toStdString())
        .member("kernel", QSysInfo::kernelVersion().toStdString())
        .member("architecture", QSysInfo::currentCpuArchitecture().toStdString())
        .member("qt", qVersion())
        .member("processors", ::sysconf(_SC_NPROCESSORS_ONLN))
        .endObject();
}

void writeService(JsonWriter &json, const ipc::StatusReply &status, const Redaction &redaction)
{
    json.key("service")
        .beginObject()
        .member("version", status.version)
        .member("uptime_seconds", secondsOf(status.uptime))
        .member("database_state", wordFor(status.database.state))
        .member("database_version", status.database.serverVersion)
        .member("database_problem", redaction.clean(status.database.problem))
        .member("schema_version", status.database.schemaVersion)
        .member("size_bytes", status.database.sizeBytes)
        .member("event_count", status.eventCount)
        .member("free_disk_bytes", status.freeDiskBytes)
        .member("memory_bytes", status.memoryBytes)
        .member("pressure", status.pressure)
        .key("queues")
        .beginArray();
    for (const auto &queue : status.queues)
        json.beginObject()
            .member("name", queue.name)
            .member("ready", queue.ready)
            .member("dead", queue.dead)
            .endObject();
    json.endArray().key("connectors").beginArray();
    for (const auto &connector : status.connectors)
        json.beginObject()
            .member("source", connector.source)
            .member("state", toString(connector.state))
            .member("last_error", redaction.clean(connector.lastError))
            .endObject();
    json.endArray().endObject();
}

/// Everything that helps and nothing that is anybody's business. Works without a service too: that
/// is when it is needed most.
std::string bundle(Invocation &invocation)
{
    const Redaction redaction = Redaction::forThisUser(invocation.dataFolder);
    std::string document;
    JsonWriter json(document);
    json.beginObject().member("chronactl", CHRONA_VERSION);
    writeSystem(json);
    if (auto link = ServiceLink::open(invocation)) {
        if (const auto status = link->request(ipc::StatusRequest{}))
            writeService(json, *status, redaction);
        else
            json.member("service_problem", redaction.clean(describe(status.error())));
    } else {
        json.member("service_problem", "not reachable");
    }
    json.member("log", redaction.clean(logTail(invocation.dataFolder))).endObject();
    return document + "\n";
}

ExitCode runDiagnose(Invocation &invocation)
{
    if (!invocation.arguments.positionals().empty())
        return invocation.usage("diagnose takes options only");
    const std::string document = bundle(invocation);
    const auto out = invocation.arguments.value("out");
    if (!out) {
        invocation.out() << document;
        return ExitCode::Done;
    }
    QSaveFile file(QString::fromStdString(*out));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(document.data(), static_cast<qint64>(document.size())) < 0 || !file.commit())
        return invocation.failed(
            {ErrorCode::Denied,
             std::format("cannot write {}: {}", *out, file.errorString().toStdString())});
    invocation.err() << std::format("{} written; read it before you send it\n", *out);
    return ExitCode::Done;
}

} // namespace

const Command kDiagnose{
    .name = "diagnose",
    .summary = "Writes a redacted bundle for a bug report",
    .usage = "[--out FILE]",
    .options = kDiagnoseOptions,
    .notes =
        "Versions, system, figures, states and the end of the log as one JSON document. Secrets,\n"
        "addresses, user and host names and the home folder are taken out; titles and notes are\n"
        "never in it.",
    .run = runDiagnose,
};

} // namespace chrona::cli
