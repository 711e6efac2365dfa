// SPDX-License-Identifier: AGPL-3.0-or-later
#include "job_list.h"

#include "chrona/storage/connection.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::service {
namespace {

/// A live job that failed before waits for its next try; otherwise it is ready for its first.
ipc::JobState stateFrom(std::string_view word, std::int32_t attempts)
{
    if (word == "running")
        return ipc::JobState::Running;
    if (word == "done")
        return ipc::JobState::Done;
    if (word == "cancelled")
        return ipc::JobState::Cancelled;
    if (word == "dead" || word == "expired")
        return ipc::JobState::Dead;
    return attempts > 0 ? ipc::JobState::Retrying : ipc::JobState::Ready;
}

ipc::JobEntry entryFrom(const storage::Row &row)
{
    constexpr double kParts = 1000;
    ipc::JobEntry job;
    job.id = {row.int64(0)};
    job.queue = row.string(1);
    job.kind = row.string(2);
    job.attempts = row.int32(4);
    job.attemptsMax = row.int32(5);
    job.state = stateFrom(row.text(3), job.attempts);
    job.priority = row.int16(6);
    job.createdAt = row.instant(7);
    job.runAt = row.optionalInstant(8);
    job.startedAt = row.optionalInstant(9);
    job.finishedAt = row.optionalInstant(10);
    job.progress = {row.string(11), std::llround(kParts * row.float32(12)),
                    static_cast<std::int64_t>(kParts)};
    if (!row.isNull(13))
        job.lastError = row.string(13);
    return job;
}

/// Live and finished jobs in one form; what follows limits and orders them.
constexpr std::string_view kJobs =
    "SELECT * FROM (SELECT id, queue, kind, state, attempt, attempts_max, priority, created_at, "
    "run_at, started_at, NULL::timestamptz AS finished_at, progress_note, progress, last_error"
    " FROM chrona_ops.job"
    " UNION ALL "
    "SELECT id, queue, kind, outcome, attempt, attempts_max, priority, created_at, NULL, "
    "started_at, finished_at, '', CASE outcome WHEN 'done' THEN 1 ELSE 0 END::real, last_error"
    " FROM chrona_ops.job_history) AS j ";

} // namespace

Result<ipc::JobEntry> findJob(storage::Connection &connection, schema::JobId id)
{
    const std::string sql = std::string(kJobs) + "WHERE id = $1 ORDER BY finished_at NULLS FIRST "
                                                 "LIMIT 1";
    const auto rows = connection.query(sql.c_str(), {id});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, std::format("there is no job {}", id.value));
    return entryFrom(rows->first());
}

Result<ipc::JobsReply> listJobs(storage::Connection &connection, const ipc::JobsRequest &request)
{
    const std::string sql = std::string(kJobs) + "WHERE $1 = '' OR queue = $1 ORDER BY id DESC";
    const auto rows = connection.query(sql.c_str(), {request.queue});
    if (!rows)
        return std::unexpected(rows.error());
    ipc::JobsReply reply;
    for (const storage::Row &row : *rows) {
        if (reply.jobs.size() >= request.limit)
            break;
        ipc::JobEntry job = entryFrom(row);
        if (request.states.empty() || std::ranges::contains(request.states, job.state))
            reply.jobs.push_back(std::move(job));
    }
    return reply;
}

Result<std::vector<ipc::QueueStatus>> loadQueues(storage::Connection &connection)
{
    const auto rows = connection.query(
        "SELECT queue, sum(ready)::bigint, sum(running)::bigint, sum(dead)::bigint, min(oldest) "
        "FROM ("
        " SELECT queue, count(*) FILTER (WHERE state = 'ready') AS ready,"
        "  count(*) FILTER (WHERE state = 'running') AS running, 0 AS dead,"
        "  min(run_at) FILTER (WHERE state = 'ready') AS oldest"
        " FROM chrona_ops.job GROUP BY queue"
        " UNION ALL"
        " SELECT queue, 0, 0, count(*), NULL FROM chrona_ops.job_history"
        " WHERE outcome = 'dead' GROUP BY queue) AS counted GROUP BY queue ORDER BY queue");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<ipc::QueueStatus> queues;
    for (const storage::Row &row : *rows)
        queues.push_back(
            {row.string(0), row.int64(1), row.int64(2), row.int64(3), row.optionalInstant(4)});
    return queues;
}

} // namespace chrona::service
