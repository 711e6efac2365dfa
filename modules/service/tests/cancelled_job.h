// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

#include "chrona/storage/pool.h"

#include <QTest>

#include <semaphore>
#include <stop_token>
#include <string>

namespace chrona::service::testing {

/// Has a runner take a job of this kind and cancels it before its work begins; ends when the
/// history says so.
inline void runCancelled(storage::Connection &connection, const std::string &where,
                         JobRunner::Kind kind)
{
    auto pool = storage::Pool::open(where, 8);
    QVERIFY(pool);
    kind.work = [work = kind.work](storage::Connection &own, RunningJob &job) {
        std::binary_semaphore asked{0};
        const std::stop_callback release(job.stopToken(), [&asked] { asked.release(); });
        asked.acquire();
        return work(own, job);
    };
    const auto count = [&connection](const char *sql) {
        const auto rows = connection.query(sql);
        return rows ? rows->first().int64(0) : -1;
    };
    QVERIFY(jobs::enqueue(connection, {.queue = kind.queue, .kind = kind.kind}));
    JobRunner runner(*pool, {kind}, [](storage::Connection &, schema::JobId) {});
    QTRY_COMPARE(count("SELECT count(*) FROM chrona_ops.job WHERE state = 'running'"), 1);
    QVERIFY(jobs::cancel(connection, {count("SELECT id FROM chrona_ops.job")}));
    runner.wake();
    QTRY_COMPARE(count("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'cancelled'"),
                 1);
}

} // namespace chrona::service::testing
