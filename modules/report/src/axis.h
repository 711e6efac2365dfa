// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace chrona::report {

struct Tick {
    double at = 0;
    QString label;
};

struct Range {
    double low = 0, high = 1;
};

/// Steps of 1, 2 or 5 times a power of ten, about `wanted` of them; the range grows to whole steps.
[[nodiscard]] std::vector<Tick> numberTicks(Range &range, int wanted);
/// Years, quarters, months or days, by the length of the range; microseconds since 1970.
[[nodiscard]] std::vector<Tick> timeTicks(const Range &range, int wanted);

} // namespace chrona::report
