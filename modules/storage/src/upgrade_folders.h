// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "cluster_folder.h"

#include <filesystem>
#include <optional>
#include <stop_token>

/// The folders of an upgrade, beside `data`: `data.upgrade` while it is made, with a file in it
/// that is written last and says that it is whole; `data.old-17`, what was there before. The swap
/// is two renames, so between them there is no `data`, and only then does `data.upgrade` count.
namespace chrona::storage {

[[nodiscard]] std::filesystem::path upgradeFolder(const ClusterFolder &folder);
/// Where the cluster of before an upgrade still is; nullopt: nowhere.
[[nodiscard]] std::optional<std::filesystem::path> keptFolder(const ClusterFolder &folder);

/// On the disk when it returns.
[[nodiscard]] Status markWhole(const ClusterFolder &folder);
[[nodiscard]] Status putOldAside(const ClusterFolder &folder, int oldMajor);
[[nodiscard]] Status putNewInPlace(const ClusterFolder &folder);

/// What a killed upgrade left: finishes a swap that had begun, and lets everything else go, also
/// its processes. Before each use of the cluster, under its lock.
[[nodiscard]] Status settleUpgrade(const ClusterFolder &folder,
                                   const std::filesystem::path &sockets,
                                   const std::stop_token &stop);
/// Removes `data.upgrade` and ends what runs in it.
[[nodiscard]] Status dropUpgrade(const ClusterFolder &folder, const std::filesystem::path &sockets,
                                 const std::stop_token &stop);

/// The cluster was stopped in order: the one of before is no longer needed.
void markUpgradeServed(const ClusterFolder &folder);
/// The cluster has started again after that: the one of before goes.
void dropServedUpgrade(const ClusterFolder &folder);

} // namespace chrona::storage
