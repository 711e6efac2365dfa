// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <vector>

namespace chrona::bench {

/// Round trips of a bare QLocalSocket between two threads of this process, in microseconds: what
/// any protocol over such a socket cannot beat here.
[[nodiscard]] Result<std::vector<double>> measureBareEcho(std::size_t rounds, std::size_t bytes);

} // namespace chrona::bench
