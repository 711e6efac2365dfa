// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/graph.h"

#include <stop_token>

namespace chrona::graph {

struct CommunityOptions {
    double resolution = 1; ///< above 1: more and smaller ones
    unsigned levelsMax = 32;
};

struct Communities {
    std::vector<std::uint32_t> of;    ///< for each node; 0 is the largest
    std::vector<std::uint32_t> sizes; ///< for each community
    double modularity = 0;            ///< at resolution 1
};

/// Groups of nodes with more weight among themselves than chance would give (Leiden: local moves,
/// refinement, aggregation). Every group is connected. Direction is ignored, parallel edges add up.
/// Deterministic, in one thread. Fails with InvalidInput on a resolution not above 0, with
/// Cancelled.
[[nodiscard]] Result<Communities> findCommunities(const Graph &graph, CommunityOptions options = {},
                                                  std::stop_token stop = {});

} // namespace chrona::graph
