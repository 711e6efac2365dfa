// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph_search.h"

#include <unordered_map>

namespace chrona::service {

/// One tie of a vertex.
struct Tie {
    GraphFloor::Vertex other = 0;
    ipc::GraphEdgeType type = ipc::GraphEdgeType::Together;
    bool isOutgoing = true;
    float weight = 1;
    std::int64_t begin = 0, end = 0; ///< microseconds since 1970; 0: undated
    std::uint32_t evidence = 1;
    std::span<const std::uint32_t> newest{}; ///< rows of events, of a tie between entities
};

/// Walks over ties of every kind within a scope. Any thread; floor, ties and scope outlive it.
class GraphWalk {
public:
    using Vertex = GraphFloor::Vertex;

    GraphWalk(const GraphFloor &floor, const EntityTies &ties, const ipc::GraphScope &scope);

    [[nodiscard]] const GraphFloor &floor() const { return m_floor; }
    [[nodiscard]] bool takes(ipc::GraphEdgeType type) const
    {
        return m_takes[static_cast<std::size_t>(type)];
    }
    /// Whether an event is in the window and known at its moment.
    [[nodiscard]] bool isInScope(std::uint32_t row) const
    {
        return row >= m_rows.first && row < m_rows.end && m_floor.counts(row, m_scope);
    }

    /// Of an entity: to others, then to its events, newest first.
    template <class Take> void forEach(Vertex vertex, Take take) const
    {
        switch (m_floor.kindOf(vertex)) {
        case ipc::GraphNodeKind::Entity:
            forEachOther(vertex, take);
            return forEachNaming(vertex, take);
        case ipc::GraphNodeKind::Source:
            return forEachEvent(m_floor.reports(m_floor.indexOf(vertex)),
                                ipc::GraphEdgeType::Reports, take);
        case ipc::GraphNodeKind::Story:
            return forEachEvent(m_floor.tellers(m_floor.indexOf(vertex)), ipc::GraphEdgeType::Tells,
                                take);
        case ipc::GraphNodeKind::Event: return forEachNamed(vertex, take);
        }
    }
    template <class Take> void forEachOther(Vertex entity, Take take) const;
    template <class Take> void forEachNaming(Vertex entity, Take take) const;
    template <class Take> void forEachNamed(Vertex event, Take take) const;
    /// Of a source or a story: its events, newest first.
    template <class Take>
    void forEachEvent(std::span<const std::uint32_t> rows, ipc::GraphEdgeType type,
                      Take take) const;

    /// What is shown of a vertex, without its hops.
    [[nodiscard]] ipc::GraphNode nodeOf(Vertex vertex) const;

private:
    [[nodiscard]] Tie naming(std::uint32_t row, std::uint8_t role, float weight) const;

    const GraphFloor &m_floor;
    const EntityTies &m_ties;
    const ipc::GraphScope &m_scope;
    RowSpan m_rows;
    std::array<bool, ipc::kGraphEdgeTypeCount> m_takes{};
    bool m_takesRoles = false;
};

template <class Take> void GraphWalk::forEachOther(Vertex entity, Take take) const
{
    for (const graph::Link &link : m_ties.graph.links(entity)) {
        const graph::Edge &edge = m_ties.graph.edge(link.edge);
        const auto type = static_cast<ipc::GraphEdgeType>(edge.type);
        if (!takes(type) || link.neighbour == entity)
            continue;
        const auto micros = [](const std::optional<Instant> &at) {
            return at ? at->time_since_epoch().count() : 0;
        };
        take(Tie{link.neighbour, type, edge.from == entity, edge.weight, micros(edge.begin),
                 edge.end ? micros(edge.end) - 1 : 0, m_ties.edgeEvidence[link.edge],
                 m_ties.newestOf(link.edge)});
    }
}

template <class Take> void GraphWalk::forEachNaming(Vertex entity, Take take) const
{
    if (!m_takesRoles)
        return;
    const auto namings = m_floor.namings(entity);
    for (std::size_t at = namings.size(); at-- > 0;) {
        const GraphFloor::Naming &one = namings[at];
        if (one.row < m_rows.first)
            return;
        if (!isInScope(one.row) || !takes(static_cast<ipc::GraphEdgeType>(one.role)))
            continue;
        Tie tie = naming(one.row, one.role, one.weight);
        tie.other = m_floor.eventVertex(one.row);
        tie.isOutgoing = false;
        take(tie);
    }
}

template <class Take> void GraphWalk::forEachNamed(Vertex event, Take take) const
{
    const std::uint32_t row = m_floor.indexOf(event);
    for (const GraphFloor::Link &link : m_floor.links(row)) {
        if (!takes(static_cast<ipc::GraphEdgeType>(link.role)))
            continue;
        Tie tie = naming(row, link.role, link.weight);
        tie.other = link.entity;
        take(tie);
    }
    const std::uint32_t source = m_floor.events().source[row];
    if (takes(ipc::GraphEdgeType::Reports) && source < m_floor.sourceCount()) {
        Tie tie = naming(row, 0, 0.5F);
        tie.type = ipc::GraphEdgeType::Reports;
        tie.other = m_floor.sourceVertex(source);
        tie.isOutgoing = false;
        take(tie);
    }
    if (const auto story = m_floor.storyOf(row); story && takes(ipc::GraphEdgeType::Tells)) {
        Tie tie = naming(row, 0, 0.5F);
        tie.type = ipc::GraphEdgeType::Tells;
        tie.other = m_floor.storyVertex(*story);
        take(tie);
    }
}

template <class Take>
void GraphWalk::forEachEvent(std::span<const std::uint32_t> rows, ipc::GraphEdgeType type,
                             Take take) const
{
    if (!takes(type))
        return;
    for (std::size_t at = rows.size(); at-- > 0 && rows[at] >= m_rows.first;) {
        if (!isInScope(rows[at]))
            continue;
        Tie tie = naming(rows[at], 0, 0.5F);
        tie.type = type;
        tie.other = m_floor.eventVertex(rows[at]);
        tie.isOutgoing = type == ipc::GraphEdgeType::Reports;
        take(tie);
    }
}

/// Collects vertices as the nodes of a reply, each once, and the edges between them.
class PartBuilder {
public:
    using Vertex = GraphFloor::Vertex;
    PartBuilder(const GraphWalk &walk, std::span<const ipc::GraphNodeKey> known);

    /// True when it was not there.
    bool add(Vertex vertex, std::uint32_t hops);
    [[nodiscard]] bool contains(Vertex vertex) const { return m_rows.contains(vertex); }
    /// On the client's graph already.
    [[nodiscard]] bool isKnown(Vertex vertex) const { return m_known.contains(vertex); }
    [[nodiscard]] std::size_t size() const { return m_vertices.size(); }
    [[nodiscard]] Vertex vertex(std::size_t row) const { return m_vertices[row]; }
    [[nodiscard]] std::uint32_t hops(std::size_t row) const { return m_reply.nodes[row].hops; }
    [[nodiscard]] ipc::GraphReply &reply() { return m_reply; }
    /// Adds all edges and gives what was collected.
    [[nodiscard]] GraphPart take();

private:
    void addEdges(Vertex vertex, std::int64_t row);
    [[nodiscard]] std::optional<std::int64_t> edgeRow(Vertex vertex) const;

    const GraphWalk &m_walk;
    ipc::GraphReply m_reply;
    ipc::GraphEdgeColumns m_edges;
    std::vector<Vertex> m_vertices;
    std::unordered_map<Vertex, std::uint32_t> m_rows;
    std::unordered_map<Vertex, std::uint32_t> m_known; ///< places in the request's list
};

} // namespace chrona::service
