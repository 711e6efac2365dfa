// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/oracle_watch.h"

#include <span>

/// A provider's money and progress as facts.
namespace chrona::ui {

class FactColumn;

/// What a submission costs, what an epoch brings, where it breaks even, and what would be if.
void addEconomics(FactColumn &column, const ipc::FtsoEconomicsReply &economics);
/// How the newest reward epoch compares with the one before it.
void addTrend(FactColumn &column, std::span<const ipc::FtsoProviderEpoch> history);
/// All epochs as comma-separated values.
[[nodiscard]] std::string economicsCsv(const ipc::FtsoEconomicsReply &economics);

} // namespace chrona::ui
