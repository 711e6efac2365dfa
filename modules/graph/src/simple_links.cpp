// SPDX-License-Identifier: AGPL-3.0-or-later
#include "simple_links.h"

#include <algorithm>

namespace chrona::graph {

SimpleLinks simpleLinks(const Graph &graph)
{
    SimpleLinks simple;
    simple.offsets.reserve(graph.nodeCount() + 1);
    std::vector<std::pair<NodeIndex, float>> row;
    for (NodeIndex node = 0; node < graph.nodeCount(); ++node) {
        row.clear();
        for (const Link &link : graph.links(node))
            if (link.neighbour != node)
                row.emplace_back(link.neighbour, graph.edge(link.edge).weight);
        std::ranges::stable_sort(row, {}, &std::pair<NodeIndex, float>::first);
        const std::size_t first = simple.neighbours.size();
        for (const auto &[neighbour, weight] : row) {
            if (simple.neighbours.size() > first && simple.neighbours.back() == neighbour) {
                simple.weights.back() += weight;
                continue;
            }
            simple.neighbours.push_back(neighbour);
            simple.weights.push_back(weight);
        }
        simple.offsets.push_back(std::uint32_t(simple.neighbours.size()));
    }
    return simple;
}

void hopsFrom(const SimpleLinks &links, NodeIndex from, std::span<std::uint16_t> hops,
              std::vector<NodeIndex> &queue)
{
    std::ranges::fill(hops, kUnreached);
    queue.clear();
    queue.push_back(from);
    hops[from] = 0;
    for (std::size_t at = 0; at < queue.size(); ++at) {
        // A chain longer than the numbers reach goes on at their end.
        const auto next = std::uint16_t(std::min(hops[queue[at]] + 1, kUnreached - 1));
        for (const NodeIndex neighbour : links.of(queue[at])) {
            if (hops[neighbour] != kUnreached)
                continue;
            hops[neighbour] = next;
            queue.push_back(neighbour);
        }
    }
}

} // namespace chrona::graph
