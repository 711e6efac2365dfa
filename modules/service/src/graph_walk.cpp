// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_walk.h"

#include <algorithm>

namespace chrona::service {

using ipc::GraphEdgeType;
using ipc::GraphNodeKind;

GraphWalk::GraphWalk(const GraphFloor &floor, const EntityTies &ties, const ipc::GraphScope &scope)
    : m_floor(floor), m_ties(ties), m_scope(scope), m_rows(floor.rowsIn(scope))
{
    m_takes.fill(scope.types.empty());
    for (const GraphEdgeType type : scope.types)
        m_takes[static_cast<std::size_t>(type)] = true;
    m_takesRoles = std::any_of(m_takes.begin(),
                               m_takes.begin() + static_cast<std::size_t>(GraphEdgeType::Together),
                               [](bool taken) { return taken; });
}

Tie GraphWalk::naming(std::uint32_t row, std::uint8_t role, float weight) const
{
    const schema::EventColumns &events = m_floor.events();
    Tie tie;
    tie.type = static_cast<GraphEdgeType>(role);
    // Of many events the severe ones are worth a place first.
    tie.weight = std::max(0.01F, weight) * (0.25F + static_cast<float>(events.severity[row]) / 255);
    tie.begin = tie.end = events.observedAt[row];
    return tie;
}

ipc::GraphNode GraphWalk::nodeOf(Vertex vertex) const
{
    const auto inScope = [this](std::span<const std::uint32_t> rows) {
        return static_cast<std::uint64_t>(
            std::ranges::count_if(rows, [this](std::uint32_t row) { return isInScope(row); }));
    };
    ipc::GraphNode node;
    node.key = m_floor.keyOf(vertex);
    const std::uint32_t index = m_floor.indexOf(vertex);
    switch (node.key.kind) {
    case GraphNodeKind::Entity: {
        const storage::EntityHead &head = m_floor.entity(index);
        node.detail = static_cast<std::uint8_t>(head.kind);
        node.name = head.key;
        node.label = head.name;
        node.place = head.place;
        node.evidence = m_ties.evidence[index];
        node.neighbours = m_ties.neighbours[index];
        break;
    }
    case GraphNodeKind::Source:
        node.name = m_floor.sourceKey(index);
        node.label = node.name;
        node.evidence = node.neighbours = inScope(m_floor.reports(index));
        break;
    case GraphNodeKind::Story: {
        const storage::StoryHead &head = m_floor.story(index);
        node.detail = head.type;
        node.label = head.title;
        node.at = head.firstAt;
        node.evidence = node.neighbours = inScope(m_floor.tellers(index));
        break;
    }
    case GraphNodeKind::Event: {
        const schema::EventColumns &events = m_floor.events();
        node.detail = events.type[index];
        node.at = Instant(Duration(events.observedAt[index]));
        if ((events.flags[index] & schema::EventColumns::kHasPlace) != 0)
            node.place = schema::GeoPoint{events.longitude[index], events.latitude[index]};
        node.evidence = 1;
        node.neighbours = m_floor.links(index).size();
        break;
    }
    }
    return node;
}

PartBuilder::PartBuilder(const GraphWalk &walk, std::span<const ipc::GraphNodeKey> known)
    : m_walk(walk)
{
    for (std::uint32_t at = 0; at < known.size(); ++at)
        if (const auto vertex = walk.floor().find(known[at]))
            m_known.try_emplace(*vertex, at);
}

bool PartBuilder::add(Vertex vertex, std::uint32_t hops)
{
    if (!m_rows.try_emplace(vertex, static_cast<std::uint32_t>(m_vertices.size())).second)
        return false;
    m_vertices.push_back(vertex);
    m_reply.nodes.push_back(m_walk.nodeOf(vertex));
    m_reply.nodes.back().hops = hops;
    return true;
}

std::optional<std::int64_t> PartBuilder::edgeRow(Vertex vertex) const
{
    if (const auto found = m_rows.find(vertex); found != m_rows.end())
        return found->second;
    if (const auto found = m_known.find(vertex); found != m_known.end())
        return static_cast<std::int64_t>(m_vertices.size()) + found->second;
    return std::nullopt;
}

/// Ties are told from one side: from the entity with the smaller number, and from events.
void PartBuilder::addEdges(Vertex vertex, std::int64_t row)
{
    const GraphNodeKind kind = m_walk.floor().kindOf(vertex);
    const bool isKnown = !m_rows.contains(vertex);
    const auto append = [&](const Tie &tie) {
        const auto other = edgeRow(tie.other);
        const bool otherIsNew = m_rows.contains(tie.other);
        // The client has what is between nodes that it knows.
        if (!other || (isKnown && !otherIsNew))
            return;
        if (kind == GraphNodeKind::Entity && otherIsNew && tie.other < vertex)
            return;
        m_edges.from.push_back(tie.isOutgoing ? row : *other);
        m_edges.to.push_back(tie.isOutgoing ? *other : row);
        m_edges.type.push_back(static_cast<std::uint8_t>(tie.type));
        m_edges.weight.push_back(tie.weight);
        m_edges.begin.push_back(tie.begin);
        m_edges.end.push_back(tie.end);
        m_edges.evidence.push_back(tie.evidence);
        const bool hasRoom =
            m_reply.evidence.size() + tie.newest.size() <= ipc::GraphReply::kEvidenceMax;
        const auto newest = hasRoom ? tie.newest : std::span<const std::uint32_t>();
        for (const std::uint32_t event : newest)
            m_reply.evidence.push_back({m_walk.floor().events().id[event]});
        m_reply.evidenceCounts.push_back(static_cast<std::uint32_t>(newest.size()));
    };
    if (kind == GraphNodeKind::Entity)
        m_walk.forEachOther(vertex, append);
    else if (kind == GraphNodeKind::Event)
        m_walk.forEachNamed(vertex, append);
}

GraphPart PartBuilder::take()
{
    for (std::size_t row = 0; row < m_vertices.size(); ++row)
        addEdges(m_vertices[row], static_cast<std::int64_t>(row));
    // In the order of the request, so that the same question gives the same bytes.
    std::vector<std::pair<std::uint32_t, Vertex>> known;
    for (const auto &[vertex, at] : m_known)
        if (!m_rows.contains(vertex) && m_walk.floor().kindOf(vertex) == GraphNodeKind::Event)
            known.emplace_back(at, vertex);
    std::ranges::sort(known);
    for (const auto &[at, vertex] : known)
        addEdges(vertex, static_cast<std::int64_t>(m_vertices.size()) + at);
    return {std::move(m_reply), std::move(m_edges)};
}

} // namespace chrona::service
