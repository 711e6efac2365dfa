// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/correction_fields.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/ids.h"
#include "chrona/schema/source.h"

#include <string>
#include <vector>

/// How the service and its duties are.
namespace chrona::ipc {

enum class DatabaseState : std::uint8_t { Starting, Ready, Failing, Stopped };
template <> struct LastOf<DatabaseState> {
    static constexpr DatabaseState value = DatabaseState::Stopped;
};

struct DatabaseStatus {
    DatabaseState state = DatabaseState::Starting;
    std::string serverVersion; ///< "17.5"
    std::int64_t sizeBytes = 0;
    std::int32_t schemaVersion = 0;
    bool privateCluster = true; ///< false: a configured connection string
    std::string problem;        ///< empty: none
    static constexpr auto fields()
    {
        return fieldList(field("state", &DatabaseStatus::state),
                         field("server_version", &DatabaseStatus::serverVersion),
                         field("size_bytes", &DatabaseStatus::sizeBytes),
                         field("schema_version", &DatabaseStatus::schemaVersion),
                         field("private_cluster", &DatabaseStatus::privateCluster),
                         field("problem", &DatabaseStatus::problem));
    }
    friend bool operator==(const DatabaseStatus &, const DatabaseStatus &) = default;
};

struct QueueStatus {
    std::string name; ///< "raw_items", "enrichment", …
    std::int64_t ready = 0;
    std::int64_t running = 0;
    std::int64_t dead = 0;
    std::optional<Instant> oldestReadyAt;
    static constexpr auto fields()
    {
        return fieldList(required("name", &QueueStatus::name), field("ready", &QueueStatus::ready),
                         field("running", &QueueStatus::running), field("dead", &QueueStatus::dead),
                         field("oldest_ready_at", &QueueStatus::oldestReadyAt));
    }
    friend bool operator==(const QueueStatus &, const QueueStatus &) = default;
};

struct ConnectorStatus {
    std::string source; ///< key
    schema::SourceState state = schema::SourceState::Idle;
    std::optional<Instant> lastSuccessAt;
    std::string lastError;
    static constexpr auto fields()
    {
        return fieldList(required("source", &ConnectorStatus::source),
                         field("state", &ConnectorStatus::state),
                         field("last_success_at", &ConnectorStatus::lastSuccessAt),
                         field("last_error", &ConnectorStatus::lastError));
    }
    friend bool operator==(const ConnectorStatus &, const ConnectorStatus &) = default;
};

enum class OracleState : std::uint8_t { Off, Starting, Running, Degraded };
template <> struct LastOf<OracleState> {
    static constexpr OracleState value = OracleState::Degraded;
};

struct StatusReply {
    static constexpr std::uint16_t kType = 0x0301;
    std::string version;
    std::int64_t processId = 0;
    Instant startedAt;
    Duration uptime{0};
    std::string dataFolder;
    DatabaseStatus database;
    std::vector<QueueStatus> queues;
    std::vector<ConnectorStatus> connectors;
    OracleState oracle = OracleState::Off;
    std::optional<Instant> lastBriefingAt;
    std::int64_t freeDiskBytes = 0;
    std::int64_t folderBytes = 0; ///< of the data folder, database and all
    std::int64_t memoryBytes = 0; ///< resident, of the service alone
    std::int64_t eventCount = 0;
    std::int64_t entityCount = 0;
    std::optional<Instant> newestObservedAt;
    std::optional<Instant> newestIngestedAt;
    bool sampleWorldLoaded = false;
    bool liveSourcesEnabled = false;
    bool firstRunDone = false; ///< the person has chosen; kept by ConfigSet
    std::string pressure;      ///< the backpressure rung that holds; empty: none
    EnrichmentStatus enrichment;
    static constexpr auto fields()
    {
        return fieldList(
            required("version", &StatusReply::version),
            field("process_id", &StatusReply::processId),
            field("started_at", &StatusReply::startedAt), field("uptime", &StatusReply::uptime),
            field("data_folder", &StatusReply::dataFolder),
            field("database", &StatusReply::database), field("queues", &StatusReply::queues),
            field("connectors", &StatusReply::connectors), field("oracle", &StatusReply::oracle),
            field("last_briefing_at", &StatusReply::lastBriefingAt),
            field("free_disk_bytes", &StatusReply::freeDiskBytes),
            field("folder_bytes", &StatusReply::folderBytes),
            field("memory_bytes", &StatusReply::memoryBytes),
            field("event_count", &StatusReply::eventCount),
            field("entity_count", &StatusReply::entityCount),
            field("newest_observed_at", &StatusReply::newestObservedAt),
            field("newest_ingested_at", &StatusReply::newestIngestedAt),
            field("sample_world_loaded", &StatusReply::sampleWorldLoaded),
            field("live_sources_enabled", &StatusReply::liveSourcesEnabled),
            field("first_run_done", &StatusReply::firstRunDone),
            field("pressure", &StatusReply::pressure),
            field("enrichment", &StatusReply::enrichment));
    }
    friend bool operator==(const StatusReply &, const StatusReply &) = default;
};

struct StatusRequest {
    static constexpr std::uint16_t kType = 0x0300;
    using Reply = StatusReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const StatusRequest &, const StatusRequest &) = default;
};

struct StatusChanged {
    static constexpr std::uint16_t kType = 0x0380;
    static constexpr Topic kTopic = Topic::Status;
    StatusReply status;
    static constexpr auto fields() { return fieldList(required("status", &StatusChanged::status)); }
    friend bool operator==(const StatusChanged &, const StatusChanged &) = default;
};

struct SourceEntry {
    schema::Source source;
    schema::SourceHealth health;
    static constexpr auto fields()
    {
        return fieldList(required("source", &SourceEntry::source),
                         field("health", &SourceEntry::health));
    }
    friend bool operator==(const SourceEntry &, const SourceEntry &) = default;
};

struct SourcesReply {
    static constexpr std::uint16_t kType = 0x0303;
    std::vector<SourceEntry> sources; ///< by key
    static constexpr auto fields() { return fieldList(field("sources", &SourcesReply::sources)); }
    friend bool operator==(const SourcesReply &, const SourcesReply &) = default;
};

struct SourcesRequest {
    static constexpr std::uint16_t kType = 0x0302;
    using Reply = SourcesReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const SourcesRequest &, const SourcesRequest &) = default;
};

struct SourceChanged {
    static constexpr std::uint16_t kType = 0x0381;
    static constexpr Topic kTopic = Topic::Sources;
    SourceEntry entry;
    static constexpr auto fields() { return fieldList(required("entry", &SourceChanged::entry)); }
    friend bool operator==(const SourceChanged &, const SourceChanged &) = default;
};

enum class SourceAction : std::uint8_t { Enable, Disable, RunNow };
template <> struct LastOf<SourceAction> {
    static constexpr SourceAction value = SourceAction::RunNow;
};

struct SourceCommand {
    static constexpr std::uint16_t kType = 0x0304;
    using Reply = Done;
    std::string source; ///< key
    SourceAction action = SourceAction::RunNow;
    static constexpr auto fields()
    {
        return fieldList(required("source", &SourceCommand::source),
                         required("action", &SourceCommand::action));
    }
    friend bool operator==(const SourceCommand &, const SourceCommand &) = default;
};

} // namespace chrona::ipc
