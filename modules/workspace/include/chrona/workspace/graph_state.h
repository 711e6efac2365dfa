// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"
#include "chrona/ipc/messages_graph.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The working graph as a value: what is on the canvas, and every way to change it, as functions
/// from one state to the next. Parts that a change leaves alone are shared, so that an undo step
/// costs what it changed. Pure; any thread.
namespace chrona::workspace {

/// What is known of a node besides its label and place.
struct GraphNodeFacts {
    std::uint8_t detail = 0;   ///< schema::EntityKind or schema::EventType
    std::string name;          ///< "country:US"; empty for events
    std::optional<Instant> at; ///< of an event
    std::uint64_t evidence = 0;
    std::uint64_t neighbours = 0; ///< in the whole graph of the service, not here
};

/// Nodes and edges. Edge types are ipc::GraphEdgeType.
struct GraphFacts {
    graph::Graph graph;
    std::vector<GraphNodeFacts> nodes;
    std::vector<std::uint32_t> edgeEvidence;
};

struct GraphState {
    static constexpr std::uint8_t kHidden = 1;
    static constexpr std::uint8_t kPinned = 2; ///< layouts leave it where it is
    static constexpr std::uint8_t kPlaced = 4; ///< a layout or a person has put it there

    // Never null; the last three have one entry for each node.
    std::shared_ptr<const GraphFacts> facts;
    std::shared_ptr<const graph::Positions> positions;
    std::shared_ptr<const std::vector<std::uint8_t>> flags;
    std::shared_ptr<const std::vector<graph::NodeIndex>>
        owner; ///< itself, or the head of its group

    GraphState();
    [[nodiscard]] std::size_t size() const { return facts->graph.nodeCount(); }
    [[nodiscard]] bool isDrawn(graph::NodeIndex node) const
    {
        return !((*flags)[node] & kHidden) && (*owner)[node] == node;
    }
    friend bool operator==(const GraphState &, const GraphState &) = default; ///< the same parts
};

using GraphNodes = std::span<const graph::NodeIndex>;

[[nodiscard]] ipc::GraphNodeKey keyOf(const GraphState &state, graph::NodeIndex node);
[[nodiscard]] std::vector<ipc::GraphNodeKey> keysOf(const GraphState &state);
[[nodiscard]] std::optional<graph::NodeIndex> findNode(const GraphState &state,
                                                       ipc::GraphNodeKey key);
/// "entity", "event", "source" and back: the graph module's keys and ours.
[[nodiscard]] graph::NodeKey toGraphKey(ipc::GraphNodeKey key);

/// The state with what a reply brings. `known` are the keys that the question named as known: edges
/// point at them behind the reply's own nodes. Nodes stay where and what they are; of an edge that
/// is there already the newer facts count. New nodes stand beside a neighbour, and are not placed.
/// Rows that point nowhere are left out.
[[nodiscard]] Result<GraphState> joined(const GraphState &state, const ipc::GraphReply &reply,
                                        const ipc::GraphEdgeColumns &edges,
                                        std::span<const ipc::GraphNodeKey> known);
/// The same nodes with the edges of the reply instead of those there were: another time window.
[[nodiscard]] Result<GraphState> rescoped(const GraphState &state, const ipc::GraphReply &reply,
                                          const ipc::GraphEdgeColumns &edges);

/// After entities were merged or split: `asked` are all that it was about, and the question named
/// the state's keys as known. Those that the reply does not have stand as another now and are gone;
/// new ones stand where `places` has them. Edges of the others stay.
[[nodiscard]] Result<GraphState> regrouped(const GraphState &state, const ipc::GraphReply &reply,
                                           const ipc::GraphEdgeColumns &edges,
                                           std::span<const ipc::GraphNodeKey> asked,
                                           const std::map<std::int64_t, graph::Point> &places);

[[nodiscard]] Result<GraphState> without(const GraphState &state, GraphNodes nodes);
/// Nodes that hang on `node` alone: what collapsing takes away.
[[nodiscard]] std::vector<graph::NodeIndex> leavesOf(const GraphState &state,
                                                     graph::NodeIndex node);
enum class Flagging : bool { Clear, Set };
[[nodiscard]] GraphState flagged(const GraphState &state, GraphNodes nodes, std::uint8_t flag,
                                 Flagging flagging);
/// Moved nodes count as placed.
[[nodiscard]] GraphState moved(const GraphState &state, GraphNodes nodes, graph::Point by);
/// All at once, as a layout has them; pinned ones stay. False sizes change nothing.
[[nodiscard]] GraphState placed(const GraphState &state, const graph::Positions &positions);
/// Draws several nodes as one, the first; fewer than two change nothing.
[[nodiscard]] GraphState grouped(const GraphState &state, GraphNodes nodes);
[[nodiscard]] GraphState ungrouped(const GraphState &state, graph::NodeIndex head);
[[nodiscard]] std::vector<graph::NodeIndex> membersOf(const GraphState &state,
                                                      graph::NodeIndex head);

/// All edges between two drawn nodes as the one line that is drawn.
struct DrawnEdge {
    graph::NodeIndex from = 0, to = 0; ///< drawn ones; a group stands for its members
    std::uint16_t type = 0;            ///< of the strongest
    bool isForward = false;            ///< some statement leads from `from` to `to`
    bool isBackward = false;
    float weight = 0;                      ///< summed up
    std::uint32_t evidence = 0;            ///< summed up
    std::optional<Instant> begin{}, end{}; ///< around all; nullopt: undated statements only
};
[[nodiscard]] std::vector<DrawnEdge> drawnEdges(const GraphState &state);
/// Which lines say most: those among the strongest `each` of one of their ends, measured against
/// how strong both ends are altogether, so that a hub does not outshine every other tie.
[[nodiscard]] std::vector<bool> mainEdges(std::span<const DrawnEdge> edges, std::size_t each);
/// Only what is drawn, with positions: for files.
struct DrawnGraph {
    graph::Graph graph;
    graph::Positions positions;
};
[[nodiscard]] Result<DrawnGraph> drawnGraph(const GraphState &state);

} // namespace chrona::workspace
