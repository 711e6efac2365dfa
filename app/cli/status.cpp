// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "words.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

void writeDatabase(JsonWriter &json, const ipc::DatabaseStatus &database)
{
    json.key("database")
        .beginObject()
        .member("state", wordFor(database.state))
        .member("server_version", database.serverVersion)
        .member("size_bytes", database.sizeBytes)
        .member("schema_version", database.schemaVersion)
        .member("private_cluster", database.privateCluster)
        .member("problem", database.problem)
        .endObject();
}

void writeQueues(JsonWriter &json, const std::vector<ipc::QueueStatus> &queues)
{
    json.key("queues").beginArray();
    for (const auto &queue : queues) {
        json.beginObject()
            .member("name", queue.name)
            .member("ready", queue.ready)
            .member("running", queue.running)
            .member("dead", queue.dead);
        writeInstant(json, "oldest_ready_at", queue.oldestReadyAt);
        json.endObject();
    }
    json.endArray();
}

void writeConnectors(JsonWriter &json, const std::vector<ipc::ConnectorStatus> &connectors)
{
    json.key("connectors").beginArray();
    for (const auto &connector : connectors) {
        json.beginObject()
            .member("source", connector.source)
            .member("state", toString(connector.state));
        writeInstant(json, "last_success_at", connector.lastSuccessAt);
        json.member("last_error", connector.lastError).endObject();
    }
    json.endArray();
}

void writeEnrichment(JsonWriter &json, const ipc::EnrichmentStatus &enrichment)
{
    json.key("enrichment")
        .beginObject()
        .member("deferring", enrichment.isDeferring)
        .member("waiting", enrichment.waiting)
        .member("admitted_24h", enrichment.admitted)
        .member("not_worth_24h", enrichment.notWorth)
        .member("deferred", enrichment.deferred)
        .member("embedded", enrichment.embedded)
        .member("embedding_model", enrichment.embeddingModel)
        .member("language_model", enrichment.languageModel)
        .member("calls_this_hour", enrichment.callsThisHour)
        .member("calls_per_hour", enrichment.callsPerHour)
        .member("tokens_today", enrichment.tokensToday)
        .member("tokens_per_day", enrichment.tokensPerDay)
        .member("cache_hits_today", enrichment.cacheHitsToday)
        .member("refused_answers_today", enrichment.refusedAnswersToday)
        .endObject();
}

std::string enrichmentLine(const ipc::EnrichmentStatus &enrichment)
{
    std::string line = std::format(
        "{} admitted in 24 h, {} not worth it, {} waiting, {} deferred{}; {} vectors ({})",
        enrichment.admitted, enrichment.notWorth, enrichment.waiting, enrichment.deferred,
        enrichment.isDeferring ? " (behind)" : "", enrichment.embedded, enrichment.embeddingModel);
    if (!enrichment.languageModel.empty())
        line +=
            std::format("; {}: {} of {} calls this hour, {} of {} tokens today",
                        enrichment.languageModel, enrichment.callsThisHour, enrichment.callsPerHour,
                        enrichment.tokensToday, enrichment.tokensPerDay);
    return line;
}

void printJson(std::ostream &out, const ipc::StatusReply &status)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject()
        .member("version", status.version)
        .member("process_id", status.processId)
        .member("started_at", formatInstant(status.startedAt))
        .member("uptime_seconds", secondsOf(status.uptime))
        .member("data_folder", status.dataFolder);
    writeDatabase(json, status.database);
    writeQueues(json, status.queues);
    writeConnectors(json, status.connectors);
    writeEnrichment(json, status.enrichment);
    json.member("oracle", wordFor(status.oracle));
    writeInstant(json, "last_briefing_at", status.lastBriefingAt);
    json.member("free_disk_bytes", status.freeDiskBytes)
        .member("memory_bytes", status.memoryBytes)
        .member("event_count", status.eventCount)
        .member("entity_count", status.entityCount);
    writeInstant(json, "newest_observed_at", status.newestObservedAt);
    writeInstant(json, "newest_ingested_at", status.newestIngestedAt);
    json.member("sample_world_loaded", status.sampleWorldLoaded)
        .member("live_sources_enabled", status.liveSourcesEnabled)
        .member("first_run_done", status.firstRunDone)
        .member("pressure", status.pressure)
        .endObject();
    out << document << "\n";
}

std::string databaseLine(const ipc::DatabaseStatus &database)
{
    std::string line = std::format("{}, {}", wordFor(database.state),
                                   database.privateCluster ? "private cluster" : "shared server");
    if (!database.serverVersion.empty())
        line += std::format(", Postgres {}, schema {}, {}", database.serverVersion,
                            database.schemaVersion,
                            formatBytes(static_cast<std::uint64_t>(database.sizeBytes)));
    if (!database.problem.empty())
        line += "; " + database.problem;
    return line;
}

void printFacts(std::ostream &out, const ipc::StatusReply &status)
{
    FactList facts;
    facts.add("version", std::format("{} (process {})", status.version, status.processId));
    facts.add("uptime", formatSeconds(secondsOf(status.uptime)));
    facts.add("data folder", status.dataFolder);
    facts.add("database", databaseLine(status.database));
    facts.add("events", std::format("{}", status.eventCount));
    facts.add("entities", std::format("{}", status.entityCount));
    facts.add("newest event", textOf(status.newestObservedAt));
    facts.add("sample world", status.sampleWorldLoaded ? "loaded (synthetic)" : "not loaded");
    facts.add("live sources", status.liveSourcesEnabled ? "on" : "off");
    facts.add("oracle", std::string(wordFor(status.oracle)));
    facts.add("last briefing", textOf(status.lastBriefingAt));
    facts.add("free disk", formatBytes(static_cast<std::uint64_t>(status.freeDiskBytes)));
    facts.add("memory", formatBytes(static_cast<std::uint64_t>(status.memoryBytes)));
    facts.add("enrichment", enrichmentLine(status.enrichment));
    facts.add("pressure", status.pressure.empty() ? "none" : status.pressure);
    facts.print(out);
}

void printQueues(std::ostream &out, const std::vector<ipc::QueueStatus> &queues)
{
    if (queues.empty())
        return;
    Table table({{"QUEUE"},
                 {"READY", Table::Align::Right},
                 {"RUNNING", Table::Align::Right},
                 {"DEAD", Table::Align::Right},
                 {"OLDEST"}});
    for (const auto &queue : queues)
        table.add({queue.name, std::to_string(queue.ready), std::to_string(queue.running),
                   std::to_string(queue.dead), textOf(queue.oldestReadyAt)});
    out << "\n";
    table.print(out);
}

void printConnectors(std::ostream &out, const std::vector<ipc::ConnectorStatus> &connectors)
{
    if (connectors.empty())
        return;
    Table table({{"SOURCE"}, {"STATE"}, {"LAST SUCCESS"}, {"LAST ERROR"}});
    for (const auto &connector : connectors)
        table.add({connector.source, std::string(toString(connector.state)),
                   textOf(connector.lastSuccessAt), connector.lastError});
    out << "\n";
    table.print(out);
}

ExitCode runStatus(Invocation &invocation)
{
    const auto status = askService(invocation, ipc::StatusRequest{});
    if (!status)
        return status.error();
    if (invocation.asJson) {
        printJson(invocation.out(), *status);
        return ExitCode::Done;
    }
    printFacts(invocation.out(), *status);
    printQueues(invocation.out(), status->queues);
    printConnectors(invocation.out(), status->connectors);
    return ExitCode::Done;
}

/// What keeps the service from doing its work right now; empty: nothing.
std::vector<std::string> complaintsOf(const ipc::StatusReply &status)
{
    std::vector<std::string> complaints;
    if (status.database.state != ipc::DatabaseState::Ready || !status.database.problem.empty())
        complaints.push_back(std::format("database: {}", databaseLine(status.database)));
    if (!status.pressure.empty())
        complaints.push_back("pressure: " + status.pressure);
    for (const auto &queue : status.queues)
        if (queue.dead > 0)
            complaints.push_back(std::format("queue {}: {} dead", queue.name, queue.dead));
    for (const auto &connector : status.connectors)
        if (connector.state == schema::SourceState::Failing)
            complaints.push_back(
                std::format("source {}: {}", connector.source, connector.lastError));
    return complaints;
}

ExitCode runHealth(Invocation &invocation)
{
    const auto status = askService(invocation, ipc::StatusRequest{});
    if (!status)
        return status.error();
    const auto complaints = complaintsOf(*status);
    if (invocation.asJson) {
        std::string document;
        JsonWriter json(document);
        json.beginObject().member("healthy", complaints.empty()).key("complaints").beginArray();
        for (const std::string &complaint : complaints)
            json.value(complaint);
        json.endArray().endObject();
        invocation.out() << document << "\n";
    } else if (complaints.empty()) {
        invocation.out() << "healthy\n";
    } else {
        for (const std::string &complaint : complaints)
            invocation.out() << printable(complaint) << "\n";
    }
    return complaints.empty() ? ExitCode::Done : ExitCode::Failed;
}

} // namespace

const Command kStatus{
    .name = "status",
    .summary = "Shows version, uptime, database, queues, connectors, disk and memory",
    .usage = "",
    .options = {},
    .notes = {},
    .run = runStatus,
};

const Command kHealth{
    .name = "health",
    .summary = "Says whether the service can do its work; exit code 1 when it cannot",
    .usage = "",
    .options = {},
    .notes = {},
    .run = runHealth,
};

} // namespace chrona::cli
