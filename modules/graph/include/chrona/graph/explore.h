// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/graph.h"

#include <map>
#include <stop_token>

namespace chrona::graph {

/// What an expansion of one node would bring, to be shown before it is asked for.
struct ExpandCounts {
    std::size_t neighbours = 0;                         ///< different ones, without the node itself
    std::map<schema::EvidenceKind, std::size_t> byKind; ///< of neighbours
    std::map<std::uint16_t, std::size_t> byType;        ///< edges, by their type
};

[[nodiscard]] ExpandCounts countsAround(const Graph &graph, NodeIndex node,
                                        const EdgeFilter &filter = {});

struct NeighbourhoodLimits {
    unsigned hops = 1;
    std::size_t degreeMax =
        200; ///< a node with more links is shown but not expanded; seeds always are
    std::size_t nodesMax = 2'000;
};

/// What lies around some nodes. Never silently less than asked for: what was held back is named.
struct Neighbourhood {
    struct Member {
        NodeIndex node = 0;
        unsigned hops = 0;
    };
    std::vector<Member> members;  ///< nearest first; seeds are the first
    std::vector<EdgeIndex> edges; ///< all that pass the filter between members, ascending
    std::vector<NodeIndex> hubs;  ///< members not expanded because they have too many links
    std::size_t leftOut = 0;      ///< nodes next to expanded members for which there was no room
};

/// Breadth first, and among equals those with the strongest edges, then in the order of the graph.
/// Fails with InvalidInput on a seed that is not in the graph, with Cancelled on a stop.
[[nodiscard]] Result<Neighbourhood>
neighbourhood(const Graph &graph, std::span<const NodeIndex> seeds, NeighbourhoodLimits limits,
              const EdgeFilter &filter = {}, std::stop_token stop = {});

struct PathLimits {
    static constexpr unsigned kHopsMax = 4;
    unsigned hops = kHopsMax;
    std::size_t pathsMax = 100;
    std::size_t degreeMax = 1'000;    ///< no way leads through a node with more links
    std::size_t stepsMax = 2'000'000; ///< edges looked at, the budget of one question
};

struct Path {
    std::vector<NodeIndex> nodes; ///< from the one end to the other
    std::vector<EdgeIndex> edges; ///< one fewer; of parallel ones the strongest
    float strength = 0;           ///< the weight of its weakest edge
};

/// Ways between two nodes that pass no node twice: shorter first, then stronger.
struct Paths {
    std::vector<Path> found;
    bool isComplete = true; ///< false: the budget or the number of paths ended the search
    std::size_t hubsAvoided = 0;
};

/// The direction of the filter is read along the way from the first node to the second. Fails with
/// InvalidInput on ends that are not in the graph or the same, or on more hops than kHopsMax; with
/// Cancelled on a stop.
struct PathEnds {
    NodeIndex from = 0;
    NodeIndex to = 0;
};
[[nodiscard]] Result<Paths> findPaths(const Graph &graph, PathEnds ends, PathLimits limits = {},
                                      const EdgeFilter &filter = {}, std::stop_token stop = {});

} // namespace chrona::graph
