// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chrona::events {

/// An undirected weighted edge between two of the nodes 0 … n-1.
struct GraphEdge {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    float weight = 0;
};

/// Groups of nodes that are tied more closely than `expected` × (product of their degrees) would
/// have it: local moves, then the same over the groups, until nothing improves. Deterministic. The
/// result names a group for each node, counted in the order of their first nodes.
///
/// `expected` is a rate and no share of the graph's own weight, so that what a part looks like does
/// not depend on how much else there is (the resolution limit of plain modularity).
[[nodiscard]] std::vector<std::uint32_t>
groupsOf(std::size_t nodes, std::span<const GraphEdge> edges, double expected);

} // namespace chrona::events
