// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "child_process.h"
#include "chrona/storage/private_cluster.h"
#include "postgres_binaries.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

namespace chrona::storage {

/// A postgres that is our child and runs over one cluster's folder, whoever's that is: the private
/// cluster's, or the one that an upgrade makes. One thread at a time; isRunning() from any.
class PostgresServer {
public:
    struct Options {
        PostgresBinaries binaries;
        std::filesystem::path cluster;
        std::filesystem::path sockets;
        std::filesystem::path logFile;
        std::string user;
        PrivateCluster::Durability durability = PrivateCluster::Durability::Full;
    };

    /// Stops what an earlier run left in the folder, starts, and waits until it answers, however
    /// long its recovery takes. After a failure nothing of ours is running.
    [[nodiscard]] static Result<std::unique_ptr<PostgresServer>> start(Options options,
                                                                       const std::stop_token &stop);
    /// Stops as stop() does.
    ~PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    [[nodiscard]] std::string connectionString(std::string_view database) const;
    [[nodiscard]] const Options &options() const { return m_options; }
    [[nodiscard]] bool isRunning() const { return m_process && m_process->isRunning(); }
    [[nodiscard]] std::int64_t processId() const { return m_process ? m_process->id() : 0; }

    /// Fast, after 4 s immediate.
    Status stop();

private:
    explicit PostgresServer(Options options) : m_options(std::move(options)) {}
    [[nodiscard]] Status waitUntilReady(const std::stop_token &stop);

    Options m_options;
    std::unique_ptr<ChildProcess> m_process;
};

/// Ends the processes of this cluster that a killed run left behind, and removes the files of a
/// recycled process number. None of ours may be running in it.
[[nodiscard]] Status clearLeftovers(const std::filesystem::path &cluster,
                                    const std::filesystem::path &sockets,
                                    const std::stop_token &stop);

} // namespace chrona::storage
