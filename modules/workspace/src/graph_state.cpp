// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_state.h"

#include <algorithm>
#include <cmath>

namespace chrona::workspace {
namespace {

using graph::NodeIndex;
using Flags = std::vector<std::uint8_t>;
using Owners = std::vector<NodeIndex>;

GraphState withFlags(const GraphState &state, Flags flags)
{
    GraphState next = state;
    next.flags = std::make_shared<const Flags>(std::move(flags));
    return next;
}

} // namespace

GraphState::GraphState()
    : facts(std::make_shared<const GraphFacts>()),
      positions(std::make_shared<const graph::Positions>()), flags(std::make_shared<const Flags>()),
      owner(std::make_shared<const Owners>())
{
}

graph::NodeKey toGraphKey(ipc::GraphNodeKey key)
{
    constexpr std::array kKinds{schema::EvidenceKind::Entity, schema::EvidenceKind::Event,
                                schema::EvidenceKind::Source, schema::EvidenceKind::Cluster};
    return {kKinds[static_cast<std::size_t>(key.kind)], key.id};
}

ipc::GraphNodeKey keyOf(const GraphState &state, NodeIndex node)
{
    const graph::NodeKey key = state.facts->graph.node(node).key;
    const auto kind = key.kind == schema::EvidenceKind::Event     ? ipc::GraphNodeKind::Event
                      : key.kind == schema::EvidenceKind::Source  ? ipc::GraphNodeKind::Source
                      : key.kind == schema::EvidenceKind::Cluster ? ipc::GraphNodeKind::Story
                                                                  : ipc::GraphNodeKind::Entity;
    return {kind, key.id};
}

std::vector<ipc::GraphNodeKey> keysOf(const GraphState &state)
{
    std::vector<ipc::GraphNodeKey> keys;
    for (NodeIndex node = 0; node < state.size(); ++node)
        keys.push_back(keyOf(state, node));
    return keys;
}

std::optional<NodeIndex> findNode(const GraphState &state, ipc::GraphNodeKey key)
{
    return state.facts->graph.find(toGraphKey(key));
}

Result<GraphState> without(const GraphState &state, GraphNodes nodes)
{
    std::vector<bool> isGone(state.size(), false);
    for (const NodeIndex node : nodes)
        for (NodeIndex member = 0; member < state.size(); ++member)
            if (member == node || (*state.owner)[member] == node)
                isGone[member] = true;
    std::vector<NodeIndex> places(state.size(), 0);
    auto facts = std::make_shared<GraphFacts>();
    auto positions = std::make_shared<graph::Positions>();
    auto flags = std::make_shared<Flags>();
    graph::Parts parts;
    const graph::Parts &was = state.facts->graph.parts();
    parts.types = was.types;
    parts.evidence = was.evidence;
    for (NodeIndex node = 0; node < state.size(); ++node) {
        if (isGone[node])
            continue;
        places[node] = static_cast<NodeIndex>(parts.nodes.size());
        parts.nodes.push_back(was.nodes[node]);
        facts->nodes.push_back(state.facts->nodes[node]);
        positions->push_back((*state.positions)[node]);
        flags->push_back((*state.flags)[node]);
    }
    auto owner = std::make_shared<Owners>();
    for (NodeIndex node = 0; node < state.size(); ++node)
        if (!isGone[node])
            owner->push_back(places[(*state.owner)[node]]);
    for (std::size_t at = 0; at < was.edges.size(); ++at) {
        graph::Edge edge = was.edges[at];
        if (isGone[edge.from] || isGone[edge.to])
            continue;
        edge.from = places[edge.from];
        edge.to = places[edge.to];
        parts.edges.push_back(edge);
        facts->edgeEvidence.push_back(state.facts->edgeEvidence[at]);
    }
    auto graph = graph::Graph::create(std::move(parts));
    if (!graph)
        return std::unexpected(graph.error());
    facts->graph = std::move(*graph);
    GraphState next;
    next.facts = std::move(facts);
    next.positions = std::move(positions);
    next.flags = std::move(flags);
    next.owner = std::move(owner);
    return next;
}

std::vector<NodeIndex> leavesOf(const GraphState &state, NodeIndex node)
{
    std::vector<NodeIndex> leaves;
    const graph::Graph &graph = state.facts->graph;
    for (const graph::Link &link : graph.links(node)) {
        const auto &links = graph.links(link.neighbour);
        const bool hangsHere = std::ranges::all_of(links, [&](const graph::Link &other) {
            return other.neighbour == node || other.neighbour == link.neighbour;
        });
        if (hangsHere && link.neighbour != node && !std::ranges::contains(leaves, link.neighbour))
            leaves.push_back(link.neighbour);
    }
    return leaves;
}

GraphState flagged(const GraphState &state, GraphNodes nodes, std::uint8_t flag, Flagging flagging)
{
    Flags flags = *state.flags;
    for (const NodeIndex node : nodes) {
        if (node >= flags.size())
            continue;
        flags[node] = flagging == Flagging::Set ? flags[node] | flag
                                                : flags[node] & static_cast<std::uint8_t>(~flag);
    }
    return flags == *state.flags ? state : withFlags(state, std::move(flags));
}

GraphState moved(const GraphState &state, GraphNodes nodes, graph::Point by)
{
    auto positions = std::make_shared<graph::Positions>(*state.positions);
    for (const NodeIndex node : nodes) {
        (*positions)[node].x += by.x;
        (*positions)[node].y += by.y;
    }
    GraphState next = flagged(state, nodes, GraphState::kPlaced, Flagging::Set);
    next.positions = std::move(positions);
    return next;
}

GraphState placed(const GraphState &state, const graph::Positions &positions)
{
    if (positions.size() != state.size())
        return state;
    auto next = std::make_shared<graph::Positions>(positions);
    Flags flags = *state.flags;
    for (NodeIndex node = 0; node < state.size(); ++node) {
        if (flags[node] & GraphState::kPinned)
            (*next)[node] = (*state.positions)[node];
        flags[node] |= GraphState::kPlaced;
    }
    GraphState result = withFlags(state, std::move(flags));
    result.positions = std::move(next);
    return result;
}

GraphState grouped(const GraphState &state, GraphNodes nodes)
{
    if (nodes.size() < 2)
        return state;
    const NodeIndex head = (*state.owner)[nodes.front()];
    auto owner = std::make_shared<Owners>(*state.owner);
    // Groups that are among the nodes become part of the new one.
    std::vector<bool> joins(state.size(), false);
    for (const NodeIndex node : nodes)
        joins[(*state.owner)[node]] = true;
    for (NodeIndex &one : *owner)
        if (joins[one])
            one = head;
    GraphState next = state;
    next.owner = std::move(owner);
    return next;
}

GraphState ungrouped(const GraphState &state, NodeIndex head)
{
    auto owner = std::make_shared<Owners>(*state.owner);
    for (NodeIndex node = 0; node < owner->size(); ++node)
        if ((*owner)[node] == head)
            (*owner)[node] = node;
    GraphState next = state;
    next.owner = std::move(owner);
    return next;
}

std::vector<NodeIndex> membersOf(const GraphState &state, NodeIndex head)
{
    std::vector<NodeIndex> members;
    for (NodeIndex node = 0; node < state.size(); ++node)
        if ((*state.owner)[node] == head)
            members.push_back(node);
    return members;
}

std::vector<DrawnEdge> drawnEdges(const GraphState &state)
{
    std::vector<DrawnEdge> drawn;
    std::vector<std::pair<std::uint64_t, std::size_t>> order; // pair of nodes, edge
    const auto &edges = state.facts->graph.parts().edges;
    for (std::size_t at = 0; at < edges.size(); ++at) {
        const NodeIndex from = (*state.owner)[edges[at].from];
        const NodeIndex to = (*state.owner)[edges[at].to];
        if (from != to && state.isDrawn(from) && state.isDrawn(to))
            order.emplace_back(std::uint64_t{std::min(from, to)} << 32 | std::max(from, to), at);
    }
    std::ranges::sort(order);
    std::uint64_t last = 0;
    float strongest = 0;
    for (const auto &[pair, at] : order) {
        const graph::Edge &edge = edges[at];
        if (drawn.empty() || pair != last) {
            drawn.push_back({static_cast<NodeIndex>(pair >> 32), static_cast<NodeIndex>(pair)});
            strongest = 0;
            last = pair;
        }
        DrawnEdge &line = drawn.back();
        if (edge.weight > strongest) {
            strongest = edge.weight;
            line.type = edge.type;
        }
        if (edge.type != static_cast<std::uint16_t>(ipc::GraphEdgeType::Together))
            ((*state.owner)[edge.from] == line.from ? line.isForward : line.isBackward) = true;
        line.weight += edge.weight;
        line.evidence += state.facts->edgeEvidence[at];
        if (edge.begin && (!line.begin || *edge.begin < *line.begin))
            line.begin = edge.begin;
        if (edge.end && (!line.end || *edge.end > *line.end))
            line.end = edge.end;
    }
    return drawn;
}

std::vector<bool> mainEdges(std::span<const DrawnEdge> edges, std::size_t each)
{
    std::size_t nodes = 0;
    for (const DrawnEdge &edge : edges)
        nodes = std::max<std::size_t>(nodes, std::max(edge.from, edge.to) + 1);
    std::vector<float> strengths(nodes, 0);
    for (const DrawnEdge &edge : edges) {
        strengths[edge.from] += edge.weight;
        strengths[edge.to] += edge.weight;
    }
    std::vector<std::pair<float, std::size_t>> order;
    order.reserve(edges.size());
    for (std::size_t at = 0; at < edges.size(); ++at)
        order.emplace_back(
            edges[at].weight / std::sqrt(strengths[edges[at].from] * strengths[edges[at].to]), at);
    std::ranges::sort(order, [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<std::size_t> taken(nodes, 0);
    std::vector<bool> isMain(edges.size(), false);
    for (const auto &[strength, at] : order) {
        const bool counts = taken[edges[at].from] < each || taken[edges[at].to] < each;
        isMain[at] = counts;
        if (counts) {
            ++taken[edges[at].from];
            ++taken[edges[at].to];
        }
    }
    return isMain;
}

Result<DrawnGraph> drawnGraph(const GraphState &state)
{
    DrawnGraph drawn;
    graph::Parts parts;
    const graph::Parts &all = state.facts->graph.parts();
    parts.types = all.types;
    parts.evidence = all.evidence;
    std::vector<NodeIndex> places(state.size(), 0);
    for (NodeIndex node = 0; node < state.size(); ++node) {
        if ((*state.flags)[node] & GraphState::kHidden)
            continue;
        places[node] = static_cast<NodeIndex>(parts.nodes.size());
        parts.nodes.push_back(all.nodes[node]);
        drawn.positions.push_back((*state.positions)[node]);
    }
    for (graph::Edge edge : all.edges) {
        if (((*state.flags)[edge.from] | (*state.flags)[edge.to]) & GraphState::kHidden)
            continue;
        edge.from = places[edge.from];
        edge.to = places[edge.to];
        parts.edges.push_back(edge);
    }
    auto graph = graph::Graph::create(std::move(parts));
    if (!graph)
        return std::unexpected(graph.error());
    drawn.graph = std::move(*graph);
    return drawn;
}

} // namespace chrona::workspace
