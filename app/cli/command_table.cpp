// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"

namespace chrona::cli {

std::span<const Command *const> allCommands()
{
    static constexpr const Command *kCommands[] = {
        // With the service
        &kStatus,
        &kHealth,
        &kSources,
        &kImport,
        &kEvents,
        &kEntities,
        &kGraph,
        &kSeries,
        &kFeatures,
        &kClusters,
        &kSignals,
        &kRun,
        &kJobs,
        &kConfig,
        &kDemo,
        &kHourly,
        &kAlerts,
        &kTiles,
        &kWatchlist,
        &kInvestigation,
        &kDiagnose,
        &kFlare,
        // On files
        &kParse,
        &kDiscover,
        &kConformance,
        &kBench,
        &kKey,
        &kOracle,
        &kFeed,
        &kBrief,
        &kClassify,
        &kCluster,
        &kHistory,
    };
    return kCommands;
}

std::span<const std::string_view> commandsNotInThisBuild()
{
    static constexpr std::string_view kLater[] = {
        "backup",
        "api-key",
    };
    return kLater;
}

} // namespace chrona::cli
