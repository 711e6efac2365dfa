// SPDX-License-Identifier: AGPL-3.0-or-later
#include "job_runner.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/jobs/cron.h"
#include "chrona/jobs/job_store.h"

#include <algorithm>
#include <format>
#include <random>
#include <set>
#include <unistd.h>

using namespace std::chrono_literals;

namespace chrona::service {
namespace {

constexpr auto kPause = 15s;
/// Longer than any of our jobs takes; a killed service's jobs come back after it.
constexpr auto kLease = 10min;

double dice()
{
    static thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

} // namespace

JobRunner::JobRunner(std::shared_ptr<storage::Pool> pool, std::vector<Kind> kinds)
    : m_pool(std::move(pool)), m_kinds(std::move(kinds)),
      m_thread([this](std::stop_token stop) { loop(std::move(stop)); })
{
}

JobRunner::~JobRunner() = default;

void JobRunner::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

void JobRunner::loop(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        bool more = false;
        if (auto lease = m_pool->take(stop)) {
            const auto done = round(**lease, stop);
            if (!done)
                log::warning("jobs", "{}", describe(done.error()));
            more = done.value_or(false);
        }
        if (more)
            continue;
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, kPause, [this] { return m_woken; });
        m_woken = false;
    }
}

Result<bool> JobRunner::round(storage::Connection &connection, std::stop_token stop)
{
    if (auto rescued = jobs::rescue(connection); !rescued)
        return std::unexpected(rescued.error());
    if (auto due = jobs::runDueSchedules(connection, SystemClock().now()); !due)
        return std::unexpected(due.error());
    std::set<std::string> queues;
    for (const Kind &kind : m_kinds)
        queues.insert(kind.queue);
    bool worked = false;
    for (const std::string &queue : queues) {
        if (stop.stop_requested())
            return false;
        const auto ran = runOne(connection, queue, stop);
        if (!ran)
            return ran;
        worked = worked || *ran;
    }
    return worked;
}

Result<bool> JobRunner::runOne(storage::Connection &connection, std::string_view queue,
                               std::stop_token stop)
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
    for (const jobs::ClaimedJob &job : *claimed)
        if (auto done = runJob(connection, job, stop); !done)
            return std::unexpected(done.error());
    return !claimed->empty();
}

Status JobRunner::runJob(storage::Connection &connection, const jobs::ClaimedJob &job,
                         std::stop_token stop)
{
    const auto kind = std::ranges::find_if(m_kinds, [&](const Kind &each) {
        return each.queue == job.queue && each.kind == job.kind;
    });
    Result<std::string> result =
        kind == m_kinds.end()
            ? Result<std::string>(fail(ErrorCode::NotFound,
                                       std::format("nobody here does jobs of kind {}", job.kind)))
            : kind->work(connection, job, std::move(stop));
    if (result)
        return jobs::complete(connection, job, *result);
    log::warning("jobs", "{} {}: {}", job.kind, job.id.value, describe(result.error()));
    return jobs::failed(connection, job, result.error(), {}, dice());
}

} // namespace chrona::service
