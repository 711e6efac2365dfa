// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/jobs/job_store.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <map>
#include <tuple>

namespace chrona::jobs {

using storage::Connection;
using storage::Json;

Result<Enqueued> enqueue(Connection &connection, const NewJob &job)
{
    if (job.queue.empty() || job.kind.empty() || job.attemptsMax < 1)
        return fail(ErrorCode::InvalidInput,
                    "a job needs a queue, a kind and at least one attempt");
    const auto key = job.uniqueKey.empty() ? std::nullopt : std::optional(job.uniqueKey);
    // A running job has its payload already: what is written here is for the run after it.
    const auto rows = connection.query(
        "INSERT INTO chrona_ops.job AS j "
        "(queue, kind, payload, unique_key, priority, run_at, deadline_at, attempts_max) "
        "VALUES ($1, $2, $3, $4, $5, coalesce($6, clock_timestamp()), $7, $8) "
        "ON CONFLICT (queue, unique_key) WHERE unique_key IS NOT NULL DO UPDATE SET "
        "payload = EXCLUDED.payload, deadline_at = EXCLUDED.deadline_at, "
        "priority = least(j.priority, EXCLUDED.priority), "
        "run_at = CASE WHEN j.state = 'running' THEN EXCLUDED.run_at "
        "ELSE least(j.run_at, EXCLUDED.run_at) END, "
        "is_dirty = j.state = 'running' "
        "RETURNING xmax = 0, state = 'running'",
        {job.queue, job.kind, Json{job.payload}, key, job.priority, job.runAt, job.deadlineAt,
         job.attemptsMax});
    if (!rows)
        return std::unexpected(rows.error());
    const auto row = rows->first();
    return row.boolean(0) ? Enqueued::New : row.boolean(1) ? Enqueued::Rerun : Enqueued::Waiting;
}

Result<std::vector<ClaimedJob>> claim(Connection &connection, const Claim &claim)
{
    // MATERIALIZED: the planner may run a plain subquery again and lock more rows than the limit
    // says.
    const auto rows = connection.query(
        "WITH c AS MATERIALIZED ("
        "SELECT id FROM chrona_ops.job WHERE state = 'ready' AND queue = $1 "
        "AND run_at <= clock_timestamp() AND (deadline_at IS NULL OR deadline_at > "
        "clock_timestamp()) "
        "ORDER BY priority, run_at, id LIMIT $2 FOR UPDATE SKIP LOCKED) "
        "UPDATE chrona_ops.job j SET state = 'running', attempt = attempt + 1, worker = $3, "
        "lease_until = clock_timestamp() + $4 * interval '1 millisecond', "
        "started_at = clock_timestamp(), progress = 0, progress_note = '' "
        "FROM c WHERE j.id = c.id "
        "RETURNING j.id, attempt, attempts_max, queue, kind, payload::text, coalesce(unique_key, "
        "''), "
        "coalesce(checkpoint::text, ''), deadline_at, priority, run_at",
        {claim.queue, std::int64_t{claim.jobsMax}, claim.worker,
         static_cast<double>(claim.lease.count())});
    if (!rows)
        return std::unexpected(rows.error());
    struct Ordered {
        std::tuple<std::int16_t, Instant, std::int64_t> urgency;
        ClaimedJob job;
    };
    std::vector<Ordered> claimed;
    for (const auto row : *rows)
        claimed.push_back({{row.int16(9), row.instant(10), row.int64(0)},
                           {{row.int64(0)},
                            row.int32(1),
                            row.int32(2),
                            row.string(3),
                            row.string(4),
                            row.string(5),
                            row.string(6),
                            row.string(7),
                            row.optionalInstant(8)}});
    std::ranges::sort(claimed, {}, &Ordered::urgency); // an UPDATE returns its rows in any order
    std::vector<ClaimedJob> jobs;
    for (auto &ordered : claimed)
        jobs.push_back(std::move(ordered.job));
    return jobs;
}

Result<Standing> heartbeat(Connection &connection, const ClaimedJob &job,
                           std::chrono::milliseconds lease, const Progress &progress)
{
    const auto checkpoint =
        progress.checkpoint ? std::optional(Json{*progress.checkpoint}) : std::optional<Json>();
    const auto rows = connection.query(
        "UPDATE chrona_ops.job SET lease_until = clock_timestamp() + $3 * interval '1 "
        "millisecond', "
        "progress = $4, progress_note = $5, checkpoint = coalesce($6, checkpoint) "
        "WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING cancel_asked",
        {job.id, job.attempt, static_cast<double>(lease.count()),
         std::isfinite(progress.share) ? std::clamp(progress.share, 0.0F, 1.0F) : 0.0F,
         progress.note, checkpoint});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return Standing::Lost;
    return rows->first().boolean(0) ? Standing::CancelAsked : Standing::Mine;
}

Result<std::vector<QueueFigures>> queueFigures(Connection &connection)
{
    const auto live = connection.query(
        "SELECT queue, count(*) FILTER (WHERE state = 'ready'), count(*) FILTER (WHERE state = "
        "'running'), "
        "min(run_at) FILTER (WHERE state = 'ready' AND run_at <= clock_timestamp()) "
        "FROM chrona_ops.job GROUP BY queue");
    if (!live)
        return std::unexpected(live.error());
    const auto dead = connection.query(
        "SELECT queue, count(*) FROM chrona_ops.job_history WHERE outcome = 'dead' GROUP BY queue");
    if (!dead)
        return std::unexpected(dead.error());
    std::map<std::string, QueueFigures> byQueue;
    for (const auto row : *live)
        byQueue[row.string(0)] = {row.string(0), row.int64(1), row.int64(2), 0,
                                  row.optionalInstant(3)};
    for (const auto row : *dead) {
        auto &figures = byQueue[row.string(0)];
        figures.queue = row.string(0);
        figures.dead = row.int64(1);
    }
    std::vector<QueueFigures> out;
    for (auto &[queue, figures] : byQueue)
        out.push_back(std::move(figures));
    return out;
}

} // namespace chrona::jobs
