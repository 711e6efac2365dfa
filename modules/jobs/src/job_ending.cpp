// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/jobs/job_store.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::jobs {
namespace {

using storage::Connection;
using storage::JoinedTransaction;
using storage::Json;

std::unexpected<Error> leaseLost(const ClaimedJob &job)
{
    return fail(ErrorCode::Conflict, std::format("job {} is no longer in the hands of attempt {}",
                                                 job.id.value, job.attempt));
}

/// Moves a running job to the history under its fence. One that was asked for again meanwhile stays
/// and becomes ready anew, unless a person cancelled it: with a new id, because its attempts begin
/// at one again and a worker that lost an earlier attempt must not pass for the new one.
Status finish(Connection &connection, const ClaimedJob &job, std::string_view outcome,
              std::string_view error, std::string_view resultJson)
{
    const auto rows = connection.query(
        "WITH mine AS MATERIALIZED ("
        "SELECT *, is_dirty AND NOT cancel_asked AS again, "
        "CASE WHEN cancel_asked AND $3 = 'dead' THEN 'cancelled' ELSE $3 END AS outcome "
        "FROM chrona_ops.job WHERE id = $1 AND attempt = $2 AND state = 'running' FOR UPDATE), "
        "history AS (INSERT INTO chrona_ops.job_history (id, queue, kind, payload, unique_key, "
        "priority, "
        "outcome, attempt, attempts_max, last_error, result, created_at, started_at, finished_at) "
        "SELECT id, queue, kind, payload, unique_key, priority, outcome, attempt, attempts_max, "
        "coalesce(nullif($4, ''), last_error), $5, created_at, started_at, clock_timestamp() FROM "
        "mine), "
        "rerun AS (UPDATE chrona_ops.job j SET id = DEFAULT, state = 'ready', attempt = 0, "
        "is_dirty = false, "
        "lease_until = NULL, worker = NULL, progress = 0, progress_note = '', checkpoint = NULL, "
        "last_error = NULL, created_at = clock_timestamp(), started_at = NULL "
        "FROM mine WHERE j.id = mine.id AND mine.again), "
        "gone AS (DELETE FROM chrona_ops.job j USING mine WHERE j.id = mine.id AND NOT mine.again) "
        "SELECT count(*) FROM mine",
        {job.id, job.attempt, outcome, error, Json{std::string(resultJson)}});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().int64(0) == 1 ? Status() : Status(leaseLost(job));
}

/// True when the job waits for its next attempt; false when it may not have one.
Result<bool> tryAgainLater(Connection &connection, const ClaimedJob &job, const std::string &error,
                           std::chrono::milliseconds pause)
{
    const auto touched =
        connection.exec("UPDATE chrona_ops.job SET state = 'ready', is_dirty = false, "
                        "run_at = clock_timestamp() + $3 * interval '1 millisecond', "
                        "lease_until = NULL, worker = NULL, last_error = $4 "
                        "WHERE id = $1 AND attempt = $2 AND state = 'running' AND NOT cancel_asked "
                        "AND attempt < attempts_max AND (deadline_at IS NULL "
                        "OR deadline_at > clock_timestamp() + $3 * interval '1 millisecond')",
                        {job.id, job.attempt, static_cast<double>(pause.count()), error});
    if (!touched)
        return std::unexpected(touched.error());
    return *touched == 1;
}

std::chrono::milliseconds pauseBefore(std::int32_t attempt, const RetryPolicy &policy,
                                      double uniform)
{
    const double ceiling = std::min(static_cast<double>(policy.cap.count()),
                                    static_cast<double>(policy.base.count()) *
                                        std::exp2(std::clamp(attempt - 1, 0, 40)));
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(ceiling * std::clamp(uniform, 0.0, 1.0)));
}

/// What a clock stamped that was set back since lies in the future: jobs would wait and leases hold
/// until that clock's time comes again. No job is made later than now, no lease is longer than a
/// quarter of an hour, and no second attempt waits longer than an hour (RetryPolicy). A lease gets
/// one minute more: whoever lives renews it, so nobody who works loses it.
Status forgetTheFuture(Connection &connection)
{
    const auto leases = connection.exec(
        "UPDATE chrona_ops.job SET lease_until = clock_timestamp() + interval '1 minute' "
        "WHERE state = 'running' AND lease_until > clock_timestamp() + interval '15 minutes'");
    if (!leases)
        return std::unexpected(leases.error());
    const auto waiting = connection.exec(
        "UPDATE chrona_ops.job SET created_at = least(created_at, clock_timestamp()), "
        "run_at = CASE WHEN attempt > 0 THEN least(run_at, clock_timestamp()) "
        "ELSE run_at - (created_at - clock_timestamp()) END "
        "WHERE state = 'ready' AND (created_at > clock_timestamp() + interval '1 minute' "
        "OR (attempt > 0 AND run_at > clock_timestamp() + interval '2 hours'))");
    return waiting ? Status() : Status(std::unexpected(waiting.error()));
}

} // namespace

Status complete(Connection &connection, const ClaimedJob &job, std::string_view resultJson)
{
    return finish(connection, job, "done", "", resultJson);
}

Status failed(Connection &connection, const ClaimedJob &job, const Error &error,
              const RetryPolicy &policy, double uniform)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const std::string reason = describe(error);
    if (error.retryable) {
        const auto later =
            tryAgainLater(connection, job, reason, pauseBefore(job.attempt, policy, uniform));
        if (!later)
            return std::unexpected(later.error());
        if (*later)
            return transaction->commit();
    }
    if (auto done = finish(connection, job, "dead", reason, "{}"); !done)
        return done;
    return transaction->commit();
}

Status finishCancelled(Connection &connection, const ClaimedJob &job)
{
    return finish(connection, job, "cancelled", "", "{}");
}

Status cancel(Connection &connection, schema::JobId id)
{
    const auto rows = connection.query(
        "WITH gone AS (DELETE FROM chrona_ops.job WHERE id = $1 AND state = 'ready' RETURNING *), "
        "history AS (INSERT INTO chrona_ops.job_history (id, queue, kind, payload, unique_key, "
        "priority, "
        "outcome, attempt, attempts_max, last_error, created_at, started_at, finished_at) "
        "SELECT id, queue, kind, payload, unique_key, priority, 'cancelled', attempt, "
        "attempts_max, "
        "last_error, created_at, started_at, clock_timestamp() FROM gone), "
        "asked AS (UPDATE chrona_ops.job SET cancel_asked = true WHERE id = $1 AND state = "
        "'running' "
        "RETURNING 1) "
        "SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM asked)",
        {id});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->first().int64(0) == 0)
        return fail(ErrorCode::NotFound, std::format("job {} does not wait or run", id.value));
    return {};
}

Status retry(Connection &connection, schema::JobId id)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto ended = connection.query(
        "DELETE FROM chrona_ops.job_history WHERE (id, finished_at) = ("
        "SELECT id, finished_at FROM chrona_ops.job_history WHERE id = $1 AND outcome <> 'done' "
        "ORDER BY finished_at DESC LIMIT 1) "
        "RETURNING queue, kind, payload::text, coalesce(unique_key, ''), priority, attempts_max",
        {id});
    if (!ended)
        return std::unexpected(ended.error());
    if (ended->isEmpty())
        return fail(ErrorCode::NotFound,
                    std::format("there is no failed or cancelled job {}", id.value));
    const auto row = ended->first();
    NewJob again{.queue = row.string(0),
                 .kind = row.string(1),
                 .payload = row.string(2),
                 .uniqueKey = row.string(3),
                 .priority = row.int16(4)};
    again.attemptsMax = row.int32(5);
    const auto enqueued = enqueue(connection, again);
    if (!enqueued)
        return std::unexpected(enqueued.error());
    if (*enqueued != Enqueued::New)
        return fail(ErrorCode::Conflict, "a job with its key is waiting or running already");
    return transaction->commit();
}

Result<std::int64_t> rescue(Connection &connection)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (Status done = forgetTheFuture(connection); !done)
        return std::unexpected(done.error());
    const auto back = connection.exec(
        "WITH lost AS MATERIALIZED (SELECT id FROM chrona_ops.job WHERE state = 'running' "
        "AND lease_until < clock_timestamp() AND NOT cancel_asked AND (attempt < attempts_max OR "
        "is_dirty) "
        "FOR UPDATE SKIP LOCKED) "
        "UPDATE chrona_ops.job j SET state = 'ready', is_dirty = false, lease_until = NULL, worker "
        "= NULL, "
        "attempts_max = greatest(attempts_max, attempt + 1), run_at = clock_timestamp(), "
        "last_error = 'the worker went away' FROM lost WHERE j.id = lost.id");
    if (!back)
        return std::unexpected(back.error());
    const auto buried = connection.exec(
        "WITH lost AS MATERIALIZED (SELECT * FROM chrona_ops.job "
        "WHERE (state = 'running' AND lease_until < clock_timestamp()) "
        "OR (state = 'ready' AND deadline_at < clock_timestamp()) FOR UPDATE SKIP LOCKED), "
        "gone AS (DELETE FROM chrona_ops.job j USING lost WHERE j.id = lost.id) "
        "INSERT INTO chrona_ops.job_history (id, queue, kind, payload, unique_key, priority, "
        "outcome, "
        "attempt, attempts_max, last_error, created_at, started_at, finished_at) "
        "SELECT id, queue, kind, payload, unique_key, priority, "
        "CASE WHEN state = 'ready' THEN 'expired' WHEN cancel_asked THEN 'cancelled' ELSE 'dead' "
        "END, "
        "attempt, attempts_max, CASE WHEN state = 'ready' THEN last_error ELSE 'the worker went "
        "away' END, "
        "created_at, started_at, clock_timestamp() FROM lost");
    if (!buried)
        return std::unexpected(buried.error());
    if (auto committed = transaction->commit(); !committed)
        return std::unexpected(committed.error());
    return *back + *buried;
}

} // namespace chrona::jobs
