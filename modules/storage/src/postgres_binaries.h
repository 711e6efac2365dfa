// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chrona::storage {

/// One installation of the server.
struct PostgresBinaries {
    std::filesystem::path folder; ///< holds postgres and initdb
    std::string version;          ///< "17.6"
    int major = 0;
};

/// Older ones lack what we rely on (binary jsonb COPY, compression of WAL by lz4 as a choice).
inline constexpr int kMajorMin = 15;

/// Every installation found, the newest first: CHRONA_POSTGRES_BIN and nothing else where that is
/// set; else the folders of Debian, Homebrew and Postgres.app, and PATH.
[[nodiscard]] std::vector<PostgresBinaries> findPostgres();

/// The installation for a cluster: of the major version that wrote it, or the newest for a new one.
/// Unavailable without any, Conflict when only others are there.
[[nodiscard]] Result<PostgresBinaries> choosePostgres(const std::vector<PostgresBinaries> &found,
                                                      std::optional<int> clusterMajor);

/// The major version in a cluster's PG_VERSION; nullopt where there is no cluster.
[[nodiscard]] std::optional<int> clusterMajorOf(const std::filesystem::path &cluster);

} // namespace chrona::storage
