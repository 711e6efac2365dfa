// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"
#include "outward.h"
#include "simple_links.h"

#include <unordered_map>

namespace chrona::graph {

/// New nodes finding room among old ones, which stay exactly where they are: a picture that
/// somebody knows must not move when something is added to it. New nodes are drawn by their edges
/// and pushed by what is near only; the far picture is settled.
class Settling {
public:
    /// Places every node that some way joins to a known one; isPlaced() tells which. Known
    /// positions are finite, and one optional for each node.
    Settling(const SimpleLinks &links, std::span<const std::optional<Point>> known,
             std::uint64_t seed);

    [[nodiscard]] bool isPlaced(NodeIndex node) const { return m_nodes.isPlaced[node]; }
    [[nodiscard]] const Positions &positions() const { return m_nodes.positions; }
    void round(Executor &executor, std::stop_token stop);

private:
    using Grid = std::unordered_map<std::uint64_t, std::vector<NodeIndex>>;
    [[nodiscard]] std::span<const NodeIndex> moving() const;
    [[nodiscard]] static std::uint64_t cellOf(std::int64_t column, std::int64_t row);
    [[nodiscard]] Point pushAt(NodeIndex node, const Grid &grid) const;
    [[nodiscard]] Point moved(NodeIndex node, const Grid &grid) const;

    const SimpleLinks &m_links;
    PlacedNodes m_nodes;
    std::size_t m_knownCount = 0; ///< the first of m_nodes.order, which do not move
};

} // namespace chrona::graph
