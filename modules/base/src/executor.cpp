// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/executor.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace chrona {

void InlineExecutor::forEach(std::size_t count, const Task &task, std::stop_token stop)
{
    for (std::size_t i = 0; i < count && !stop.stop_requested(); ++i)
        task(i);
}

namespace {

struct Batch {
    std::size_t count;
    const Executor::Task &task;
    std::stop_token stop;
    std::atomic<std::size_t> next{0};

    void work()
    {
        while (!stop.stop_requested()) {
            const std::size_t index = next.fetch_add(1, std::memory_order_relaxed);
            if (index >= count)
                return;
            task(index);
        }
    }
};

} // namespace

struct ThreadPool::State {
    std::mutex turn; // held by the one caller whose batch is being worked on
    std::mutex mutex;
    std::condition_variable changed;
    Batch *batch = nullptr;
    std::uint64_t round = 0;
    std::size_t busy = 0;
    bool quit = false;
    std::vector<std::thread> threads;

    void run()
    {
        std::uint64_t seen = 0;
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [&] { return quit || (batch && round != seen); });
            if (quit)
                return;
            seen = round;
            Batch &mine = *batch;
            ++busy;
            lock.unlock();
            mine.work();
            lock.lock();
            if (--busy == 0)
                changed.notify_all();
        }
    }
};

ThreadPool::ThreadPool(std::size_t threads) : m_state(std::make_unique<State>())
{
    if (threads == 0)
        threads = std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t i = 1; i < threads; ++i)
        m_state->threads.emplace_back([state = m_state.get()] { state->run(); });
}

ThreadPool::~ThreadPool()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->quit = true;
    }
    m_state->changed.notify_all();
    for (std::thread &thread : m_state->threads)
        thread.join();
}

void ThreadPool::forEach(std::size_t count, const Task &task, std::stop_token stop)
{
    const std::lock_guard turn(m_state->turn);
    Batch batch{count, task, std::move(stop)};
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->batch = &batch;
        ++m_state->round;
    }
    m_state->changed.notify_all();
    batch.work();
    std::unique_lock lock(m_state->mutex);
    // From here no thread can pick the batch up any more; those that did are counted in busy.
    m_state->batch = nullptr;
    m_state->changed.wait(lock, [&] { return m_state->busy == 0; });
}

std::size_t ThreadPool::threadCount() const
{
    return m_state->threads.size() + 1;
}

} // namespace chrona
