// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include <optional>

namespace chrona::cli {

/// rounds, submissions, providers, delegations, rewards, transactions; nothing for another word.
[[nodiscard]] std::optional<ExitCode> runOracleRounds(Invocation &invocation,
                                                      std::string_view verb);

} // namespace chrona::cli
