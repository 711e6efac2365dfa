// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include <sys/types.h>

namespace chrona::storage {

/// What a postmaster.pid file of a cluster stands for.
enum class PostmasterState : std::uint8_t {
    None,     ///< no file, or its process is gone: the server clears that up by itself
    Running,  ///< a live postmaster of this very cluster
    Backends, ///< the postmaster died, but processes of it still hold the cluster
    Recycled, ///< the number belongs to another program by now
};

struct Postmaster {
    PostmasterState state = PostmasterState::None;
    pid_t id = 0;
};

/// Looks at the file and at the processes of this machine. The number alone proves nothing: numbers
/// are used again, and Postgres would refuse to start for a stranger's.
[[nodiscard]] Postmaster findPostmaster(const std::filesystem::path &cluster);

/// Removes the pid file, and those of the socket in that folder, that a recycled number keeps
/// alive. Only for PostmasterState::Recycled, under the lock of the data folder.
void removeRecycledFiles(const std::filesystem::path &cluster,
                         const std::filesystem::path &sockets);

[[nodiscard]] bool isAlive(pid_t id);

} // namespace chrona::storage
