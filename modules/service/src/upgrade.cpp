// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/service/upgrade.h"

#include "data_folder.h"

#include "chrona/storage/cluster_upgrade.h"

#include <format>

namespace chrona::service {

Result<std::string> upgradeDatabase(const ServiceOptions &options)
{
    if (!options.database.empty())
        return fail(ErrorCode::InvalidInput,
                    "a database that a connection string names is its owner's to upgrade",
                    "leave --database away");
    auto folder = DataFolder::open(options.dataFolder); // its lock keeps the service away
    if (!folder)
        return std::unexpected(folder.error());
    const log::Options logging{
        .file = folder->logFile(), .level = options.logLevel, .toStderr = options.logToStderr};
    if (auto opened = log::open(logging); !opened)
        return std::unexpected(opened.error());
    storage::PrivateCluster::Options cluster;
    cluster.dataFolder = folder->clusterFolder();
    const auto report = storage::upgradeCluster(cluster);
    if (!report) {
        log::error("upgrade", "{}", describe(report.error()));
        log::flush();
        return std::unexpected(report.error());
    }
    const std::string words =
        std::format("the database moved from PostgreSQL {} to {}; {} holds it as it was, and goes "
                    "by itself when the service has been started, stopped and started again",
                    report->from, report->to, report->kept.string());
    log::info("upgrade", "{}", words);
    log::flush();
    return words;
}

} // namespace chrona::service
