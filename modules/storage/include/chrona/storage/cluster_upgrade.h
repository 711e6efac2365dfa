// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/private_cluster.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

/// Moving a private cluster to a newer major version of Postgres (ADR 0010). A person asks for it:
/// it takes time and room, and the old version must still be installed beside the new one.
namespace chrona::storage {

inline constexpr std::string_view kUpgradeRemedy =
    "to move to the newer version, stop the service and run: chronad --upgrade-database";

struct UpgradeReport {
    std::string from; ///< "17.6"
    std::string to;
    std::filesystem::path kept; ///< the cluster as it was before
};

/// Moves the cluster of the data folder to the newest version installed. It copies, so the old
/// cluster stays as it is beside the new one, until that has served and been stopped in order once;
/// the start after that lets the old one go. Killed at any moment, the next open() finds the old
/// cluster or the new one, whole.
///
/// Fails with NotFound without a cluster, InvalidInput when no newer version is installed, Conflict
/// while the cluster is in use or its own version is not installed, Exhausted without room for the
/// copy, Unavailable when a program of Postgres fails: what it said is kept in `log/upgrade`. After
/// a failure the old cluster is in use as before.
[[nodiscard]] Result<UpgradeReport> upgradeCluster(const PrivateCluster::Options &options,
                                                   std::stop_token stop = {});

} // namespace chrona::storage
