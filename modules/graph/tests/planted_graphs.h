// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/graph.h"

#include <stop_token>
#include <utility>

/// Graphs of known shape, the same on every machine. Node i has the key entity:i+1.
namespace chrona::graph::tests {

using Pairs = std::vector<std::pair<NodeIndex, NodeIndex>>;

[[nodiscard]] Graph graphOf(std::size_t nodes, const Pairs &pairs);

/// A grid: what a good picture of it looks like, everybody knows.
[[nodiscard]] Graph meshGraph(std::size_t columns, std::size_t rows);

struct PlantedSize {
    std::size_t nodes = 0;
    std::size_t edges = 0; ///< at least nodes − 1
    std::uint64_t seed = 1;
};
/// Few nodes with very many links, as on the web: each new node ties itself to `edges / nodes` ends
/// of earlier edges.
[[nodiscard]] Graph scaleFreeGraph(PlantedSize size);
/// Groups of `groupSize` nodes; nine of ten edges stay within one. Connected.
[[nodiscard]] Graph groupedGraph(PlantedSize size, std::size_t groupSize);
/// Events that each name one to four entities of their subject, some of which everybody names: the
/// shape of Chrona's own graphs. A fourth of the nodes are entities.
[[nodiscard]] Graph eventGraph(PlantedSize size);

/// Of work that was cancelled before it began.
[[nodiscard]] std::stop_token stoppedToken();

} // namespace chrona::graph::tests
