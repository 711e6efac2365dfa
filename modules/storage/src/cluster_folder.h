// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/private_cluster.h"
#include "postgres_binaries.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>

namespace chrona::storage {

/// The folder of a private cluster and what lies in it.
class ClusterFolder {
public:
    /// Makes the folder and `log` in it.
    [[nodiscard]] static Result<ClusterFolder> prepare(const std::filesystem::path &root);

    [[nodiscard]] const std::filesystem::path &root() const { return m_root; }
    [[nodiscard]] std::filesystem::path cluster() const { return m_root / "data"; }
    [[nodiscard]] std::filesystem::path logFile() const { return m_root / "log" / "postgres.log"; }
    /// Sets a log of some size aside; the one set aside before goes.
    void rotateLog() const;
    [[nodiscard]] std::filesystem::path lockFile() const { return m_root / "lock"; }

    /// On the disk, for this user; nullopt where it cannot be told, which is no reason to stop.
    [[nodiscard]] std::optional<std::uint64_t> freeBytes() const;
    /// Exhausted with less room than that on the disk.
    [[nodiscard]] Status checkRoom(std::uint64_t bytesMin) const;
    /// Room to make a cluster, or to start the one that is there; the ballast is given for it.
    [[nodiscard]] Status checkRoom(const PrivateCluster::Options &options) const;
    /// Runs initdb where there is no cluster. It works in a folder beside that gets its name when
    /// it is whole and on the disk, so a killed initdb leaves nothing that looks like a cluster.
    [[nodiscard]] Status makeCluster(const PostgresBinaries &binaries,
                                     PrivateCluster::Durability durability,
                                     const std::stop_token &stop) const;
    /// An empty cluster in a folder that is not there yet.
    [[nodiscard]] static Status initialise(const std::filesystem::path &fresh,
                                           const PostgresBinaries &binaries,
                                           PrivateCluster::Durability durability,
                                           const std::stop_token &stop);
    /// Where it leaves so much room besides; without, the log says so.
    void makeBallast(std::uint64_t bytes, std::uint64_t freeBytesMin) const;
    [[nodiscard]] Status removeBallast() const;

    /// Brings the names in the folder onto the disk.
    void sync() const;

private:
    explicit ClusterFolder(std::filesystem::path root) : m_root(std::move(root)) {}
    std::filesystem::path m_root;
};

} // namespace chrona::storage
