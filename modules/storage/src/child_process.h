// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace chrona::storage {

using Arguments = std::vector<std::string>; ///< the program's path first

/// Runs a program to its end, in the C locale, and returns its stdout and stderr (at most 64 KiB).
/// Unavailable with that text when it does not exit with 0; on a stop request it is killed.
[[nodiscard]] Result<std::string> runChild(const Arguments &arguments, std::stop_token stop = {});

/// A child that runs beside us.
///
/// A thread of its own starts the child and waits for its end. Linux tells the child when the
/// *thread* that forked it is gone (PR_SET_PDEATHSIG), so that thread must live as long as the
/// child may; the thread that called start() need not. When this process dies, the child gets
/// SIGINT.
class ChildProcess {
public:
    /// output receives stdout and stderr, behind what it holds.
    [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> start(
        const Arguments &arguments, const std::filesystem::path &output);
    /// Waits for the child's end; signal it before.
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    [[nodiscard]] pid_t id() const { return m_id; }
    [[nodiscard]] bool isRunning() const;
    void signal(int number);
    /// True when it has ended, false at the deadline.
    bool waitFor(std::chrono::milliseconds timeout);

private:
    ChildProcess() = default;
    void run(const Arguments &arguments, int output);

    pid_t m_id = -1;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isStarted = false;
    bool m_isRunning = false;
    std::thread m_thread;
};

} // namespace chrona::storage
