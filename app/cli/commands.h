// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

/// The entries of the command table, each defined in the file of its group. A new command adds its
/// line here and in command_table.cpp.
namespace chrona::cli {

// On files, without a service
extern const Command kParse;
extern const Command kFeed;
extern const Command kDiscover;
extern const Command kOracle;
extern const Command kBrief;
extern const Command kClassify;
extern const Command kCluster;
extern const Command kHistory;
extern const Command kConformance;
extern const Command kBench;
extern const Command kKey;

// With the service
extern const Command kStatus;
extern const Command kHealth;
extern const Command kSources;
extern const Command kImport;
extern const Command kEvents;
extern const Command kEntities;
extern const Command kGraph;
extern const Command kSeries;
extern const Command kFeatures;
extern const Command kClusters;
extern const Command kSignals;
extern const Command kRun;
extern const Command kJobs;
extern const Command kConfig;
extern const Command kDemo;
extern const Command kHourly;
extern const Command kAlerts;
extern const Command kInvestigation;
extern const Command kRun;
extern const Command kTiles;
extern const Command kWatchlist;
extern const Command kDiagnose;
extern const Command kFlare;

} // namespace chrona::cli
