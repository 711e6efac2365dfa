// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"
#include "quad_tree.h"
#include "simple_links.h"

namespace chrona::graph {

/// What a round is for: the whole picture, by distances to pivots; or neighbourhoods within it,
/// where edges pull and everything pushes, and pivots only keep the whole as it was.
enum class Phase : std::uint8_t { Global, Local };

/// One connected graph being laid out by distances to pivots. Every node goes to where its edges
/// and pivots would have it, as they stood at the beginning of the round (localised majorisation
/// after Gansner, Koren and North; pivots weighted after Ortmann, Klimenta and Brandes; pushed
/// apart after Gansner, Hu and North).
class SparseStress {
public:
    /// Of a connected graph. On a stop the object is of no use.
    SparseStress(SimpleLinks links, std::uint64_t seed, Executor &executor, std::stop_token stop);

    void round(Phase phase, Executor &executor, std::stop_token stop);
    [[nodiscard]] const Positions &positions() const { return m_positions; }
    /// Mean length of an edge as it is drawn now.
    [[nodiscard]] float edgeLength() const;

private:
    void choosePivots(std::uint64_t seed, Executor &executor, std::stop_token stop);
    void weighPivots(std::span<const std::uint16_t> hops, Executor &executor, std::stop_token stop);
    void placePivots(std::uint64_t seed);
    void placeNodes(std::uint64_t seed, Executor &executor, std::stop_token stop);
    [[nodiscard]] Point drawnWhole(NodeIndex node) const;
    [[nodiscard]] Point drawnNear(NodeIndex node) const;

    SimpleLinks m_links;
    std::vector<NodeIndex> m_pivots;
    std::size_t m_stride = 0;     ///< pivots, padded to whole lanes
    std::vector<float> m_lengths; ///< hops from node to pivot, m_stride a node
    std::vector<float> m_weights; ///< beside them
    std::vector<float> m_pivotX, m_pivotY;
    Positions m_positions, m_next;
    std::vector<Point> m_push;
    QuadTree m_tree;
};

} // namespace chrona::graph
