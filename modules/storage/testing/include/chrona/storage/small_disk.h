// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace chrona::storage {

/// A real file system of some hundred MiB, for tests that fill it to the last byte.
///
/// It is the one that CHRONA_SMALL_DISK names (packaging/environment.sh mounts one, gone with the
/// command); without, this process mounts one for itself alone where the system lets plain users.
/// Tests that share the former must not run at one time: RESOURCE_LOCK small_disk.
class SmallDisk {
public:
    /// To be called first in main(), while there is only one thread.
    static void prepare();
    /// An empty folder on it; nullptr where there is no such disk.
    [[nodiscard]] static std::unique_ptr<SmallDisk> open();
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] const std::filesystem::path &folder() const { return m_folder; }
    [[nodiscard]] std::uint64_t freeBytes() const;
    /// Takes up room until only so much is left; where less is left, gives some back.
    void leave(std::uint64_t bytes);

private:
    explicit SmallDisk(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    std::filesystem::path m_folder;
};

} // namespace chrona::storage
