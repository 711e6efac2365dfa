// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <string>

namespace chrona::service {

/// The one folder that a chronad owns, held by a lock for as long as this object lives.
///
/// The lock is the kernel's (flock): it goes with the process however that ends, and a child
/// (Postgres) does not inherit it. Any thread after open().
class DataFolder {
public:
    /// Makes the folder where it is missing. Conflict when another chronad holds it, Denied when it
    /// belongs to another user or cannot be written.
    [[nodiscard]] static Result<DataFolder> open(const std::filesystem::path &folder);
    ~DataFolder();
    DataFolder(DataFolder &&other) noexcept;
    DataFolder &operator=(DataFolder &&) = delete;

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    [[nodiscard]] std::filesystem::path clusterFolder() const { return m_path / "postgres"; }
    [[nodiscard]] std::filesystem::path logFile() const { return m_path / "log" / "chronad.log"; }
    [[nodiscard]] std::filesystem::path settingsFile() const { return m_path / "config.json"; }

private:
    DataFolder(std::filesystem::path path, int lock) : m_path(std::move(path)), m_lock(lock) {}

    std::filesystem::path m_path;
    int m_lock = -1;
};

} // namespace chrona::service
