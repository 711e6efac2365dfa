// SPDX-License-Identifier: AGPL-3.0-or-later
#include "outward.h"

namespace chrona::graph {

void PlacedNodes::placeOutward(const SimpleLinks &links)
{
    for (std::size_t at = 0; at < order.size(); ++at)
        for (const NodeIndex next : links.of(order[at])) {
            if (isPlaced[next])
                continue;
            Point sum;
            float count = 0;
            for (const NodeIndex neighbour : links.of(next))
                if (isPlaced[neighbour]) {
                    sum = {sum.x + positions[neighbour].x, sum.y + positions[neighbour].y};
                    ++count;
                }
            place(next, {sum.x / count, sum.y / count});
        }
}

} // namespace chrona::graph
