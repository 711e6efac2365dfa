// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace chrona::storage {

/// A Postgres of our own: made, started and stopped by this process, reachable through a UNIX
/// socket by this user only, never by TCP.
///
/// The folder holds `data` (the cluster), `log`, `lock` and `ballast` (a file that is deleted to
/// win room when the disk is full); cluster_upgrade.h tells what an upgrade adds. A cluster left
/// behind by a killed process is stopped safely and started anew. Thread rule: one thread at a
/// time; isRunning() from any thread. Whichever thread calls open() may end before the cluster
/// does.
class PrivateCluster {
public:
    enum class Durability : std::uint8_t {
        Full,    ///< what is acknowledged survives a power cut
        Scratch, ///< for tests: survives a killed process, not a power cut
    };
    struct Options {
        std::filesystem::path dataFolder{};
        std::filesystem::path
            socketFolder{}; ///< empty: a short folder of this user, by the data folder
        Durability durability = Durability::Full;
        std::uint64_t freeBytesMin = 512 << 20; ///< refuse to make a cluster with less room
        /// Refuse to start one with less: its recovery needs some. The ballast counts as room.
        std::uint64_t startBytesMin = 64 << 20;
        /// With less, writing pauses: see watchRoom().
        std::uint64_t writeBytesMin = 192 << 20;
        std::uint64_t ballastBytes = 64 << 20;
    };

    /// Makes the cluster where there is none, starts it and waits until it answers, however long
    /// its recovery takes; the stop token ends the wait (Cancelled).
    ///
    /// Fails with Denied for uid 0 or a folder of another user, Conflict when another instance
    /// holds the folder or another major version wrote it, Exhausted when the disk is full,
    /// Unavailable when no usable Postgres is installed or it does not start. After a failure
    /// nothing of ours is running.
    [[nodiscard]] static Result<std::unique_ptr<PrivateCluster>> open(const Options &options,
                                                                      std::stop_token stop = {});
    /// Stops as stop() does.
    ~PrivateCluster();
    PrivateCluster(const PrivateCluster &) = delete;
    PrivateCluster &operator=(const PrivateCluster &) = delete;

    /// For Connection::open() and Pool::open(): the database "chrona".
    [[nodiscard]] std::string connectionString() const;
    [[nodiscard]] std::string connectionString(std::string_view database) const;
    /// False after stop(), and when Postgres died: open a new one then.
    [[nodiscard]] bool isRunning() const;
    /// "17.6"
    [[nodiscard]] const std::string &serverVersion() const;
    [[nodiscard]] std::int64_t processId() const;

    /// Breaks off what is running, writes a checkpoint, and returns when all of Postgres has ended;
    /// after 4 s without the checkpoint, which the next start then makes up for.
    Status stop();

    /// Looks at the disk: one system call, to be made every half second or so. With less than
    /// writeBytesMin the ballast is deleted, so that checkpoints and the log of transactions find
    /// room (Postgres ends itself where it cannot write that log), and until there is room again
    /// the answer is why nothing may be written: Exhausted, for Pool::refuseWrites(). nullopt: all
    /// is well, and the ballast is there again.
    [[nodiscard]] std::optional<Error> watchRoom();
    /// Deletes the ballast file. watchRoom() and open() make it again where there is room.
    Status releaseBallast();

private:
    struct State;
    explicit PrivateCluster(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The folder for sockets that belongs to a data folder: short enough for every system's limit, of
/// mode 0700, made where it is missing. Denied when somebody else sits on the name.
[[nodiscard]] Result<std::filesystem::path>
socketFolderFor(const std::filesystem::path &dataFolder);

} // namespace chrona::storage
