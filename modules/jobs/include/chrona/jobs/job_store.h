// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/jobs/job.h"
#include "chrona/storage/connection.h"

#include <span>
#include <vector>

/// Jobs in Postgres (chrona_ops.job): leased, fenced, prioritised, unique, retried, dead-lettered.
/// Finished jobs move to job_history, so the live table stays small. Leases are judged by the
/// database's clock, because that of a laptop jumps.
///
/// Every function is whole by itself and part of the caller's transaction where there is one:
/// complete a job in the transaction that stores its effect, and the effect happens once.
namespace chrona::jobs {

enum class Enqueued : std::uint8_t {
    New,
    Waiting, ///< one with that key waits already; the better priority and the earlier time hold
    Rerun,   ///< one with that key is running: it is done once more afterwards, with this payload
};
[[nodiscard]] Result<Enqueued> enqueue(storage::Connection &connection, const NewJob &job);

struct Claim {
    std::string_view queue;
    std::string_view worker; ///< who, for people: "chronad:1234/2"
    std::chrono::milliseconds lease{60'000}; ///< at most a quarter of an hour
    std::int32_t jobsMax = 1;
};
/// The most urgent ready jobs, now leased to this worker. Never waits for another worker.
[[nodiscard]] Result<std::vector<ClaimedJob>> claim(storage::Connection &connection,
                                                    const Claim &claim);

/// What a worker tells while it works, and learns.
enum class Standing : std::uint8_t {
    Mine,
    CancelAsked, ///< end soon, then call finishCancelled
    Lost,        ///< the lease ran out and somebody else has it: discard everything
};
struct Progress {
    float share = 0; ///< 0–1
    std::string note{};
    std::optional<std::string> checkpoint{}; ///< a JSON object; nullopt: as it was
};
/// Renews the lease.
[[nodiscard]] Result<Standing> heartbeat(storage::Connection &connection, const ClaimedJob &job,
                                         std::chrono::milliseconds lease, const Progress &progress);

/// All of these fail with Conflict when the lease is lost: roll back what was done.
[[nodiscard]] Status complete(storage::Connection &connection, const ClaimedJob &job,
                              std::string_view resultJson = "{}");
/// Runs again after a pause with full jitter, or is dead when that was the last attempt, when the
/// deadline has passed, or when the error is not retryable. `uniform` is in [0, 1).
[[nodiscard]] Status failed(storage::Connection &connection, const ClaimedJob &job,
                            const Error &error, const RetryPolicy &policy, double uniform);
[[nodiscard]] Status finishCancelled(storage::Connection &connection, const ClaimedJob &job);

/// A waiting job goes at once, a running one is asked to end. NotFound when it is not live.
[[nodiscard]] Status cancel(storage::Connection &connection, schema::JobId id);
/// A dead or cancelled job begins anew, with all attempts. NotFound when there is none; Conflict
/// when one with its key is live.
[[nodiscard]] Status retry(storage::Connection &connection, schema::JobId id);

/// Takes back what workers hold whose lease has run out: they were killed or sleep. And buries jobs
/// whose deadline passed while they waited. The number of jobs touched. Brings back as well what a
/// clock that was set back left in the future. A worker that shares its process with the caller
/// renews its leases first: after a jump forward they have all run out.
[[nodiscard]] Result<std::int64_t> rescue(storage::Connection &connection);

/// What the backpressure ladder looks at.
struct QueueFigures {
    std::string queue;
    std::int64_t ready = 0;
    std::int64_t running = 0;
    std::int64_t dead = 0;                ///< in the history
    std::optional<Instant> oldestReadyAt; ///< run_at of the oldest ready job that is due
};
[[nodiscard]] Result<std::vector<QueueFigures>> queueFigures(storage::Connection &connection);

} // namespace chrona::jobs
