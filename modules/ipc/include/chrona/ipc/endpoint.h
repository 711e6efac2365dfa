// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <string>

/// Where the service of a data folder is met. Used by both sides, so that they agree.
namespace chrona::ipc {

struct Endpoint {
    std::filesystem::path dataFolder;
    std::filesystem::path runtimeFolder; ///< mode 0700, short enough for socket names
    std::filesystem::path socket;        ///< runtimeFolder/service.sock
    std::filesystem::path tokenFile;     ///< dataFolder/token
};

/// $CHRONA_DATA_DIR, else the one that noteDataFolder() noted, else the platform's folder for the
/// user's application data.
[[nodiscard]] std::filesystem::path defaultDataFolder();
/// Every program of this user looks there from now on, unless it is told otherwise. Empty: in the
/// platform's folder again.
[[nodiscard]] Status noteDataFolder(const std::filesystem::path &folder);
/// Follows from the data folder alone ($XDG_RUNTIME_DIR/chrona-<hash>, else
/// /tmp/chrona-<uid>-<hash>); makes nothing.
[[nodiscard]] Endpoint endpointFor(const std::filesystem::path &dataFolder);

/// Makes the folder with mode 0700, or checks that an existing one is ours alone: a directory (no
/// link), owned by this user, closed to others. Denied otherwise.
[[nodiscard]] Status ensurePrivateFolder(const std::filesystem::path &folder);

/// The token of the data folder; made (32 random bytes in hex, mode 0600) where there is none.
/// Denied where others may read it.
[[nodiscard]] Result<std::string> ensureToken(const std::filesystem::path &tokenFile);
[[nodiscard]] Result<std::string> readToken(const std::filesystem::path &tokenFile);

} // namespace chrona::ipc
