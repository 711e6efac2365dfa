// SPDX-License-Identifier: AGPL-3.0-or-later
// What a reply of the service brings to the working graph.
#include "chrona/workspace/graph_state.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace chrona::workspace {
namespace {

using graph::NodeIndex;

std::vector<std::string> typeNames()
{
    return {"subject",   "actor",    "target",  "location", "topic",      "instrument",
            "publisher", "together", "reports", "part_of",  "exposed_to", "tells"};
}

std::optional<schema::GeoPoint> soundPlace(const std::optional<schema::GeoPoint> &place)
{
    const bool isSound =
        place && std::abs(place->longitude) <= 180 && std::abs(place->latitude) <= 90;
    return isSound ? place : std::nullopt;
}

GraphNodeFacts factsOf(const ipc::GraphNode &node)
{
    return {node.detail, node.name, node.at, node.evidence, node.neighbours};
}

/// Grows a copy of a state's parts.
class Joining {
public:
    explicit Joining(const GraphState &state)
        : m_parts(state.facts->graph.parts()), m_nodes(state.facts->nodes),
          m_evidence(state.facts->edgeEvidence), m_positions(*state.positions),
          m_flags(*state.flags), m_owner(*state.owner)
    {
        m_parts.types = typeNames();
        for (NodeIndex node = 0; node < m_parts.nodes.size(); ++node)
            m_byKey[m_parts.nodes[node].key] = node;
        for (std::size_t at = 0; at < m_parts.edges.size(); ++at)
            m_byEnds[endsOf(m_parts.edges[at])] = at;
    }

    void forgetEdges()
    {
        m_parts.edges.clear();
        m_parts.evidence.clear();
        m_evidence.clear();
        m_byEnds.clear();
    }

    void forgetEdgesOf(std::span<const ipc::GraphNodeKey> keys)
    {
        std::vector<bool> isAmong(m_parts.nodes.size(), false);
        for (const ipc::GraphNodeKey key : keys)
            if (const auto node = find(key))
                isAmong[*node] = true;
        std::vector<graph::Edge> edges;
        std::vector<std::uint32_t> evidence;
        m_byEnds.clear();
        for (std::size_t at = 0; at < m_parts.edges.size(); ++at) {
            const graph::Edge &edge = m_parts.edges[at];
            if (isAmong[edge.from] || isAmong[edge.to])
                continue;
            m_byEnds[endsOf(edge)] = edges.size();
            edges.push_back(edge);
            evidence.push_back(m_evidence[at]);
        }
        m_parts.edges = std::move(edges);
        m_evidence = std::move(evidence);
    }

    NodeIndex take(const ipc::GraphNode &node)
    {
        const graph::NodeKey key = toGraphKey(node.key);
        const auto [found, isNew] =
            m_byKey.try_emplace(key, static_cast<NodeIndex>(m_parts.nodes.size()));
        if (!isNew) {
            m_nodes[found->second] = factsOf(node);
            return found->second;
        }
        m_parts.nodes.push_back({key, node.label, soundPlace(node.place)});
        m_nodes.push_back(factsOf(node));
        m_positions.push_back({});
        m_flags.push_back(0);
        m_owner.push_back(found->second);
        m_fresh.push_back(found->second);
        return found->second;
    }

    [[nodiscard]] std::optional<NodeIndex> find(ipc::GraphNodeKey key) const
    {
        const auto found = m_byKey.find(toGraphKey(key));
        return found == m_byKey.end() ? std::nullopt : std::optional(found->second);
    }

    void takeEdge(const ipc::GraphEdgeColumns &edges, std::size_t at, NodeIndex from, NodeIndex to,
                  std::span<const schema::EventId> events)
    {
        graph::Edge edge{
            .from = from, .to = to, .type = edges.type[at], .weight = edges.weight[at]};
        if (edge.type >= m_parts.types.size() || !(edge.weight > 0) || !std::isfinite(edge.weight))
            return;
        if (edges.begin[at] != 0 && edges.end[at] >= edges.begin[at]) {
            edge.begin = Instant(Duration(edges.begin[at]));
            edge.end = Instant(Duration(edges.end[at])) + Duration(1);
        }
        nameEvidence(edge, events, edges.evidence[at]);
        const auto [found, isNew] = m_byEnds.try_emplace(endsOf(edge), m_parts.edges.size());
        if (isNew) {
            m_parts.edges.push_back(edge);
            m_evidence.push_back(0);
        }
        m_parts.edges[found->second] = edge;
        m_evidence[found->second] = edge.evidenceTotal;
    }

    Result<GraphState> finish()
    {
        placeFresh();
        dropUnnamedEvidence();
        auto graph = graph::Graph::create(std::move(m_parts));
        if (!graph)
            return std::unexpected(graph.error());
        GraphState next;
        next.facts = std::make_shared<const GraphFacts>(
            GraphFacts{std::move(*graph), std::move(m_nodes), std::move(m_evidence)});
        next.positions = std::make_shared<const graph::Positions>(std::move(m_positions));
        next.flags = std::make_shared<const std::vector<std::uint8_t>>(std::move(m_flags));
        next.owner = std::make_shared<const std::vector<NodeIndex>>(std::move(m_owner));
        return next;
    }

private:
    /// "Together" has no direction, so that both orders are one edge.
    using Ends = std::array<std::uint32_t, 3>;
    static Ends endsOf(const graph::Edge &edge)
    {
        const bool isOpen = edge.type == static_cast<std::uint16_t>(ipc::GraphEdgeType::Together);
        const NodeIndex first = isOpen ? std::min(edge.from, edge.to) : edge.from;
        const NodeIndex second = isOpen ? std::max(edge.from, edge.to) : edge.to;
        return {first, second, edge.type};
    }

    /// What an event says of an entity rests on that event.
    void nameEvidence(graph::Edge &edge, std::span<const schema::EventId> events,
                      std::int64_t total)
    {
        edge.evidenceFirst = static_cast<std::uint32_t>(m_parts.evidence.size());
        for (const schema::EventId event : events)
            m_parts.evidence.push_back({schema::EvidenceKind::Event, event.value});
        for (const NodeIndex end : {edge.from, edge.to})
            if (events.empty() && m_parts.nodes[end].key.kind == schema::EvidenceKind::Event)
                m_parts.evidence.push_back(m_parts.nodes[end].key);
        edge.evidenceCount =
            static_cast<std::uint32_t>(m_parts.evidence.size()) - edge.evidenceFirst;
        edge.evidenceTotal =
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(total, 0, UINT32_MAX));
    }

    /// Of edges that are gone or were told anew: it would grow with every step.
    void dropUnnamedEvidence()
    {
        std::vector<graph::NodeKey> named;
        for (graph::Edge &edge : m_parts.edges) {
            const auto part =
                std::span(m_parts.evidence).subspan(edge.evidenceFirst, edge.evidenceCount);
            edge.evidenceFirst = static_cast<std::uint32_t>(named.size());
            named.insert(named.end(), part.begin(), part.end());
        }
        m_parts.evidence = std::move(named);
    }

    /// Beside a neighbour that stands already, in a spiral, so that nothing coincides.
    void placeFresh()
    {
        std::vector<bool> stands(m_parts.nodes.size(), true);
        for (const NodeIndex node : m_fresh)
            stands[node] = false;
        std::vector<std::optional<NodeIndex>> beside(m_parts.nodes.size());
        for (const graph::Edge &edge : m_parts.edges) {
            if (stands[edge.from])
                beside[edge.to] = edge.from;
            if (stands[edge.to])
                beside[edge.from] = edge.to;
        }
        constexpr float kGoldenAngle = 2.39996F;
        for (std::size_t at = 0; at < m_fresh.size(); ++at) {
            const NodeIndex node = m_fresh[at];
            const graph::Point centre = beside[node] ? m_positions[*beside[node]] : graph::Point{};
            const float turn = static_cast<float>(at) * kGoldenAngle;
            const float reach = 0.6F + 0.25F * std::sqrt(static_cast<float>(at));
            m_positions[node] = {centre.x + reach * std::cos(turn),
                                 centre.y + reach * std::sin(turn)};
        }
    }

    graph::Parts m_parts;
    std::vector<GraphNodeFacts> m_nodes;
    std::vector<std::uint32_t> m_evidence;
    graph::Positions m_positions;
    std::vector<std::uint8_t> m_flags;
    std::vector<NodeIndex> m_owner;
    std::vector<NodeIndex> m_fresh;
    std::map<graph::NodeKey, NodeIndex> m_byKey;
    std::map<Ends, std::size_t> m_byEnds;
};

Result<GraphState> takeReply(Joining joining, const ipc::GraphReply &reply,
                             const ipc::GraphEdgeColumns &edges,
                             std::span<const ipc::GraphNodeKey> known)
{
    if (!ipc::sameLength(edges))
        return fail(ErrorCode::Corrupt, "the edges of a graph are columns of different lengths");
    std::vector<NodeIndex> nodes;
    for (const ipc::GraphNode &node : reply.nodes)
        nodes.push_back(joining.take(node));
    const auto nodeAt = [&](std::int64_t row) -> std::optional<NodeIndex> {
        const auto at = static_cast<std::uint64_t>(row);
        if (at < nodes.size())
            return nodes[at];
        return at - nodes.size() < known.size() ? joining.find(known[at - nodes.size()])
                                                : std::nullopt;
    };
    std::span<const schema::EventId> evidence = reply.evidence;
    for (std::size_t at = 0; at < edges.from.size(); ++at) {
        const std::size_t named = at < reply.evidenceCounts.size() ? reply.evidenceCounts[at] : 0;
        if (named > evidence.size())
            return fail(ErrorCode::Corrupt, "the edges of a graph name evidence that is not there");
        const auto from = nodeAt(edges.from[at]);
        const auto to = nodeAt(edges.to[at]);
        if (from && to && from != to)
            joining.takeEdge(edges, at, *from, *to, evidence.first(named));
        evidence = evidence.subspan(named);
    }
    return joining.finish();
}

} // namespace

Result<GraphState> joined(const GraphState &state, const ipc::GraphReply &reply,
                          const ipc::GraphEdgeColumns &edges,
                          std::span<const ipc::GraphNodeKey> known)
{
    return takeReply(Joining(state), reply, edges, known);
}

Result<GraphState> rescoped(const GraphState &state, const ipc::GraphReply &reply,
                            const ipc::GraphEdgeColumns &edges)
{
    Joining joining(state);
    joining.forgetEdges();
    return takeReply(std::move(joining), reply, edges, {});
}

Result<GraphState> regrouped(const GraphState &state, const ipc::GraphReply &reply,
                             const ipc::GraphEdgeColumns &edges,
                             std::span<const ipc::GraphNodeKey> asked,
                             const std::map<std::int64_t, graph::Point> &places)
{
    Joining joining(state);
    joining.forgetEdgesOf(asked);
    auto next = takeReply(std::move(joining), reply, edges, keysOf(state));
    if (!next)
        return next;
    auto positions = std::make_shared<graph::Positions>(*next->positions);
    auto flags = std::make_shared<std::vector<std::uint8_t>>(*next->flags);
    for (NodeIndex node = static_cast<NodeIndex>(state.size()); node < next->size(); ++node) {
        const ipc::GraphNodeKey key = keyOf(*next, node);
        const auto place = places.find(key.id);
        if (key.kind != ipc::GraphNodeKind::Entity || place == places.end())
            continue;
        (*positions)[node] = place->second;
        (*flags)[node] |= GraphState::kPlaced;
    }
    next->positions = std::move(positions);
    next->flags = std::move(flags);
    std::vector<NodeIndex> gone;
    for (const ipc::GraphNodeKey key : asked) {
        const auto node = findNode(*next, key);
        if (!node || std::ranges::contains(reply.nodes, key, &ipc::GraphNode::key) ||
            std::ranges::contains(reply.unknown, key))
            continue;
        gone.push_back(*node);
        *next = ungrouped(*next, *node); // what it stood for on the canvas stays
    }
    return gone.empty() ? next : without(*next, gone);
}

} // namespace chrona::workspace
