// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"

namespace chrona::graph {

/// How well a picture shows a graph. Both are means over sampled nodes.
struct LayoutQuality {
    /// Mean over pairs of ((drawn − hops) / hops)², the picture scaled as suits it best; 0 is
    /// ideal. Pairs without a way between them do not count.
    double stress = 0;
    /// Of a node's direct neighbours and of as many nodes drawn nearest to it, the share that is
    /// both (Jaccard); 1 is ideal.
    double neighbours = 0;
    /// The same for all within two hops.
    double secondNeighbours = 0;
};

struct QualitySample {
    std::size_t nodes = 500;
    std::uint64_t seed = 1;
};

/// Fails with InvalidInput where positions are not one for each node, or are not finite.
[[nodiscard]] Result<LayoutQuality>
layoutQuality(const Graph &graph, std::span<const Point> positions, QualitySample sample = {});

} // namespace chrona::graph
