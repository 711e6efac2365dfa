// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph_floor.h"

#include "chrona/graph/graph.h"

#include <functional>
#include <stop_token>

namespace chrona::service {

/// How far a long piece of work is, in rows.
using RowProgress = std::function<void(std::size_t done, std::size_t total)>;

/// What ties entities to each other within a scope (its types aside): which are named by the same
/// events, how often, from when to when; and the relations that no event makes. Immutable; any
/// thread.
///
/// Node i of the graph is the floor's entity i, and edge types are ipc::GraphEdgeType. An event
/// that names more than kNamesMax entities is a list and ties nobody.
struct EntityTies {
    static constexpr std::size_t kNamesMax = 40;

    graph::Graph graph;
    std::vector<std::uint32_t> edgeEvidence; ///< events behind each edge
    std::vector<std::uint32_t> newest;       ///< rows of the newest of them, edge by edge
    std::vector<std::uint32_t> newestFirst;  ///< where those of each edge begin
    std::vector<std::uint32_t> evidence;     ///< events that name each entity
    std::vector<std::uint32_t> neighbours;   ///< different ones of each entity

    /// Rows of the newest events behind an edge, newest first; at most kEvidenceOfATie.
    [[nodiscard]] std::span<const std::uint32_t> newestOf(graph::EdgeIndex edge) const
    {
        const std::size_t count =
            std::min<std::size_t>(edgeEvidence[edge], ipc::GraphReply::kEvidenceOfATie);
        return std::span(newest).subspan(newestFirst[edge], count);
    }

    /// Over the rows of the scope, or over `rows` where they are given. Fails with Cancelled.
    [[nodiscard]] static Result<EntityTies> find(const GraphFloor &floor,
                                                 const ipc::GraphScope &scope,
                                                 std::optional<std::span<const std::uint32_t>> rows,
                                                 const RowProgress &progress, std::stop_token stop);
};

/// The names of all edge types, by their numbers: "together".
[[nodiscard]] std::vector<std::string> edgeTypeNames();

} // namespace chrona::service
