// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_status.h"
#include "chrona/storage/pool.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace chrona::service {

/// The Postgres of this service: a private cluster that it runs itself, or a server that a
/// connection string names. Opens it, brings its schema up to date, watches it, and opens it again
/// when it died; the pool stays the same one. Watches the disk of a private cluster too: when it is
/// full the pool refuses writes and the status says why, until there is room again.
///
/// Thread rule: create, call and destroy on the main thread, where stateChanged() comes too; the
/// work is done on a thread of its own. pool() from any thread.
class Database : public QObject {
    Q_OBJECT

public:
    struct Options {
        std::filesystem::path clusterFolder;
        std::string connectionString; ///< empty: the private cluster
    };
    using WhenReady = std::function<void(Result<std::shared_ptr<storage::Pool>>)>;

    explicit Database(Options options);
    ~Database() override;

    void open();
    /// Stops the cluster in order; returns when it has ended (some 4 s at most).
    void close();

    [[nodiscard]] ipc::DatabaseStatus status() const;
    /// Calls back on the main thread: at once when ready, after the start when starting (a client
    /// that asks early just waits), Unavailable when it cannot be had.
    void whenReady(WhenReady ready);
    /// nullptr unless ready.
    [[nodiscard]] std::shared_ptr<storage::Pool> pool() const;

    /// The disk is full: what is there is read, nothing is written. Any thread.
    [[nodiscard]] bool isPaused() const;

Q_SIGNALS:
    void stateChanged();
    /// While it is ready.
    void pausedChanged();

private:
    struct Opened;
    void work(std::stop_token stop);
    [[nodiscard]] Result<Opened> openOnce(std::stop_token stop);
    [[nodiscard]] Result<std::shared_ptr<storage::Pool>> poolFor(std::string connectionString);
    [[nodiscard]] Status prepare(Opened &opened) const;
    void watch(Opened &opened, std::stop_token stop);
    void watchRoom(Opened &opened);
    [[nodiscard]] bool pauseFor(std::chrono::milliseconds pause, std::stop_token stop);
    void set(ipc::DatabaseState state, std::shared_ptr<storage::Pool> pool, std::string problem,
             std::string serverVersion, int schemaVersion);
    void answerWaiting();

    const Options m_options;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    ipc::DatabaseStatus m_status;
    bool m_isPaused = false;
    std::shared_ptr<storage::Pool> m_pool;
    std::shared_ptr<storage::Pool> m_keptPool; ///< the working thread's, for the next opening
    std::deque<WhenReady> m_waiting;           ///< main thread only
    std::jthread m_thread;
};

} // namespace chrona::service
