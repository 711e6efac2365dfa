// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

/// Another place for all that Chrona keeps: database, blobs, settings, logs (ADR 0116).
namespace chrona::workspace {

struct MoveProgress {
    std::uint64_t doneBytes = 0, totalBytes = 0;
};

/// Moves a data folder that no service uses to a place that does not exist or is empty. On one disk
/// that is a rename; else everything is copied, compared by size, noted (ipc::noteDataFolder) and
/// only then taken away. Cancelled, or after a failure, the old folder is whole and what was copied
/// is gone. Conflict while a service has the folder; InvalidInput for a place inside it, or one
/// that is not empty; Exhausted where there is not the room. Blocks; any thread.
[[nodiscard]] Status moveDataFolder(const std::filesystem::path &from,
                                    const std::filesystem::path &to,
                                    const std::function<void(const MoveProgress &)> &progress = {},
                                    std::stop_token stop = {});

} // namespace chrona::workspace
