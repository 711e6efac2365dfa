// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/cluster_upgrade.h"
#include "cluster_folder.h"
#include "postgres_binaries.h"

#include <cstdint>
#include <functional>

namespace chrona::storage {

/// How far an upgrade has come.
enum class UpgradeStep : std::uint8_t {
    OldStopped, ///< in order, with its recovery made up for: pg_upgrade refuses anything else
    Made,       ///< there is an empty cluster of the new version
    Copied,     ///< pg_upgrade is done
    Checked,    ///< the new one ran and has what the old one has
    Marked,     ///< it is whole, on the disk
    OldAside,   ///< between the two renames
    Swapped,
};

struct UpgradePlan {
    PostgresBinaries from;
    PostgresBinaries to;
    std::filesystem::path sockets{};
    std::string user{};
    PrivateCluster::Durability durability = PrivateCluster::Durability::Full;
    /// For tests, which look or die there.
    std::function<void(UpgradeStep)> reached = [](UpgradeStep) {};
};

/// All steps, under the folder's lock. Which installations it goes from and to is the caller's
/// choice: their numbers are not compared.
[[nodiscard]] Result<UpgradeReport> runUpgrade(const ClusterFolder &folder, const UpgradePlan &plan,
                                               const std::stop_token &stop);

/// Exhausted when the disk has no room for a second cluster of that size and the making of it.
[[nodiscard]] Status checkRoomForCopy(const ClusterFolder &folder, std::uint64_t clusterBytes);

} // namespace chrona::storage
