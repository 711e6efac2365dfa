// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <chrono>
#include <cstdint>

namespace chrona::service {

/// Since 1970.
inline std::int64_t microseconds(Instant instant)
{
    return instant.time_since_epoch().count();
}

inline Instant instantOfMillis(std::int64_t millis)
{
    return Instant(std::chrono::milliseconds(millis));
}

} // namespace chrona::service
