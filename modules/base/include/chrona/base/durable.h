// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

/// What a file needs to outlive a loss of power. Failures leave their cause in errno.
namespace chrona {

/// Writes all of it, however little the system takes at a time.
[[nodiscard]] bool writeFully(int file, std::string_view content);

/// On the disk: a new or changed name in `folder`. One that cannot be synced costs nothing but
/// that, so nothing is said of it.
void syncFolder(const std::filesystem::path &folder);

/// The same for the folder that holds `file`.
void syncFolderOf(const std::filesystem::path &file);

} // namespace chrona
