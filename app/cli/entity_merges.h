// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

namespace chrona::cli {

/// entities merge KEY… --into KEY, entities split KEY…, entities merges.
[[nodiscard]] ExitCode runMerges(Invocation &invocation);

} // namespace chrona::cli
