// SPDX-License-Identifier: AGPL-3.0-or-later
#include "job_runner.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/jobs/cron.h"

#include <algorithm>
#include <format>
#include <random>
#include <unistd.h>
#include <utility>

using namespace std::chrono_literals;

namespace chrona::service {
namespace {

constexpr std::chrono::milliseconds kIdlePause = 15s;
constexpr std::chrono::milliseconds kBeat = 1s;
constexpr std::chrono::milliseconds kHousePause = 15s;
/// A killed service's jobs come back after it.
constexpr auto kLease = 60s;

double dice()
{
    static thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

std::set<std::string> queuesOf(std::span<const JobRunner::Kind> kinds)
{
    std::set<std::string> queues;
    for (const JobRunner::Kind &kind : kinds)
        queues.insert(kind.queue);
    return queues;
}

} // namespace

void RunningJob::report(jobs::Progress progress)
{
    const std::scoped_lock lock(m_mutex);
    if (!progress.checkpoint && m_news)
        progress.checkpoint = std::move(m_news->checkpoint); // not sent yet
    m_news = std::move(progress);
}

void RunningJob::end(jobs::Standing why)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_standing = why;
    }
    m_stop.request_stop();
}

JobRunner::JobRunner(std::shared_ptr<storage::Pool> pool, std::vector<Kind> kinds,
                     Listener listener, Queues held)
    : m_pool(std::move(pool)), m_kinds(std::move(kinds)), m_listener(std::move(listener)),
      m_held(std::move(held))
{
    m_threads.emplace_back([this](std::stop_token stop) { keep(std::move(stop)); });
    for (const std::string &queue : queuesOf(m_kinds))
        m_threads.emplace_back(
            [this, queue](std::stop_token stop) { work(queue, std::move(stop)); });
}

JobRunner::~JobRunner()
{
    for (std::jthread &thread : m_threads)
        thread.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &job : m_running)
            job->m_stop.request_stop();
    }
    m_threads.clear();
}

void JobRunner::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_news;
    }
    m_wake.notify_all();
}

void JobRunner::hold(Queues queues)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_held = std::move(queues);
    }
    wake();
}

bool JobRunner::isHeld(const std::string &queue)
{
    const std::scoped_lock lock(m_mutex);
    return m_held.contains(queue);
}

std::uint64_t JobRunner::news()
{
    const std::scoped_lock lock(m_mutex);
    return m_news;
}

void JobRunner::waitForNewsAfter(std::uint64_t seen, std::chrono::milliseconds timeoutMax,
                                 std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, timeoutMax, [this, seen] { return m_news != seen; });
}

/// The keeper: leases, dead workers, schedules. A job that holds its own connection for long cannot
/// do that itself.
void JobRunner::keep(std::stop_token stop)
{
    std::optional<std::chrono::steady_clock::time_point> kept;
    while (!stop.stop_requested()) {
        const std::uint64_t seen = news();
        // Nothing can be renewed while nothing may be written. Leases that run out meanwhile are
        // renewed before anybody is rescued.
        if (auto lease = m_pool->take(stop); lease && !m_pool->refusesWrites()) {
            renewLeases(**lease);
            const auto now = std::chrono::steady_clock::now();
            if (!kept || now - *kept >= kHousePause) {
                keepHouse(**lease);
                kept = now;
            }
        }
        bool idle = false;
        {
            const std::scoped_lock lock(m_mutex);
            idle = m_running.empty();
        }
        waitForNewsAfter(seen, idle ? kHousePause : kBeat, stop);
    }
}

void JobRunner::keepHouse(storage::Connection &connection)
{
    const auto rescued = jobs::rescue(connection);
    const auto due = rescued ? jobs::runDueSchedules(connection, SystemClock().now()) : rescued;
    if (!due)
        log::warning("jobs", "{}", describe(due.error()));
    else if (*due + *rescued > 0)
        wake();
}

/// At each beat: what was reported goes to the database, and what was asked for comes back.
void JobRunner::renewLeases(storage::Connection &connection)
{
    std::vector<std::shared_ptr<RunningJob>> running;
    {
        const std::scoped_lock lock(m_mutex);
        running.assign(m_running.begin(), m_running.end());
    }
    for (const auto &job : running) {
        bool news = false;
        jobs::Progress progress;
        {
            const std::scoped_lock lock(job->m_mutex);
            news = job->m_news.has_value();
            if (news)
                job->m_latest = *std::exchange(job->m_news, std::nullopt);
            progress = job->m_latest;
        }
        const auto standing = jobs::heartbeat(connection, job->claimed(), kLease, progress);
        if (!standing) {
            log::warning("jobs", "{}", describe(standing.error()));
            return;
        }
        if (*standing != jobs::Standing::Mine)
            job->end(*standing);
        if (news)
            m_listener(connection, job->claimed().id);
    }
}

void JobRunner::work(const std::string &queue, std::stop_token stop)
{
    while (!stop.stop_requested()) {
        const std::uint64_t seen = news();
        Result<bool> worked = false;
        if (!isHeld(queue)) {
            if (auto lease = m_pool->take(stop))
                worked = runNext(**lease, queue, stop);
            if (!worked)
                log::warning("jobs", "{}: {}", queue, describe(worked.error()));
        }
        if (!worked.value_or(false))
            waitForNewsAfter(seen, kIdlePause, stop);
    }
}

Result<bool> JobRunner::runNext(storage::Connection &connection, const std::string &queue,
                                const std::stop_token &stop)
{
    const auto before = std::chrono::steady_clock::now();
    const std::string worker = std::format("chronad:{}", ::getpid());
    const auto claimed =
        jobs::claim(connection, {.queue = queue, .worker = worker, .lease = kLease});
    m_claimMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                    std::chrono::steady_clock::now() - before)
                    .count();
    if (!claimed)
        return std::unexpected(claimed.error());
    for (const jobs::ClaimedJob &each : *claimed) {
        const auto job = std::make_shared<RunningJob>(each);
        {
            const std::scoped_lock lock(m_mutex);
            m_running.push_back(job);
            if (stop.stop_requested()) // claimed after the destructor had told all that ran
                job->m_stop.request_stop();
        }
        m_listener(connection, each.id);
        const Status done = run(connection, *job);
        {
            const std::scoped_lock lock(m_mutex);
            m_running.remove(job);
        }
        m_listener(connection, each.id);
        if (!done)
            return std::unexpected(done.error());
    }
    return !claimed->empty();
}

Status JobRunner::run(storage::Connection &connection, RunningJob &job)
{
    const jobs::ClaimedJob &claimed = job.claimed();
    const auto kind = std::ranges::find_if(m_kinds, [&](const Kind &each) {
        return each.queue == claimed.queue && each.kind == claimed.kind;
    });
    Result<JobEffect> found =
        kind == m_kinds.end()
            ? Result<JobEffect>(fail(ErrorCode::NotFound, std::format("nobody here does jobs of "
                                                                      "kind {}",
                                                                      claimed.kind)))
            : kind->work(connection, job);
    return settle(connection, job, std::move(found));
}

Status JobRunner::settle(storage::Connection &connection, RunningJob &job, Result<JobEffect> found)
{
    const jobs::ClaimedJob &claimed = job.claimed();
    jobs::Standing standing;
    {
        const std::scoped_lock lock(job.m_mutex);
        standing = job.m_standing;
    }
    if (standing == jobs::Standing::Lost)
        return {}; // somebody else has it: all of it is discarded
    if (standing == jobs::Standing::CancelAsked)
        return jobs::finishCancelled(connection, claimed);
    Status done;
    if (found) {
        auto transaction = storage::Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        done = found->store ? found->store(connection) : Status();
        if (done)
            done = jobs::complete(connection, claimed, found->resultJson);
        if (done)
            done = transaction->commit();
        if (done)
            return done;
    } else {
        done = std::unexpected(found.error());
    }
    // A service that stops has not failed its job.
    if (done.error().code == ErrorCode::Cancelled)
        done.error().retryable = true;
    log::warning("jobs", "{} {}: {}", claimed.kind, claimed.id.value, describe(done.error()));
    return jobs::failed(connection, claimed, done.error(), {}, dice());
}

} // namespace chrona::service
