// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

namespace chrona::cli {

/// chronactl oracle collectors [add NAME HOST:PORT | remove NAME].
[[nodiscard]] ExitCode runOracleCollectors(Invocation &invocation);

} // namespace chrona::cli
