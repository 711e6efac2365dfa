// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"

/// Layouts that follow a rule that the eye can check. All are quick, in one thread, and stop with
/// Cancelled. Nodes are at least an edge's length apart where the rule leaves a choice.
namespace chrona::graph {

/// Edges point downwards as far as circles allow: a layer is the longest way from a beginning.
/// Within a layer, order and place follow the neighbours. For up to kLayeredNodesMax nodes, beyond
/// which nobody reads it: Exhausted.
inline constexpr std::size_t kLayeredNodesMax = 20'000;
[[nodiscard]] Result<Positions> layeredLayout(const Graph &graph, std::stop_token stop = {});

/// A node in the middle and around it rings of those one hop away, two, and so on; a branch gets as
/// much of the circle as it has ends. Nodes without a way to the middle are on the outermost ring.
[[nodiscard]] Result<Positions> radialLayout(const Graph &graph, NodeIndex middle,
                                             std::stop_token stop = {});

/// Places in Mercator's projection, the globe kGeoWidth wide, with the middle at 0, 0. Nodes
/// without a place stand among neighbours that have one, and those without such neighbours in rows
/// below. Nodes that would coincide lie around their place in a spiral.
inline constexpr float kGeoWidth = 360;
[[nodiscard]] Result<Positions> geoLayout(const Graph &graph, std::stop_token stop = {});

} // namespace chrona::graph
