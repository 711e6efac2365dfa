// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include <cstdint>
#include <optional>
#include <string>

namespace chrona::cli {

/// rounds, submissions, accuracy, delegations, rewards, transactions; nothing for another word.
[[nodiscard]] std::optional<ExitCode> runOracleRounds(Invocation &invocation,
                                                      std::string_view verb);

/// How close a provider came, feed by feed, beside everybody else.
[[nodiscard]] ExitCode listOracleAccuracy(Invocation &invocation);
/// "49.20 %"; "-" of nothing.
[[nodiscard]] std::string percentText(std::int64_t part, std::int64_t whole);

} // namespace chrona::cli
