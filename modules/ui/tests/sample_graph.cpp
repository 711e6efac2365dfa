// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_graph.h"

#include <algorithm>
#include <deque>

namespace chrona::ui::test {

using ipc::GraphNodeKind;

namespace {
constexpr std::size_t kSampleDegreeMax = 12; ///< of a node that is gone through
}

SampleGraph::SampleGraph(std::span<const schema::Event> events,
                         std::span<const schema::Entity> entities, StandIns standIns)
    : m_standIns(std::move(standIns))
{
    for (const schema::Entity &entity : entities)
        m_entities[entity.id.value] = entity;
    for (const schema::Event &event : events) {
        const std::int64_t at = event.times.observedAt.time_since_epoch().count();
        std::set<std::int64_t> named;
        for (const schema::EventEntity &one : event.entities)
            named.insert(standIn(one.entity.value));
        for (const std::int64_t one : named) {
            m_named[one].insert(event.id.value);
            m_naming[event.id.value].push_back(one);
            for (const std::int64_t other : named) {
                if (other == one)
                    continue;
                Tie &tie = m_ties[one][other];
                tie.begin = tie.count == 0 ? at : std::min(tie.begin, at);
                tie.end = std::max(tie.end, at);
                ++tie.count;
            }
        }
    }
}

void SampleGraph::add(Part &part, std::int64_t entity, std::uint32_t hops) const
{
    entity = standIn(entity);
    const auto found = m_entities.find(entity);
    const ipc::GraphNodeKey key{GraphNodeKind::Entity, entity};
    if (found == m_entities.end() ||
        std::ranges::contains(part.reply.nodes, key, &ipc::GraphNode::key))
        return;
    ipc::GraphNode node;
    node.key = key;
    node.detail = static_cast<std::uint8_t>(found->second.kind);
    node.name = found->second.key;
    node.label = found->second.name;
    node.place = found->second.location;
    node.evidence = m_named.contains(entity) ? m_named.at(entity).size() : 0;
    node.neighbours = m_ties.contains(entity) ? m_ties.at(entity).size() : 0;
    node.hops = hops;
    part.reply.nodes.push_back(node);
}

void SampleGraph::addEdges(Part &part, std::span<const ipc::GraphNodeKey> known) const
{
    std::map<std::int64_t, std::int64_t> rows;
    for (std::size_t at = 0; at < known.size(); ++at)
        rows[standIn(known[at].id)] = static_cast<std::int64_t>(part.reply.nodes.size() + at);
    for (std::size_t at = 0; at < part.reply.nodes.size(); ++at)
        rows[part.reply.nodes[at].key.id] = static_cast<std::int64_t>(at);
    for (const ipc::GraphNode &node : part.reply.nodes) {
        for (const auto &[count, other] : others(node.key.id)) {
            const auto row = rows.find(other);
            if (row == rows.end() ||
                (row->second < static_cast<std::int64_t>(part.reply.nodes.size()) &&
                 other < node.key.id))
                continue;
            const Tie &tie = m_ties.at(node.key.id).at(other);
            part.edges.from.push_back(rows.at(node.key.id));
            part.edges.to.push_back(row->second);
            part.edges.type.push_back(static_cast<std::uint8_t>(ipc::GraphEdgeType::Together));
            part.edges.weight.push_back(static_cast<float>(count));
            part.edges.begin.push_back(tie.begin);
            part.edges.end.push_back(tie.end);
            part.edges.evidence.push_back(count);
            ipc::GraphEventsRequest both;
            both.nodes = {node.key, {ipc::GraphNodeKind::Entity, other}};
            both.match = ipc::GraphMatch::All;
            both.limit = ipc::GraphReply::kEvidenceOfATie;
            const auto events = answer(both).events;
            part.reply.evidence.insert(part.reply.evidence.end(), events.begin(), events.end());
            part.reply.evidenceCounts.push_back(static_cast<std::uint32_t>(events.size()));
        }
    }
}

std::vector<std::pair<std::int64_t, std::int64_t>> SampleGraph::others(std::int64_t entity) const
{
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    if (const auto ties = m_ties.find(entity); ties != m_ties.end())
        for (const auto &[other, tie] : ties->second)
            found.emplace_back(tie.count, other);
    std::ranges::sort(found, std::greater());
    return found;
}

SampleGraph::Part SampleGraph::answer(const ipc::GraphOverviewRequest &request) const
{
    std::map<std::int64_t, std::size_t> counts;
    if (request.events.empty())
        for (const auto &[entity, events] : m_named)
            counts[entity] = events.size();
    for (const schema::EventId event : request.events)
        if (const auto named = m_naming.find(event.value); named != m_naming.end())
            for (const std::int64_t entity : named->second)
                ++counts[entity];
    std::vector<std::pair<std::size_t, std::int64_t>> order;
    for (const auto &[entity, count] : counts)
        order.emplace_back(count, entity);
    std::ranges::sort(order, std::greater());
    Part part;
    part.reply.nodesTotal = order.size();
    for (const auto &[count, entity] : order)
        if (part.reply.nodes.size() < request.nodesMax)
            add(part, entity);
    addEdges(part);
    return part;
}

SampleGraph::Part SampleGraph::answer(const ipc::GraphNeighboursRequest &request) const
{
    Part part;
    for (const ipc::GraphNodeKey &seed : request.seeds)
        add(part, seed.id);
    const auto isHere = [&](std::int64_t entity) {
        const ipc::GraphNodeKey key{GraphNodeKind::Entity, entity};
        return std::ranges::contains(request.known, key) ||
               std::ranges::contains(part.reply.nodes, key, &ipc::GraphNode::key);
    };
    part.reply.nodesTotal = part.reply.nodes.size();
    std::size_t begin = 0;
    for (std::uint32_t hop = 1; hop <= request.hops; ++hop) {
        const std::size_t end = part.reply.nodes.size();
        for (std::size_t at = begin; at < end; ++at) {
            const auto around = others(part.reply.nodes[at].key.id);
            if (hop > 1 && around.size() > kSampleDegreeMax) {
                part.reply.hubs.push_back(static_cast<std::uint32_t>(at));
                continue;
            }
            for (const auto &[count, other] : around) {
                if (isHere(other))
                    continue;
                ++part.reply.nodesTotal;
                if (part.reply.nodes.size() < request.nodesMax)
                    add(part, other, hop);
            }
        }
        begin = end;
    }
    addEdges(part, request.known);
    return part;
}

SampleGraph::Part SampleGraph::answer(const ipc::GraphPathsRequest &request) const
{
    std::map<std::int64_t, std::int64_t> cameFrom{{request.from.id, request.from.id}};
    std::deque<std::int64_t> waiting{request.from.id};
    while (!waiting.empty() && !cameFrom.contains(request.to.id)) {
        const std::int64_t entity = waiting.front();
        waiting.pop_front();
        for (const auto &[count, other] : others(entity))
            if (cameFrom.emplace(other, entity).second)
                waiting.push_back(other);
    }
    Part part;
    if (!cameFrom.contains(request.to.id))
        return part;
    std::vector<std::int64_t> way{request.to.id};
    while (way.back() != request.from.id)
        way.push_back(cameFrom.at(way.back()));
    ipc::GraphPath path;
    for (const std::int64_t entity : way) {
        path.nodes.push_back(static_cast<std::uint32_t>(part.reply.nodes.size()));
        add(part, entity);
    }
    part.reply.paths = {path};
    part.reply.nodesTotal = way.size();
    addEdges(part, request.known);
    return part;
}

ipc::GraphCountsReply SampleGraph::answer(const ipc::GraphCountsRequest &request) const
{
    ipc::GraphCountsReply reply;
    const auto found = others(request.node.id);
    reply.neighbours = found.size();
    std::uint64_t evidence = 0;
    for (const auto &[count, other] : found)
        evidence += static_cast<std::uint64_t>(count);
    if (!found.empty())
        reply.types = {{ipc::GraphEdgeType::Together, found.size(), evidence}};
    return reply;
}

ipc::GraphEventsReply SampleGraph::answer(const ipc::GraphEventsRequest &request) const
{
    std::map<std::int64_t, std::size_t> hits;
    for (const ipc::GraphNodeKey &key : request.nodes)
        if (const auto named = m_named.find(standIn(key.id)); named != m_named.end())
            for (const std::int64_t event : named->second)
                ++hits[event];
    ipc::GraphEventsReply reply;
    for (const auto &[event, count] : hits) {
        if (request.match == ipc::GraphMatch::All && count < request.nodes.size())
            continue;
        ++reply.total;
        if (reply.events.size() < request.limit)
            reply.events.push_back({event});
    }
    return reply;
}

ipc::GraphTouchedReply SampleGraph::answer(const ipc::GraphTouchedRequest &request) const
{
    std::set<ipc::GraphNodeKey> nodes;
    for (const schema::EventId event : request.events)
        if (const auto named = m_naming.find(event.value); named != m_naming.end())
            for (const std::int64_t entity : named->second)
                nodes.insert({GraphNodeKind::Entity, entity});
    return {{nodes.begin(), nodes.end()}};
}

} // namespace chrona::ui::test
