// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/graph.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::graph {
namespace {

bool isOnTheGlobe(const schema::GeoPoint &place)
{
    return std::abs(place.longitude) <= 180 && std::abs(place.latitude) <= 90;
}

/// Empty where the edge is sound.
std::string_view faultOf(const Edge &edge, const Parts &parts)
{
    if (edge.from >= parts.nodes.size() || edge.to >= parts.nodes.size())
        return "joins a node that is not there";
    if (edge.type >= parts.types.size())
        return "has a type that is not there";
    if (!(edge.weight > 0) || !std::isfinite(edge.weight))
        return "has a weight that is not above 0";
    if (edge.begin && edge.end && *edge.end < *edge.begin)
        return "ends before it begins";
    // In 64 bits, so that a sum cannot wrap around into range.
    if (std::uint64_t{edge.evidenceFirst} + edge.evidenceCount > parts.evidence.size())
        return "names evidence that is not there";
    return {};
}

} // namespace

std::size_t Graph::KeyHash::operator()(const NodeKey &key) const noexcept
{
    // Ids are small or already hashes; the kind must not fall on the low bits of small ones.
    return (static_cast<std::uint64_t>(key.id) + (std::uint64_t(key.kind) << 56)) *
           0x9E3779B97F4A7C15U;
}

Result<Graph> Graph::create(Parts parts)
{
    if (parts.nodes.size() > kNodesMax || parts.edges.size() > kEdgesMax)
        return fail(ErrorCode::Exhausted,
                    std::format("a graph of {} nodes and {} edges is too large", parts.nodes.size(),
                                parts.edges.size()),
                    "narrow the time window or the types");
    Graph graph;
    graph.m_byKey.reserve(parts.nodes.size());
    for (std::size_t i = 0; i < parts.nodes.size(); ++i) {
        const Node &node = parts.nodes[i];
        if (node.place && !isOnTheGlobe(*node.place))
            return fail(ErrorCode::InvalidInput, std::format("node {} is off the globe", i));
        if (!graph.m_byKey.emplace(node.key, NodeIndex(i)).second)
            return fail(ErrorCode::InvalidInput, std::format("node {} is there twice", i));
    }
    for (std::size_t i = 0; i < parts.edges.size(); ++i)
        if (const auto fault = faultOf(parts.edges[i], parts); !fault.empty())
            return fail(ErrorCode::InvalidInput, std::format("edge {} {}", i, fault));
    graph.m_parts = std::move(parts);
    graph.buildLinks();
    return graph;
}

void Graph::buildLinks()
{
    m_offsets.assign(nodeCount() + 1, 0);
    for (const Edge &edge : m_parts.edges) {
        ++m_offsets[edge.from + 1];
        if (edge.to != edge.from)
            ++m_offsets[edge.to + 1];
    }
    for (std::size_t i = 1; i < m_offsets.size(); ++i)
        m_offsets[i] += m_offsets[i - 1];
    m_links.resize(m_offsets.back());
    auto next = m_offsets;
    for (std::size_t i = 0; i < edgeCount(); ++i) {
        const Edge &edge = m_parts.edges[i];
        m_links[next[edge.from]++] = {edge.to, EdgeIndex(i)};
        if (edge.to != edge.from)
            m_links[next[edge.to]++] = {edge.from, EdgeIndex(i)};
    }
}

std::optional<NodeIndex> Graph::find(NodeKey key) const
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? std::nullopt : std::optional(found->second);
}

bool passes(const EdgeFilter &filter, const Edge &edge, NodeIndex at)
{
    if (filter.direction == Direction::Forward && edge.from != at)
        return false;
    if (filter.direction == Direction::Backward && edge.to != at)
        return false;
    if (filter.from && edge.end && *edge.end <= *filter.from)
        return false;
    if (filter.until && edge.begin && *edge.begin >= *filter.until)
        return false;
    return filter.types.empty() || std::ranges::contains(filter.types, edge.type);
}

} // namespace chrona::graph
