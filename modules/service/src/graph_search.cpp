// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_search.h"

#include "graph_walk.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace chrona::service {
namespace {

using ipc::GraphEdgeType;
using ipc::GraphNodeKind;
using Vertex = GraphFloor::Vertex;

/// Different neighbours, those with the strongest ties first, each with the sum of its ties.
std::vector<std::pair<Vertex, float>> neighboursOf(const GraphWalk &walk, Vertex vertex)
{
    std::unordered_map<Vertex, float> weights;
    walk.forEach(vertex, [&](const Tie &tie) { weights[tie.other] += tie.weight; });
    std::vector<std::pair<Vertex, float>> found(weights.begin(), weights.end());
    std::ranges::sort(found, [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return found;
}

Result<std::vector<Vertex>> seedsOf(const GraphFloor &floor,
                                    const ipc::GraphNeighboursRequest &request,
                                    std::vector<ipc::GraphNodeKey> &unknown)
{
    using Request = ipc::GraphNeighboursRequest;
    if (request.seeds.size() > Request::kSeedsMax || request.known.size() > Request::kKnownMax)
        return fail(ErrorCode::InvalidInput, "too many nodes in one request");
    if (request.hops > Request::kHopsMax)
        return fail(ErrorCode::InvalidInput, "a neighbourhood has at most six hops");
    std::vector<Vertex> seeds;
    for (const ipc::GraphNodeKey key : request.seeds) {
        if (const auto vertex = floor.find(key))
            seeds.push_back(*vertex);
        else
            unknown.push_back(key);
    }
    return seeds;
}

} // namespace

Result<GraphPart> searchNeighbours(const GraphFloor &floor, const EntityTies &ties,
                                   const ipc::GraphNeighboursRequest &request, std::stop_token stop)
{
    const GraphWalk walk(floor, ties, request.scope);
    PartBuilder part(walk, request.known);
    const auto seeds = seedsOf(floor, request, part.reply().unknown);
    if (!seeds)
        return std::unexpected(seeds.error());
    for (const Vertex seed : *seeds)
        part.add(seed, 0);
    const std::size_t nodesMax = std::max<std::size_t>(
        part.size(), std::min(request.nodesMax, ipc::GraphNeighboursRequest::kNodesMax));
    std::unordered_set<Vertex> leftOut;
    for (std::size_t row = 0; row < part.size(); ++row) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the question about the graph was cancelled");
        const std::uint32_t hops = part.hops(row);
        if (hops >= request.hops)
            continue;
        const auto found = neighboursOf(walk, part.vertex(row));
        if (hops > 0 && found.size() > request.degreeMax) {
            part.reply().hubs.push_back(static_cast<std::uint32_t>(row));
            continue;
        }
        for (const auto &[vertex, weight] : found) {
            // What the client has needs no room: its edges to what is new come along.
            if (part.contains(vertex) || part.isKnown(vertex))
                continue;
            if (part.size() < nodesMax)
                part.add(vertex, hops + 1);
            else
                leftOut.insert(vertex);
        }
    }
    part.reply().nodesTotal = part.size() + leftOut.size();
    return part.take();
}

Result<GraphPart> searchOverview(const GraphFloor &floor, const EntityTies &ties,
                                 const ipc::GraphOverviewRequest &request)
{
    if (request.events.size() > ipc::GraphOverviewRequest::kEventsMax)
        return fail(ErrorCode::InvalidInput, "too many events in one request");
    const GraphWalk walk(floor, ties, request.scope);
    PartBuilder part(walk, {});
    if (request.events.size() <= kEventNodesMax)
        for (const std::uint32_t row : rowsOf(floor, request.events))
            if (walk.isInScope(row))
                part.add(floor.eventVertex(row), 0);
    std::vector<std::uint32_t> entities;
    for (std::uint32_t at = 0; at < floor.entityCount(); ++at)
        if (ties.evidence[at] > 0)
            entities.push_back(at);
    std::ranges::sort(entities, [&](std::uint32_t a, std::uint32_t b) {
        return ties.evidence[a] != ties.evidence[b] ? ties.evidence[a] > ties.evidence[b] : a < b;
    });
    part.reply().nodesTotal = part.size() + entities.size();
    const std::size_t nodesMax = std::min(request.nodesMax, ipc::GraphNeighboursRequest::kNodesMax);
    for (const std::uint32_t entity : entities) {
        if (part.size() >= nodesMax)
            break;
        part.add(entity, 0);
    }
    return part.take();
}

Result<ipc::GraphCountsReply> searchCounts(const GraphFloor &floor, const EntityTies &ties,
                                           const ipc::GraphCountsRequest &request)
{
    const auto vertex = floor.find(request.node);
    if (!vertex)
        return fail(ErrorCode::NotFound, "nobody knows that node");
    const GraphWalk walk(floor, ties, request.scope);
    std::array<std::unordered_set<Vertex>, ipc::kGraphEdgeTypeCount> byType;
    std::array<std::uint64_t, ipc::kGraphEdgeTypeCount> evidence{};
    std::unordered_set<Vertex> all;
    walk.forEach(*vertex, [&](const Tie &tie) {
        const auto type = static_cast<std::size_t>(tie.type);
        byType[type].insert(tie.other);
        evidence[type] += std::max(1U, tie.evidence);
        all.insert(tie.other);
    });
    ipc::GraphCountsReply reply;
    reply.neighbours = all.size();
    for (std::size_t type = 0; type < byType.size(); ++type)
        if (!byType[type].empty())
            reply.types.push_back(
                {static_cast<GraphEdgeType>(type), byType[type].size(), evidence[type]});
    return reply;
}

namespace {

/// Rows of events that a node stands for or that name it, newest first.
std::vector<std::uint32_t> rowsAt(const GraphFloor &floor, Vertex vertex)
{
    const std::uint32_t index = floor.indexOf(vertex);
    std::vector<std::uint32_t> rows;
    switch (floor.kindOf(vertex)) {
    case GraphNodeKind::Event: rows.push_back(index); break;
    case GraphNodeKind::Source:
        rows.assign(floor.reports(index).rbegin(), floor.reports(index).rend());
        break;
    case GraphNodeKind::Story:
        rows.assign(floor.tellers(index).rbegin(), floor.tellers(index).rend());
        break;
    case GraphNodeKind::Entity: {
        const auto namings = floor.namings(index);
        for (std::size_t at = namings.size(); at-- > 0;)
            if (rows.empty() || rows.back() != namings[at].row)
                rows.push_back(namings[at].row);
        break;
    }
    }
    return rows;
}

} // namespace

Result<ipc::GraphEventsReply> searchEvents(const GraphFloor &floor,
                                           const ipc::GraphEventsRequest &request)
{
    if (request.nodes.size() > ipc::GraphEventsRequest::kNodesMax)
        return fail(ErrorCode::InvalidInput, "too many nodes in one request");
    std::map<std::uint32_t, std::size_t, std::greater<>> hits;
    std::set<ipc::GraphNodeKey> asked(request.nodes.begin(), request.nodes.end());
    const RowSpan span = floor.rowsIn(request.scope);
    for (const ipc::GraphNodeKey key : asked) {
        const auto vertex = floor.find(key);
        if (!vertex)
            continue;
        for (const std::uint32_t row : rowsAt(floor, *vertex))
            if (row >= span.first && row < span.end && floor.counts(row, request.scope))
                ++hits[row];
    }
    const std::size_t wanted = request.match == ipc::GraphMatch::All ? asked.size() : 1;
    const std::size_t limit = std::min(request.limit, ipc::GraphEventsRequest::kLimitMax);
    ipc::GraphEventsReply reply;
    for (const auto &[row, count] : hits) {
        if (count < wanted)
            continue;
        ++reply.total;
        if (reply.events.size() < limit)
            reply.events.push_back({floor.events().id[row]});
    }
    return reply;
}

Result<ipc::GraphTouchedReply> searchTouched(const GraphFloor &floor,
                                             const ipc::GraphTouchedRequest &request)
{
    if (request.events.size() > ipc::GraphTouchedRequest::kEventsMax)
        return fail(ErrorCode::InvalidInput, "too many events in one request");
    std::set<ipc::GraphNodeKey> nodes;
    for (const std::uint32_t row : rowsOf(floor, request.events)) {
        for (const GraphFloor::Link &link : floor.links(row))
            nodes.insert({GraphNodeKind::Entity, floor.entity(link.entity).id});
        if (floor.events().source[row] < floor.sourceCount())
            nodes.insert(floor.keyOf(floor.sourceVertex(floor.events().source[row])));
    }
    return ipc::GraphTouchedReply{{nodes.begin(), nodes.end()}};
}

std::vector<std::uint32_t> rowsOf(const GraphFloor &floor, std::span<const schema::EventId> events)
{
    std::vector<std::uint32_t> rows;
    for (const schema::EventId id : events)
        if (const auto vertex = floor.find({GraphNodeKind::Event, id.value}))
            rows.push_back(floor.indexOf(*vertex));
    std::ranges::sort(rows);
    const auto rest = std::ranges::unique(rows);
    rows.erase(rest.begin(), rest.end());
    return rows;
}

} // namespace chrona::service
