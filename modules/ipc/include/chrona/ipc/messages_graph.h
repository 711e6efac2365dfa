// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/columns.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"

#include <string>
#include <vector>

/// Who is tied to whom: parts of the graph of entities, events, sources and stories.
namespace chrona::ipc {

enum class GraphNodeKind : std::uint8_t {
    Entity,
    Event,
    Source,
    Story, ///< events that tell the same: schema::Cluster
};
template <> struct LastOf<GraphNodeKind> {
    static constexpr GraphNodeKind value = GraphNodeKind::Story;
};

/// What an edge says. The first seven are schema::EntityRole: from an event to an entity that it
/// names. Append only.
enum class GraphEdgeType : std::uint8_t {
    Subject,
    Actor,
    Target,
    Location,
    Topic,
    Instrument,
    Publisher,
    Together,  ///< two entities, named by the same events; without a direction
    Reports,   ///< a source → an event
    PartOf,    ///< a region → its country
    ExposedTo, ///< what moves first → what depends on it, as the exposure rules have it
    Tells,     ///< an event → the story that it is a report of
};
inline constexpr std::size_t kGraphEdgeTypeCount = 12;
template <> struct LastOf<GraphEdgeType> {
    static constexpr GraphEdgeType value = GraphEdgeType::Tells;
};

struct GraphNodeKey {
    GraphNodeKind kind = GraphNodeKind::Entity;
    std::int64_t id = 0;
    static constexpr auto fields()
    {
        return fieldList(required("kind", &GraphNodeKey::kind), required("id", &GraphNodeKey::id));
    }
    friend auto operator<=>(const GraphNodeKey &, const GraphNodeKey &) = default;
};

/// Which statements count: events observed in [from, to) that were available at `asOf`.
struct GraphScope {
    std::optional<Instant> from, to, asOf;
    std::vector<GraphEdgeType> types; ///< empty: all
    static constexpr auto fields()
    {
        using T = GraphScope;
        return fieldList(field("from", &T::from), field("to", &T::to), field("as_of", &T::asOf),
                         field("types", &T::types));
    }
    friend bool operator==(const GraphScope &, const GraphScope &) = default;
};

struct GraphNode {
    GraphNodeKey key;
    std::uint8_t detail = 0; ///< schema::EntityKind or, of events and stories, schema::EventType
    std::string name;        ///< "country:US", a source's key; empty for events
    std::string label;       ///< foreign text
    std::optional<schema::GeoPoint> place;
    std::optional<Instant> at;    ///< of an event, of a story's first report
    std::uint64_t evidence = 0;   ///< events in the scope that name it
    std::uint64_t neighbours = 0; ///< different ones in the scope, entities of an entity
    std::uint32_t hops = 0;       ///< from the nearest seed
    static constexpr auto fields()
    {
        using T = GraphNode;
        return fieldList(required("key", &T::key), field("detail", &T::detail),
                         field("name", &T::name), field("label", &T::label),
                         field("place", &T::place), field("at", &T::at),
                         field("evidence", &T::evidence), field("neighbours", &T::neighbours),
                         field("hops", &T::hops));
    }
    friend bool operator==(const GraphNode &, const GraphNode &) = default;
};

struct GraphPath {
    std::vector<std::uint32_t> nodes; ///< rows of GraphReply::nodes, from the one end to the other
    double strength = 0;              ///< the weight of its weakest edge
    static constexpr auto fields()
    {
        return fieldList(field("nodes", &GraphPath::nodes),
                         field("strength", &GraphPath::strength));
    }
    friend bool operator==(const GraphPath &, const GraphPath &) = default;
};

/// A part of the graph; its edges come as columns. Never silently less than was asked for.
struct GraphReply {
    static constexpr std::uint16_t kType = 0x0b01;
    /// Of a tie between entities so many of its events are named, and so many altogether.
    static constexpr std::size_t kEvidenceOfATie = 8, kEvidenceMax = 65'536;
    std::vector<GraphNode> nodes;      ///< nearest, then strongest first
    std::vector<std::uint32_t> hubs;   ///< rows that were not gone through: too many neighbours
    std::vector<GraphPath> paths;      ///< shorter first, then stronger
    std::uint64_t nodesTotal = 0;      ///< as many there would have been
    bool isComplete = true;            ///< false: a budget ended the search
    std::vector<GraphNodeKey> unknown; ///< asked for, but nobody knows them
    /// The newest events behind edges, edge by edge, and how many of these each row of the columns
    /// has. An edge from or to an event has none: it is what that event says.
    std::vector<schema::EventId> evidence;
    std::vector<std::uint32_t> evidenceCounts;
    static constexpr auto fields()
    {
        using T = GraphReply;
        return fieldList(field("nodes", &T::nodes), field("hubs", &T::hubs),
                         field("paths", &T::paths), field("nodes_total", &T::nodesTotal),
                         field("is_complete", &T::isComplete), field("unknown", &T::unknown),
                         field("evidence", &T::evidence),
                         field("evidence_counts", &T::evidenceCounts));
    }
    friend bool operator==(const GraphReply &, const GraphReply &) = default;
};

/// What is around some nodes, breadth first, strongest ties first.
struct GraphNeighboursRequest {
    static constexpr std::uint16_t kType = 0x0b02;
    static constexpr std::uint32_t kHopsMax = 6, kNodesMax = 20'000;
    static constexpr std::size_t kSeedsMax = 1'000, kKnownMax = 200'000;
    using Reply = GraphReply;
    using Columns = GraphEdgeColumns;
    std::vector<GraphNodeKey> seeds;
    std::vector<GraphNodeKey> known; ///< on the client's graph: edges to them come too
    GraphScope scope;
    std::uint32_t hops = 1;
    std::uint32_t degreeMax = 200; ///< a node with more neighbours is shown, not gone through
    std::uint32_t nodesMax = 500;
    static constexpr auto fields()
    {
        using T = GraphNeighboursRequest;
        return fieldList(required("seeds", &T::seeds), field("known", &T::known),
                         field("scope", &T::scope), field("hops", &T::hops),
                         field("degree_max", &T::degreeMax), field("nodes_max", &T::nodesMax));
    }
    friend bool operator==(const GraphNeighboursRequest &,
                           const GraphNeighboursRequest &) = default;
};

/// Ways between two nodes through entities.
struct GraphPathsRequest {
    static constexpr std::uint16_t kType = 0x0b03;
    using Reply = GraphReply;
    using Columns = GraphEdgeColumns;
    GraphNodeKey from, to;
    std::vector<GraphNodeKey> known;
    GraphScope scope;
    std::uint32_t hops = 4; ///< at most 4
    std::uint32_t pathsMax = 50;
    std::uint32_t degreeMax = 400; ///< no way leads through a node with more neighbours
    static constexpr auto fields()
    {
        using T = GraphPathsRequest;
        return fieldList(required("from", &T::from), required("to", &T::to),
                         field("known", &T::known), field("scope", &T::scope),
                         field("hops", &T::hops), field("paths_max", &T::pathsMax),
                         field("degree_max", &T::degreeMax));
    }
    friend bool operator==(const GraphPathsRequest &, const GraphPathsRequest &) = default;
};

/// The entities with most evidence and how they belong together.
struct GraphOverviewRequest {
    static constexpr std::uint16_t kType = 0x0b04;
    static constexpr std::size_t kEventsMax = 5'000;
    using Reply = GraphReply;
    using Columns = GraphEdgeColumns;
    GraphScope scope;
    std::vector<schema::EventId> events; ///< only what these name; empty: all of the scope
    std::uint32_t nodesMax = 300;
    static constexpr auto fields()
    {
        using T = GraphOverviewRequest;
        return fieldList(field("scope", &T::scope), field("events", &T::events),
                         field("nodes_max", &T::nodesMax));
    }
    friend bool operator==(const GraphOverviewRequest &, const GraphOverviewRequest &) = default;
};

} // namespace chrona::ipc
