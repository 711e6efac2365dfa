// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cluster_access.h"

#include "cluster_user.h"
#include "upgrade_folders.h"

#include <unistd.h>

namespace chrona::storage {

Result<ClusterAccess> ClusterAccess::take(const PrivateCluster::Options &options,
                                          const std::stop_token &stop)
{
    auto user = clusterUser(::geteuid());
    if (!user)
        return std::unexpected(user.error());
    auto folder = ClusterFolder::prepare(options.dataFolder);
    if (!folder)
        return std::unexpected(folder.error());
    auto lock = FolderLock::take(folder->lockFile());
    if (!lock)
        return std::unexpected(lock.error());
    auto sockets = options.socketFolder.empty()
                       ? socketFolderFor(options.dataFolder)
                       : Result<std::filesystem::path>(options.socketFolder);
    if (!sockets)
        return std::unexpected(sockets.error());
    if (Status made = makePrivateFolder(*sockets); !made)
        return std::unexpected(made.error());
    if (Status settled = settleUpgrade(*folder, *sockets, stop); !settled)
        return std::unexpected(settled.error());
    return ClusterAccess{std::move(*user), std::move(*folder), std::move(*lock),
                         std::move(*sockets)};
}

} // namespace chrona::storage
