// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include "chrona/ipc/messages_oracle.h"

#include <ostream>
#include <string>
#include <string_view>

/// What the running service says of its oracle.
namespace chrona::cli {

[[nodiscard]] bool isLiveOracleVerb(std::string_view verb);
[[nodiscard]] ExitCode runLiveOracle(Invocation &invocation);

[[nodiscard]] std::string_view wordFor(ipc::OracleMode mode);
[[nodiscard]] std::string_view wordFor(ipc::OracleAnswerState state);
[[nodiscard]] std::string_view wordFor(ipc::OracleRegime regime);
[[nodiscard]] std::string_view wordFor(ipc::OracleStanding standing);
[[nodiscard]] std::string_view wordFor(ipc::OracleVenueState state);
[[nodiscard]] std::string_view wordFor(ipc::OracleAlertKind kind);

[[nodiscard]] std::string asJson(const ipc::OracleStatus &status);
[[nodiscard]] std::string asJson(const ipc::OracleFeedsReply &feeds);
[[nodiscard]] std::string asJson(const ipc::OracleVenuesReply &venues);
[[nodiscard]] std::string asJson(const ipc::OracleAnswer &answer);
[[nodiscard]] std::string asJson(const ipc::OracleAlertsReply &alerts);

} // namespace chrona::cli
