// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>

namespace chrona {

/// The only way by which engines use more than one thread.
class Executor {
public:
    using Task = std::function<void(std::size_t index)>;
    virtual ~Executor() = default;

    /// Calls task(0) … task(count-1), each once, possibly at the same time, and returns when all
    /// are done. Indices not yet begun when a stop is requested are left out; the caller can tell
    /// by asking the token. Tasks must not throw.
    virtual void forEach(std::size_t count, const Task &task, std::stop_token stop = {}) = 0;
    [[nodiscard]] virtual std::size_t threadCount() const = 0;
};

/// Does the work in the calling thread, in order.
class InlineExecutor final : public Executor {
public:
    void forEach(std::size_t count, const Task &task, std::stop_token stop = {}) override;
    [[nodiscard]] std::size_t threadCount() const override { return 1; }
};

/// A fixed set of threads. One forEach at a time; further callers wait their turn. The calling
/// thread works too. Destroy after the last forEach has returned.
class ThreadPool final : public Executor {
public:
    /// 0: as many threads as the machine runs at once.
    explicit ThreadPool(std::size_t threads = 0);
    ~ThreadPool() override;
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    void forEach(std::size_t count, const Task &task, std::stop_token stop = {}) override;
    [[nodiscard]] std::size_t threadCount() const override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace chrona
