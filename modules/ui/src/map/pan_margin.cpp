// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pan_margin.h"

#include <algorithm>
#include <cmath>

namespace chrona::ui {

int nextPanMargin(int margin, std::chrono::microseconds took)
{
    constexpr int kStep = 64, kFarTooWide = 3; // pixels; times
    constexpr double kDragged = 600;           // pixels a second: a hand that is in a hurry
    const double passed = kDragged * std::chrono::duration<double>(took).count();
    const double steps = std::ceil(std::min<double>(2 * passed, kPanMarginMost) / kStep);
    const int wanted = std::max(kPanMarginLeast, int(steps) * kStep);
    return wanted > margin || wanted * kFarTooWide <= margin ? wanted : margin;
}

} // namespace chrona::ui
