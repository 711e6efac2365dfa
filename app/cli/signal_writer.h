// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <string>

/// Signals as scripts read them.
namespace chrona::cli {

/// One line of JSON, with all evidence.
[[nodiscard]] std::string signalAsJson(const ipc::SignalEntry &signal);
[[nodiscard]] std::string refusedAsJson(const ipc::RefusedEntry &refused);
[[nodiscard]] std::string runAsJson(const ipc::DiscoveryRunEntry &run);

inline constexpr const char *kSignalCsvHeader =
    "feature,target,horizon,lag,sign,effect,q,stability,n,label,regime,elevated,synthetic\n";
[[nodiscard]] std::string signalAsCsv(const ipc::SignalEntry &signal);
inline constexpr const char *kRefusedCsvHeader = "feature,target,rule,measured,limit\n";
[[nodiscard]] std::string refusedAsCsv(const ipc::RefusedEntry &refused);

} // namespace chrona::cli
