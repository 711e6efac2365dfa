// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/discovery/engine.h"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// What was read from a folder of calendar.csv, prices.csv and observations.csv.
struct DiscoveryInput {
    discovery::AsOfPanel panel;
    std::size_t vintages = 0;             ///< rows of observations.csv that were taken
    std::vector<std::string> refusedRows; ///< the first of those that were not, with row and reason
    std::size_t refusedCount = 0;
    std::string inputHash; ///< SHA-256 over the three files
};

/// Fails with NotFound for a missing file and InvalidInput where a file has not the columns that it
/// must have or no panel can be made of it. A bad row of observations.csv is left out and reported;
/// a bad row of the other two is a failure, because every result would shift.
[[nodiscard]] Result<DiscoveryInput> readDiscoveryFolder(const std::filesystem::path &folder);

/// `feature,target,horizon,lag,sign,effect,q,stability,n,label,regime`, best first.
[[nodiscard]] std::string signalsAsCsv(const DiscoveryInput &input,
                                       const discovery::Report &report);
/// Parameters, controls, signals with their evidence and everything that was refused, as JSON.
[[nodiscard]] std::string reportAsJson(const DiscoveryInput &input, const discovery::Report &report,
                                       double readSeconds, double searchSeconds);

/// The trials of earlier runs as they are kept between runs.
[[nodiscard]] std::string ledgerAsJson(const discovery::TrialLedger &ledger);
/// Fails with InvalidInput or Corrupt for what ledgerAsJson did not write.
[[nodiscard]] Result<discovery::TrialLedger> readLedger(std::string_view text);

} // namespace chrona::cli
