// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>

namespace chrona::stats {

/// Of one value at least, all of them there.
inline double mean(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

} // namespace chrona::stats
