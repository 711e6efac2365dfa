// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/cluster_upgrade.h"

#include "cluster_access.h"
#include "upgrade_steps.h"

#include <format>

namespace chrona::storage {
namespace {

/// What is in use and what it can be moved to.
Result<UpgradePlan> planFor(const ClusterFolder &folder)
{
    const auto major = clusterMajorOf(folder.cluster());
    if (!major)
        return fail(ErrorCode::NotFound,
                    std::format("{} holds no database", folder.root().string()),
                    "start the service: it makes one of the newest version installed");
    const auto installed = findPostgres();
    auto from = choosePostgres(installed, major);
    if (!from)
        return std::unexpected(from.error());
    if (installed.front().major <= *major)
        return fail(
            ErrorCode::InvalidInput,
            std::format("PostgreSQL {} is in use, and nothing newer is installed", from->version),
            "install a newer postgresql package beside it");
    return UpgradePlan{.from = std::move(*from), .to = installed.front()};
}

} // namespace

Result<UpgradeReport> upgradeCluster(const PrivateCluster::Options &options, std::stop_token stop)
{
    auto access = ClusterAccess::take(options, stop);
    if (!access)
        return std::unexpected(access.error());
    auto plan = planFor(access->folder);
    if (!plan)
        return std::unexpected(plan.error());
    plan->sockets = std::move(access->sockets);
    plan->user = std::move(access->user);
    plan->durability = options.durability;
    return runUpgrade(access->folder, *plan, stop);
}

} // namespace chrona::storage
