// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_graph.h"

/// What a graph rests on: counts before an expansion, events behind nodes and edges.
namespace chrona::ipc {

struct GraphTypeCount {
    GraphEdgeType type = GraphEdgeType::Together;
    std::uint64_t neighbours = 0; ///< different ones
    std::uint64_t evidence = 0;   ///< statements; events behind them
    static constexpr auto fields()
    {
        using T = GraphTypeCount;
        return fieldList(required("type", &T::type), field("neighbours", &T::neighbours),
                         field("evidence", &T::evidence));
    }
    friend bool operator==(const GraphTypeCount &, const GraphTypeCount &) = default;
};

struct GraphCountsReply {
    static constexpr std::uint16_t kType = 0x0b06;
    std::vector<GraphTypeCount> types; ///< those that there are
    std::uint64_t neighbours = 0;      ///< different ones, over all types
    static constexpr auto fields()
    {
        using T = GraphCountsReply;
        return fieldList(field("types", &T::types), field("neighbours", &T::neighbours));
    }
    friend bool operator==(const GraphCountsReply &, const GraphCountsReply &) = default;
};

/// What an expansion of one node would bring.
struct GraphCountsRequest {
    static constexpr std::uint16_t kType = 0x0b05;
    using Reply = GraphCountsReply;
    GraphNodeKey node;
    GraphScope scope;
    static constexpr auto fields()
    {
        using T = GraphCountsRequest;
        return fieldList(required("node", &T::node), field("scope", &T::scope));
    }
    friend bool operator==(const GraphCountsRequest &, const GraphCountsRequest &) = default;
};

struct GraphEventsReply {
    static constexpr std::uint16_t kType = 0x0b08;
    std::vector<schema::EventId> events; ///< newest first
    std::uint64_t total = 0;
    static constexpr auto fields()
    {
        using T = GraphEventsReply;
        return fieldList(field("events", &T::events), field("total", &T::total));
    }
    friend bool operator==(const GraphEventsReply &, const GraphEventsReply &) = default;
};

enum class GraphMatch : std::uint8_t { Any, All };
template <> struct LastOf<GraphMatch> {
    static constexpr GraphMatch value = GraphMatch::All;
};

/// The events behind nodes, or behind an edge: those that name both of its ends.
struct GraphEventsRequest {
    static constexpr std::uint16_t kType = 0x0b07;
    static constexpr std::uint32_t kLimitMax = 5'000;
    static constexpr std::size_t kNodesMax = 1'000;
    using Reply = GraphEventsReply;
    std::vector<GraphNodeKey> nodes;
    GraphMatch match = GraphMatch::Any;
    GraphScope scope;
    std::uint32_t limit = 500;
    static constexpr auto fields()
    {
        using T = GraphEventsRequest;
        return fieldList(required("nodes", &T::nodes), field("match", &T::match),
                         field("scope", &T::scope), field("limit", &T::limit));
    }
    friend bool operator==(const GraphEventsRequest &, const GraphEventsRequest &) = default;
};

struct GraphTouchedReply {
    static constexpr std::uint16_t kType = 0x0b0a;
    std::vector<GraphNodeKey> nodes; ///< entities and sources, each once, ascending
    static constexpr auto fields() { return fieldList(field("nodes", &GraphTouchedReply::nodes)); }
    friend bool operator==(const GraphTouchedReply &, const GraphTouchedReply &) = default;
};

/// Which entities some events name, and which sources report them.
struct GraphTouchedRequest {
    static constexpr std::uint16_t kType = 0x0b09;
    static constexpr std::size_t kEventsMax = 5'000;
    using Reply = GraphTouchedReply;
    std::vector<schema::EventId> events;
    static constexpr auto fields()
    {
        return fieldList(required("events", &GraphTouchedRequest::events));
    }
    friend bool operator==(const GraphTouchedRequest &, const GraphTouchedRequest &) = default;
};

} // namespace chrona::ipc
