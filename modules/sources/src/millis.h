// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <chrono>
#include <cstdint>

namespace chrona::sources {

/// Since 1970.
inline std::int64_t millis(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

} // namespace chrona::sources
