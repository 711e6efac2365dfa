// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/graph/layout.h"

namespace chrona::graph {

/// What pushes every point away from all others: the sum of (a − b) / |a − b|² over all b, far ones
/// taken together by cells (Barnes and Hut). Points that lie close share one walk through the tree,
/// and the loop over what it found is plain arithmetic on arrays.
///
/// Deterministic for any number of threads. Scratch space is kept from call to call.
class QuadTree {
public:
    /// Fills push[i] for every position. Positions are finite. On a stop, some are left out.
    void repel(std::span<const Point> positions, std::span<Point> push, Executor &executor,
               std::stop_token stop);

private:
    struct Cell {
        float x = 0, y = 0; ///< centre of mass
        float mass = 0;
        float size = 0;                   ///< of a side
        std::uint32_t begin = 0, end = 0; ///< points, in Morton order
        std::uint32_t next = 0;           ///< the cell after this one and all within it
        bool isLeaf = false;
    };
    struct Sources; ///< what a leaf's points are pushed by

    void sort(std::span<const Point> positions);
    void build(std::uint32_t begin, std::uint32_t end, unsigned level);
    void gather(const Cell &leaf, Sources &sources) const;
    void pushLeaf(const Cell &leaf, const Sources &sources, std::span<Point> push) const;

    std::vector<std::pair<std::uint32_t, NodeIndex>> m_order; ///< Morton code and point
    std::vector<float> m_x, m_y;                              ///< in that order
    std::vector<Cell> m_cells;
    std::vector<std::uint32_t> m_leaves;
    float m_side = 1;
};

} // namespace chrona::graph
