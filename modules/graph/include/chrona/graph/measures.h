// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/graph/graph.h"

#include <stop_token>

/// Which nodes matter. The same figures for any number of threads; all functions are safe from any.
namespace chrona::graph {

struct Degree {
    std::uint32_t out =
        0; ///< edges, parallel ones each; one to the node itself counts on both sides
    std::uint32_t in = 0;
    double weightOut = 0;
    double weightIn = 0;
};
[[nodiscard]] std::vector<Degree> degrees(const Graph &graph);

struct PageRankOptions {
    double damping = 0.85;
    double tolerance = 1e-9; ///< of the sum of changes in a round
    unsigned roundsMax = 200;
    Direction direction = Direction::Forward; ///< Both: an edge lends weight both ways
};
/// The share of time that somebody is at each node who follows edges by weight and now and then
/// begins anywhere. Sums to 1. Fails with InvalidInput on a damping not in [0, 1), with Cancelled.
[[nodiscard]] Result<std::vector<double>> pageRank(const Graph &graph, PageRankOptions options,
                                                   Executor &executor, std::stop_token stop = {});

struct BetweennessOptions {
    std::size_t sources = 256; ///< nodes to measure from; as many as there are: exact
    std::uint64_t seed = 1;
};
/// On what share of shortest ways (in hops, whatever their direction) between two others each node
/// lies: 0 to 1, estimated from ways out of sampled nodes. Fails with Cancelled.
[[nodiscard]] Result<std::vector<double>> betweenness(const Graph &graph,
                                                      BetweennessOptions options,
                                                      Executor &executor,
                                                      std::stop_token stop = {});

/// Parts without a way between them, the largest first; among equals that of the earlier node.
struct Components {
    std::vector<std::uint32_t> of;    ///< for each node, the number of its component
    std::vector<std::uint32_t> sizes; ///< for each component
};
[[nodiscard]] Components components(const Graph &graph);

} // namespace chrona::graph
