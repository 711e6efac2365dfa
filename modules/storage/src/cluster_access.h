// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "cluster_folder.h"
#include "folder_lock.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace chrona::storage {

/// The right to use a private cluster: its folder under lock, with what killed runs left in it
/// settled.
struct ClusterAccess {
    std::string user;
    ClusterFolder folder;
    FolderLock lock;
    std::filesystem::path sockets;

    /// Denied for root or somebody else's folder, Conflict while another process has it.
    [[nodiscard]] static Result<ClusterAccess> take(const PrivateCluster::Options &options,
                                                    const std::stop_token &stop);
};

} // namespace chrona::storage
