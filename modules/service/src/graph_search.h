// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph_ties.h"

#include "chrona/ipc/messages_graph_facts.h"

/// The answers to questions about the graph, from a floor and what ties its entities within the
/// scope of the question. Pure; any thread. Labels of events are not known here.
namespace chrona::service {

struct GraphPart {
    ipc::GraphReply reply;
    ipc::GraphEdgeColumns edges;
};

/// Fails with InvalidInput on more than the message allows, with Cancelled.
[[nodiscard]] Result<GraphPart> searchNeighbours(const GraphFloor &floor, const EntityTies &ties,
                                                 const ipc::GraphNeighboursRequest &request,
                                                 std::stop_token stop);

/// Ends are entities or events; ways lead through entities. NotFound where an end is not there.
[[nodiscard]] Result<GraphPart> searchPaths(const GraphFloor &floor, const EntityTies &ties,
                                            const ipc::GraphPathsRequest &request,
                                            std::stop_token stop);

/// `ties` are those of the request's events, where it has some. Few events become nodes as well.
inline constexpr std::size_t kEventNodesMax = 60;
[[nodiscard]] Result<GraphPart> searchOverview(const GraphFloor &floor, const EntityTies &ties,
                                               const ipc::GraphOverviewRequest &request);

/// NotFound where the node is not there.
[[nodiscard]] Result<ipc::GraphCountsReply> searchCounts(const GraphFloor &floor,
                                                         const EntityTies &ties,
                                                         const ipc::GraphCountsRequest &request);

[[nodiscard]] Result<ipc::GraphEventsReply> searchEvents(const GraphFloor &floor,
                                                         const ipc::GraphEventsRequest &request);
[[nodiscard]] Result<ipc::GraphTouchedReply> searchTouched(const GraphFloor &floor,
                                                           const ipc::GraphTouchedRequest &request);

/// Rows of events, ascending, each once; what is not there is left out.
[[nodiscard]] std::vector<std::uint32_t> rowsOf(const GraphFloor &floor,
                                                std::span<const schema::EventId> events);

} // namespace chrona::service
