// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace chrona::service {

/// What the machine has left and what this process takes of it. 0 where it cannot be told.
struct MachineFigures {
    std::uint64_t memoryBytes = 0;   ///< resident set of this process
    std::uint64_t diskFreeBytes = 0; ///< on the volume of the data folder, for this user
    std::uint64_t diskTotalBytes = 0;
};

/// Two system calls; any thread.
[[nodiscard]] MachineFigures measureMachine(const std::filesystem::path &dataFolder);

/// What the files of a folder take on the disk, links not followed; a walk, so not for the main
/// thread. Files that go meanwhile are left out.
[[nodiscard]] std::uint64_t folderBytes(const std::filesystem::path &folder);

} // namespace chrona::service
