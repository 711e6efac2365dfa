// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <limits>

namespace chrona::stats {

/// What could not be computed.
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

} // namespace chrona::stats
