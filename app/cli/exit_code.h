// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>

namespace chrona::cli {

/// What the shell sees. Scripts depend on these numbers.
enum class ExitCode : std::uint8_t {
    Done = 0,
    Failed = 1,      ///< the work failed; one line said why
    Usage = 2,       ///< the command line cannot be right
    Unreachable = 3, ///< the service does not answer
    Refused = 4,     ///< permission or policy
};

/// How a failure of the work itself ends; the caller decides what counts as usage or unreachable.
[[nodiscard]] ExitCode exitCodeFor(const Error &error);

} // namespace chrona::cli
