// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

namespace chrona::cli {

/// `chronactl oracle backtest DIR…`: over recorded days, each as if the next were not known.
[[nodiscard]] ExitCode runOracleBacktest(Invocation &invocation);

} // namespace chrona::cli
