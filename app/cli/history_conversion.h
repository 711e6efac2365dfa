// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace chrona::cli {

/// Turns a folder of historical tables (markets, weekly and monthly releases, central bank days,
/// storms, earthquakes and others; docs/guides/discovery.md names the columns) into calendar.csv,
/// prices.csv and observations.csv. Only market_daily.csv must be there. Says what it took, a line
/// a table.
[[nodiscard]] Result<std::vector<std::string>> convertHistory(const std::filesystem::path &folder,
                                                              const std::filesystem::path &out);

} // namespace chrona::cli
