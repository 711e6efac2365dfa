// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/ids.h"

#include <string>
#include <vector>

/// Jobs, imports, the sample world, settings, the end of the service.
namespace chrona::ipc {

enum class JobState : std::uint8_t { Ready, Running, Done, Retrying, Dead, Cancelled };
template <> struct LastOf<JobState> {
    static constexpr JobState value = JobState::Cancelled;
};

struct JobEntry {
    schema::JobId id;
    std::string queue;
    std::string kind;
    JobState state = JobState::Ready;
    std::int32_t priority = 0;
    std::int32_t attempts = 0;
    std::int32_t attemptsMax = 0;
    Instant createdAt;
    std::optional<Instant> runAt; ///< not before
    std::optional<Instant> startedAt;
    std::optional<Instant> finishedAt;
    Progress progress;
    std::string lastError;
    static constexpr auto fields()
    {
        return fieldList(
            required("id", &JobEntry::id), field("queue", &JobEntry::queue),
            field("kind", &JobEntry::kind), field("state", &JobEntry::state),
            field("priority", &JobEntry::priority), field("attempts", &JobEntry::attempts),
            field("attempts_max", &JobEntry::attemptsMax),
            field("created_at", &JobEntry::createdAt), field("run_at", &JobEntry::runAt),
            field("started_at", &JobEntry::startedAt), field("finished_at", &JobEntry::finishedAt),
            field("progress", &JobEntry::progress), field("last_error", &JobEntry::lastError));
    }
    friend bool operator==(const JobEntry &, const JobEntry &) = default;
};

struct JobsReply {
    static constexpr std::uint16_t kType = 0x0401;
    std::vector<JobEntry> jobs; ///< newest first
    static constexpr auto fields() { return fieldList(field("jobs", &JobsReply::jobs)); }
    friend bool operator==(const JobsReply &, const JobsReply &) = default;
};

struct JobsRequest {
    static constexpr std::uint16_t kType = 0x0400;
    using Reply = JobsReply;
    std::vector<JobState> states; ///< empty: all
    std::string queue;            ///< empty: all
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        return fieldList(field("states", &JobsRequest::states), field("queue", &JobsRequest::queue),
                         field("limit", &JobsRequest::limit));
    }
    friend bool operator==(const JobsRequest &, const JobsRequest &) = default;
};

struct JobChanged {
    static constexpr std::uint16_t kType = 0x0480;
    static constexpr Topic kTopic = Topic::Jobs;
    JobEntry job;
    static constexpr auto fields() { return fieldList(required("job", &JobChanged::job)); }
    friend bool operator==(const JobChanged &, const JobChanged &) = default;
};

enum class JobAction : std::uint8_t { Cancel, Retry };
template <> struct LastOf<JobAction> {
    static constexpr JobAction value = JobAction::Retry;
};

struct JobCommand {
    static constexpr std::uint16_t kType = 0x0402;
    using Reply = Done;
    schema::JobId job;
    JobAction action = JobAction::Cancel;
    static constexpr auto fields()
    {
        return fieldList(required("job", &JobCommand::job),
                         required("action", &JobCommand::action));
    }
    friend bool operator==(const JobCommand &, const JobCommand &) = default;
};

enum class ImportKind : std::uint8_t { Events, Bars, Observations, Quotes, Boundaries };
template <> struct LastOf<ImportKind> {
    static constexpr ImportKind value = ImportKind::Boundaries;
};

enum class ImportFormat : std::uint8_t { Csv, GeoJson, TopoJson };
template <> struct LastOf<ImportFormat> {
    static constexpr ImportFormat value = ImportFormat::TopoJson;
};

struct ColumnMapping {
    std::string column; ///< as Chrona calls it
    std::string name;   ///< as the file calls it
    static constexpr auto fields()
    {
        return fieldList(required("column", &ColumnMapping::column),
                         required("name", &ColumnMapping::name));
    }
    friend bool operator==(const ColumnMapping &, const ColumnMapping &) = default;
};

struct ImportFault {
    std::int64_t row =
        0; ///< 1: the first after the header; a feature's position in GeoJSON; 0: the file
    std::string column; ///< empty: the whole row
    std::string reason;
    static constexpr auto fields()
    {
        return fieldList(field("row", &ImportFault::row), field("column", &ImportFault::column),
                         field("reason", &ImportFault::reason));
    }
    friend bool operator==(const ImportFault &, const ImportFault &) = default;
};

struct ImportReport {
    static constexpr std::uint16_t kType = 0x0405;
    static constexpr std::size_t kFaultsMax = 10'000;
    std::int64_t accepted = 0;
    std::int64_t duplicates = 0;
    std::int64_t rejected = 0;
    std::vector<ImportFault> faults; ///< the first kFaultsMax
    std::string source;              ///< key under which the rows were stored
    static constexpr auto fields()
    {
        return fieldList(field("accepted", &ImportReport::accepted),
                         field("duplicates", &ImportReport::duplicates),
                         field("rejected", &ImportReport::rejected),
                         field("faults", &ImportReport::faults),
                         field("source", &ImportReport::source));
    }
    friend bool operator==(const ImportReport &, const ImportReport &) = default;
};

/// The file follows in Chunk frames of the same correlation; the last of them, flagged, ends it.
/// Cancelling, or losing the connection, before that leaves nothing half-written.
struct ImportBegin {
    static constexpr std::uint16_t kType = 0x0404;
    static constexpr bool kHasUpload = true;
    using Reply = ImportReport;
    ImportKind kind = ImportKind::Events;
    ImportFormat format = ImportFormat::Csv;
    std::string fileName;               ///< for reports; never opened
    std::int64_t sizeBytes = 0;         ///< for progress; 0: not known
    std::string source;                 ///< own source's key; empty: "import:KIND"
    std::vector<ColumnMapping> mapping; ///< --map
    bool dryRun = false;
    std::optional<Duration> assumedLag; ///< --availability assumed:DURATION
    std::string boundarySet;            ///< boundaries: name of the set
    std::string idProperty;             ///< boundaries: --id
    std::string nameProperty;           ///< boundaries: --name
    static constexpr auto fields()
    {
        return fieldList(
            required("kind", &ImportBegin::kind), field("format", &ImportBegin::format),
            field("file_name", &ImportBegin::fileName),
            field("size_bytes", &ImportBegin::sizeBytes), field("source", &ImportBegin::source),
            field("mapping", &ImportBegin::mapping), field("dry_run", &ImportBegin::dryRun),
            field("assumed_lag", &ImportBegin::assumedLag),
            field("boundary_set", &ImportBegin::boundarySet),
            field("id_property", &ImportBegin::idProperty),
            field("name_property", &ImportBegin::nameProperty));
    }
    friend bool operator==(const ImportBegin &, const ImportBegin &) = default;
};

} // namespace chrona::ipc
