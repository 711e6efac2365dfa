// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/jobs/job.h"
#include "chrona/jobs/job_store.h"
#include "chrona/storage/pool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace chrona::service {

/// What a job is given while it runs. Any thread.
class RunningJob {
public:
    explicit RunningJob(jobs::ClaimedJob claimed) : m_claimed(std::move(claimed)) {}

    [[nodiscard]] const jobs::ClaimedJob &claimed() const { return m_claimed; }
    /// The service ends, a person cancelled the job, or its lease was lost: end soon.
    [[nodiscard]] std::stop_token stopToken() const { return m_stop.get_token(); }
    /// Shown to people within a second; cheap enough to be called often.
    void report(jobs::Progress progress);

private:
    friend class JobRunner;
    void end(jobs::Standing why);

    jobs::ClaimedJob m_claimed;
    std::stop_source m_stop;
    std::mutex m_mutex;
    std::optional<jobs::Progress> m_news;
    jobs::Progress m_latest;
    jobs::Standing m_standing = jobs::Standing::Mine;
};

/// What a job found. `store` runs in the transaction that completes the job, so the effect happens
/// once however often the job is tried.
struct JobEffect {
    std::function<Status(storage::Connection &connection)> store{};
    std::string resultJson = "{}";
};

/// Runs background jobs: takes back what dead workers held, enqueues what is due, claims, works,
/// and completes, one thread a queue, so that a long sweep keeps no upkeep waiting.
///
/// While a job runs its lease is renewed; when it is lost, what the job found is discarded. Any
/// thread. Destruction asks the running jobs to stop and waits for them; they run again later.
class JobRunner {
public:
    using Work = std::function<Result<JobEffect>(storage::Connection &connection, RunningJob &job)>;
    struct Kind {
        std::string queue;
        std::string kind;
        Work work;
    };
    /// A job began, went on, or ended. Called on the runner's threads, outside a transaction.
    using Listener = std::function<void(storage::Connection &connection, schema::JobId job)>;

    using Queues = std::set<std::string, std::less<>>;
    /// `held` as in hold(), before the first job is looked for.
    JobRunner(std::shared_ptr<storage::Pool> pool, std::vector<Kind> kinds, Listener listener,
              Queues held = {});
    ~JobRunner();

    /// Something was enqueued or cancelled: look now.
    void wake();
    /// Jobs of these queues wait until the pressure is gone; those that run go on.
    void hold(Queues queues);
    /// How long the latest claim took: what the backpressure ladder looks at.
    [[nodiscard]] std::chrono::milliseconds claimTime() const
    {
        return std::chrono::milliseconds(m_claimMs.load());
    }

private:
    void keep(std::stop_token stop);
    void keepHouse(storage::Connection &connection);
    void renewLeases(storage::Connection &connection);
    void work(const std::string &queue, std::stop_token stop);
    [[nodiscard]] Result<bool> runNext(storage::Connection &connection, const std::string &queue,
                                       const std::stop_token &stop);
    [[nodiscard]] Status run(storage::Connection &connection, RunningJob &job);
    [[nodiscard]] Status settle(storage::Connection &connection, RunningJob &job,
                                Result<JobEffect> found);
    [[nodiscard]] bool isHeld(const std::string &queue);
    [[nodiscard]] std::uint64_t news();
    /// Read before looking for work, so that what comes in between is not slept over.
    void waitForNewsAfter(std::uint64_t seen, std::chrono::milliseconds timeoutMax,
                          std::stop_token stop);

    std::shared_ptr<storage::Pool> m_pool;
    std::vector<Kind> m_kinds;
    Listener m_listener;
    std::atomic<std::int64_t> m_claimMs{0};
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::uint64_t m_news = 0; ///< counts wake()
    Queues m_held;
    std::list<std::shared_ptr<RunningJob>> m_running;
    std::vector<std::jthread> m_threads;
};

} // namespace chrona::service
