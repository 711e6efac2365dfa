// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"

namespace chrona::graph {

/// What a picture without points has: nothing.
struct Box {
    float left = 0, top = 0, right = 0, bottom = 0;
};
[[nodiscard]] Box boxAround(std::span<const Point> points);

/// Where boxes go so that none touches another: in rows, the first ones on top, about half as wide
/// again as high. One offset for each box, to be added to what is in it.
[[nodiscard]] std::vector<Point> packBoxes(std::span<const Box> boxes);

} // namespace chrona::graph
