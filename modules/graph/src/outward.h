// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"
#include "simple_links.h"

namespace chrona::graph {

/// Some nodes with positions, and the rest finding theirs from them.
struct PlacedNodes {
    Positions positions;            ///< of all nodes; meaningful for those in `order`
    std::vector<bool> isPlaced;     ///< of all nodes
    std::vector<NodeIndex> order{}; ///< who has been placed, first to last

    explicit PlacedNodes(std::size_t nodes) : positions(nodes), isPlaced(nodes, false) {}

    void place(NodeIndex node, Point at)
    {
        positions[node] = at;
        isPlaced[node] = true;
        order.push_back(node);
    }
    /// Walks outward from all that is placed and puts each node amid those of its neighbours that
    /// are placed by then. What no way joins to them stays unplaced.
    void placeOutward(const SimpleLinks &links);
};

} // namespace chrona::graph
