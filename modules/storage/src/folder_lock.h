// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <utility>

namespace chrona::storage {

/// A file locked by this process alone; the kernel gives it up with the process. Children that were
/// made by exec do not have it.
class FolderLock {
public:
    /// Conflict when another process holds it.
    [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path &file);
    FolderLock(FolderLock &&other) noexcept : m_file(std::exchange(other.m_file, -1)) {}
    FolderLock &operator=(FolderLock &&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int file) : m_file(file) {}
    int m_file;
};

/// A folder of mode 0700 that belongs to this user, made with its parents where it is missing.
/// Denied for somebody else's, for a link, and for one that others may enter.
[[nodiscard]] Status makePrivateFolder(const std::filesystem::path &folder);

} // namespace chrona::storage
