// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/evidence.h"
#include "chrona/schema/geometry.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chrona::graph {

using NodeIndex = std::uint32_t;
using EdgeIndex = std::uint32_t;

/// What a node stands for: anything that evidence can point at, so that every node opens.
struct NodeKey {
    schema::EvidenceKind kind = schema::EvidenceKind::Entity;
    std::int64_t id = 0;
    friend auto operator<=>(const NodeKey &, const NodeKey &) = default;
};

struct Node {
    NodeKey key;
    std::string label; ///< foreign text; writers escape it
    std::optional<schema::GeoPoint> place{};
};

/// A statement that one node makes about another. It holds from `begin` on and until before `end`;
/// nullopt: nobody knows a bound.
struct Edge {
    NodeIndex from = 0;
    NodeIndex to = 0;
    std::uint16_t type = 0; ///< in Parts::types
    float weight = 1;       ///< above 0: how strong the tie is
    std::optional<Instant> begin{};
    std::optional<Instant> end{};
    std::uint32_t evidenceFirst = 0; ///< in Parts::evidence
    std::uint32_t evidenceCount = 0;
    std::uint32_t evidenceTotal = 0; ///< as much as there is, where only some of it is named
};

/// What a graph is made from, as it comes out of rows.
struct Parts {
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<std::string> types; ///< "mentions", "owns"
    std::vector<NodeKey> evidence;  ///< shared by all edges, each of which names a part of it
};

/// One end of an edge, seen from a node.
struct Link {
    NodeIndex neighbour = 0;
    EdgeIndex edge = 0;
};

/// Which way an edge may be walked.
enum class Direction : std::uint8_t { Both, Forward, Backward };

/// Which edges count. Without bounds and types: all.
struct EdgeFilter {
    std::optional<Instant> from{};      ///< edges that end at or before it are left out
    std::optional<Instant> until{};     ///< edges that begin at or after it are left out
    std::vector<std::uint16_t> types{}; ///< empty: all
    Direction direction = Direction::Both;
};

/// A typed, directed, weighted, dated multigraph in flat arrays. Immutable; safe from any thread.
class Graph {
public:
    static constexpr std::size_t kNodesMax = 4'000'000;
    static constexpr std::size_t kEdgesMax = 16'000'000;

    Graph() = default;
    /// Refuses indices out of range, a key given twice, weights that are not above 0 and finite,
    /// an end before its begin, places off the globe, and more than the limits.
    [[nodiscard]] static Result<Graph> create(Parts parts);

    [[nodiscard]] std::size_t nodeCount() const { return m_parts.nodes.size(); }
    [[nodiscard]] std::size_t edgeCount() const { return m_parts.edges.size(); }
    [[nodiscard]] const Node &node(NodeIndex index) const { return m_parts.nodes[index]; }
    [[nodiscard]] const Edge &edge(EdgeIndex index) const { return m_parts.edges[index]; }
    [[nodiscard]] std::string_view typeName(const Edge &edge) const
    {
        return m_parts.types[edge.type];
    }
    [[nodiscard]] std::span<const NodeKey> evidence(const Edge &edge) const
    {
        return std::span(m_parts.evidence).subspan(edge.evidenceFirst, edge.evidenceCount);
    }
    /// Both directions, in the order of the edges; an edge to the node itself is there once.
    [[nodiscard]] std::span<const Link> links(NodeIndex index) const
    {
        return std::span(m_links).subspan(m_offsets[index],
                                          m_offsets[index + 1] - m_offsets[index]);
    }
    /// How much it rests on, named or not.
    [[nodiscard]] static std::uint32_t evidenceOf(const Edge &edge)
    {
        return std::max(edge.evidenceTotal, edge.evidenceCount);
    }
    [[nodiscard]] std::optional<NodeIndex> find(NodeKey key) const;
    [[nodiscard]] const Parts &parts() const { return m_parts; }

private:
    struct KeyHash {
        std::size_t operator()(const NodeKey &key) const noexcept;
    };
    void buildLinks();

    Parts m_parts;
    std::vector<std::uint32_t> m_offsets{0};
    std::vector<Link> m_links;
    std::unordered_map<NodeKey, NodeIndex, KeyHash> m_byKey;
};

/// Whether an edge may be walked from a node, under a filter.
[[nodiscard]] bool passes(const EdgeFilter &filter, const Edge &edge, NodeIndex at);

} // namespace chrona::graph
