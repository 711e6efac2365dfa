// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/graph.h"

namespace chrona::graph {

/// Who is tied to whom, whatever the direction, type and time: each neighbour once, ascending, no
/// node to itself, and with the weights of all edges between two summed. For layouts and measures.
struct SimpleLinks {
    std::vector<std::uint32_t> offsets{0};
    std::vector<NodeIndex> neighbours;
    std::vector<float> weights; ///< beside `neighbours`

    [[nodiscard]] std::size_t nodeCount() const { return offsets.size() - 1; }
    [[nodiscard]] std::span<const NodeIndex> of(NodeIndex node) const
    {
        return std::span(neighbours).subspan(offsets[node], offsets[node + 1] - offsets[node]);
    }
    [[nodiscard]] std::span<const float> weightsOf(NodeIndex node) const
    {
        return std::span(weights).subspan(offsets[node], offsets[node + 1] - offsets[node]);
    }
};

[[nodiscard]] SimpleLinks simpleLinks(const Graph &graph);

/// Hops from a node to each other one; kUnreached where there is no way. `queue` is scratch space.
inline constexpr std::uint16_t kUnreached = 0xFFFF;
void hopsFrom(const SimpleLinks &links, NodeIndex from, std::span<std::uint16_t> hops,
              std::vector<NodeIndex> &queue);

} // namespace chrona::graph
