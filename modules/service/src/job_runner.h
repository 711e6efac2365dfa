// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/jobs/job.h"
#include "chrona/storage/pool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace chrona::service {

/// Runs background jobs: takes back what dead workers held, enqueues what is due, claims, works,
/// and completes. Looks every quarter of a minute, and at once when woken.
///
/// Any thread. Destruction asks the running job to stop and waits for it.
class JobRunner {
public:
    /// Does one job; the JSON object that it returns is kept with it.
    using Work = std::function<Result<std::string>(
        storage::Connection &connection, const jobs::ClaimedJob &job, std::stop_token stop)>;
    struct Kind {
        std::string queue;
        std::string kind;
        Work work;
    };

    JobRunner(std::shared_ptr<storage::Pool> pool, std::vector<Kind> kinds);
    ~JobRunner();

    void wake();
    /// How long the latest claim took: what the backpressure ladder looks at.
    [[nodiscard]] std::chrono::milliseconds claimTime() const
    {
        return std::chrono::milliseconds(m_claimMs.load());
    }

private:
    void loop(std::stop_token stop);
    /// True when there may be more to do at once.
    [[nodiscard]] Result<bool> round(storage::Connection &connection, std::stop_token stop);
    [[nodiscard]] Result<bool> runOne(storage::Connection &connection, std::string_view queue,
                                      std::stop_token stop);
    [[nodiscard]] Status runJob(storage::Connection &connection, const jobs::ClaimedJob &job,
                                std::stop_token stop);

    std::shared_ptr<storage::Pool> m_pool;
    std::vector<Kind> m_kinds;
    std::atomic<std::int64_t> m_claimMs{0};
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_woken = false;
    std::jthread m_thread;
};

} // namespace chrona::service
