// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <limits>

namespace chrona::features {

/// A value that is not there.
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

} // namespace chrona::features
