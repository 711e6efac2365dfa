// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_search.h"
#include "graph_walk.h"

#include "chrona/graph/explore.h"

#include <algorithm>

namespace chrona::service {
namespace {

using ipc::GraphNodeKind;
using Vertex = GraphFloor::Vertex;

/// The graph of entities, with the events that ways begin or end at as further nodes.
class PathGround {
public:
    PathGround(const GraphFloor &floor, const EntityTies &ties) : m_floor(floor), m_ties(ties) {}

    Result<graph::NodeIndex> place(ipc::GraphNodeKey key)
    {
        const auto vertex = m_floor.find(key);
        if (!vertex)
            return fail(ErrorCode::NotFound, "an end of the path is nobody that is known");
        if (key.kind == GraphNodeKind::Entity)
            return *vertex;
        if (key.kind != GraphNodeKind::Event)
            return fail(ErrorCode::InvalidInput, "a path begins and ends at entities or events",
                        "choose an entity or an event");
        m_events.push_back(*vertex);
        return static_cast<graph::NodeIndex>(m_floor.entityCount() + m_events.size() - 1);
    }

    Result<const graph::Graph *> ground()
    {
        if (m_events.empty())
            return &m_ties.graph;
        graph::Parts parts = m_ties.graph.parts();
        for (const Vertex event : m_events) {
            const auto node = static_cast<graph::NodeIndex>(parts.nodes.size());
            parts.nodes.push_back({{schema::EvidenceKind::Event, m_floor.keyOf(event).id}, {}, {}});
            for (const GraphFloor::Link &link : m_floor.links(m_floor.indexOf(event)))
                parts.edges.push_back({.from = node,
                                       .to = link.entity,
                                       .type = link.role,
                                       .weight = std::max(0.01F, link.weight)});
        }
        auto made = graph::Graph::create(std::move(parts));
        if (!made)
            return std::unexpected(made.error());
        m_own = std::move(*made);
        return &m_own;
    }

    [[nodiscard]] Vertex vertexOf(graph::NodeIndex node) const
    {
        return node < m_floor.entityCount() ? node : m_events[node - m_floor.entityCount()];
    }

private:
    const GraphFloor &m_floor;
    const EntityTies &m_ties;
    std::vector<Vertex> m_events;
    graph::Graph m_own;
};

} // namespace

Result<GraphPart> searchPaths(const GraphFloor &floor, const EntityTies &ties,
                              const ipc::GraphPathsRequest &request, std::stop_token stop)
{
    if (request.known.size() > ipc::GraphNeighboursRequest::kKnownMax)
        return fail(ErrorCode::InvalidInput, "too many nodes in one request");
    PathGround places(floor, ties);
    const auto from = places.place(request.from);
    if (!from)
        return std::unexpected(from.error());
    const auto to = places.place(request.to);
    if (!to)
        return std::unexpected(to.error());
    const auto ground = places.ground();
    if (!ground)
        return std::unexpected(ground.error());
    graph::EdgeFilter filter;
    for (const ipc::GraphEdgeType type : request.scope.types)
        filter.types.push_back(static_cast<std::uint16_t>(type));
    const graph::PathLimits limits{.hops = request.hops,
                                   .pathsMax = std::clamp(request.pathsMax, 1U, 1'000U),
                                   .degreeMax = request.degreeMax};
    const auto paths = graph::findPaths(**ground, {*from, *to}, limits, filter, stop);
    if (!paths)
        return std::unexpected(paths.error());

    const GraphWalk walk(floor, ties, request.scope);
    PartBuilder part(walk, request.known);
    part.add(places.vertexOf(*from), 0);
    part.add(places.vertexOf(*to), 0);
    std::unordered_map<Vertex, std::uint32_t> rows{{part.vertex(0), 0}, {part.vertex(1), 1}};
    for (const graph::Path &path : paths->found) {
        ipc::GraphPath found{{}, path.strength};
        for (std::size_t at = 0; at < path.nodes.size(); ++at) {
            const Vertex vertex = places.vertexOf(path.nodes[at]);
            if (part.add(vertex, static_cast<std::uint32_t>(at)))
                rows.emplace(vertex, static_cast<std::uint32_t>(part.size() - 1));
            found.nodes.push_back(rows.at(vertex));
        }
        part.reply().paths.push_back(std::move(found));
    }
    part.reply().nodesTotal = part.size();
    part.reply().isComplete = paths->isComplete && paths->hubsAvoided == 0;
    return part.take();
}

} // namespace chrona::service
