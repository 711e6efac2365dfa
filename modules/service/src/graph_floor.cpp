// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_floor.h"

#include "chrona/schema/source.h"

#include <algorithm>
#include <limits>

namespace chrona::service {
namespace {

using ipc::GraphNodeKey;
using ipc::GraphNodeKind;
using storage::EventLinkColumns;

/// Turns counts per bucket, kept one place further, into offsets.
void sumUp(std::vector<std::uint32_t> &counts)
{
    for (std::size_t at = 1; at < counts.size(); ++at)
        counts[at] += counts[at - 1];
}

std::int64_t micros(Instant instant)
{
    return instant.time_since_epoch().count();
}

} // namespace

std::shared_ptr<const GraphFloor> GraphFloor::lay(FloorParts parts)
{
    std::shared_ptr<GraphFloor> floor(new GraphFloor);
    floor->m_events = std::move(parts.events);
    floor->m_entities = std::move(parts.entities);
    floor->indexNames();
    floor->joinLinks(*parts.links);
    floor->turnAround();
    floor->takeRelations(parts.relations);
    return floor;
}

void GraphFloor::indexNames()
{
    m_entityById.reserve(m_entities.size());
    for (std::uint32_t at = 0; at < m_entities.size(); ++at)
        m_entityById.emplace(m_entities[at].id, at);
    for (std::uint32_t at = 0; at < sourceCount(); ++at)
        m_sourceById.emplace(schema::sourceIdFor(m_events.sources[at]).value, at);
    m_rowById.reserve(eventCount());
    for (std::uint32_t row = 0; row < eventCount(); ++row)
        m_rowById.emplace_back(events().id[row], row);
    std::ranges::sort(m_rowById);
}

void GraphFloor::joinLinks(const EventLinkColumns &links)
{
    // Both sides are ordered by id, so that one walk finds each link's row.
    std::vector<std::uint32_t> rows(links.size(), std::numeric_limits<std::uint32_t>::max());
    m_linkOffsets.assign(eventCount() + 1, 0);
    std::size_t at = 0;
    for (std::size_t link = 0; link < links.size(); ++link) {
        while (at < m_rowById.size() && m_rowById[at].first < links.event[link])
            ++at;
        if (at == m_rowById.size())
            break;
        if (m_rowById[at].first != links.event[link] || !m_entityById.contains(links.entity[link]))
            continue;
        rows[link] = m_rowById[at].second;
        ++m_linkOffsets[rows[link] + 1];
    }
    sumUp(m_linkOffsets);
    m_links.resize(m_linkOffsets.back());
    auto next = m_linkOffsets;
    for (std::size_t link = 0; link < links.size(); ++link) {
        if (rows[link] == std::numeric_limits<std::uint32_t>::max())
            continue;
        m_links[next[rows[link]]++] = {m_entityById.at(links.entity[link]), links.role[link],
                                       links.weight[link]};
    }
}

void GraphFloor::turnAround()
{
    m_namingOffsets.assign(entityCount() + 1, 0);
    for (const Link &link : m_links)
        ++m_namingOffsets[link.entity + 1];
    sumUp(m_namingOffsets);
    m_namings.resize(m_links.size());
    auto next = m_namingOffsets;
    m_reportOffsets.assign(sourceCount() + 1, 0);
    for (std::uint32_t row = 0; row < eventCount(); ++row) {
        for (const Link &link : links(row))
            m_namings[next[link.entity]++] = {row, link.role, link.weight};
        if (events().source[row] < sourceCount())
            ++m_reportOffsets[events().source[row] + 1U];
    }
    sumUp(m_reportOffsets);
    m_reports.resize(m_reportOffsets.back());
    auto nextReport = m_reportOffsets;
    for (std::uint32_t row = 0; row < eventCount(); ++row)
        if (events().source[row] < sourceCount())
            m_reports[nextReport[events().source[row]]++] = row;
}

void GraphFloor::takeRelations(std::span<const FloorRelation> relations)
{
    for (const FloorRelation &relation : relations) {
        const auto from = m_entityById.find(relation.from);
        const auto to = m_entityById.find(relation.to);
        if (from != m_entityById.end() && to != m_entityById.end() && from != to &&
            relation.weight > 0)
            m_relations.push_back({from->second, to->second, relation.type, relation.weight});
    }
}

std::span<const GraphFloor::Link> GraphFloor::links(std::uint32_t row) const
{
    return std::span(m_links).subspan(m_linkOffsets[row],
                                      m_linkOffsets[row + 1] - m_linkOffsets[row]);
}

std::span<const GraphFloor::Naming> GraphFloor::namings(std::uint32_t entity) const
{
    return std::span(m_namings).subspan(m_namingOffsets[entity],
                                        m_namingOffsets[entity + 1] - m_namingOffsets[entity]);
}

std::span<const std::uint32_t> GraphFloor::reports(std::uint32_t source) const
{
    return std::span(m_reports).subspan(m_reportOffsets[source],
                                        m_reportOffsets[source + 1] - m_reportOffsets[source]);
}

RowSpan GraphFloor::rowsIn(const ipc::GraphScope &scope) const
{
    const auto &times = events().observedAt;
    const auto rowAt = [&times](const std::optional<Instant> &bound, std::size_t otherwise) {
        if (!bound)
            return static_cast<std::uint32_t>(otherwise);
        return static_cast<std::uint32_t>(std::ranges::lower_bound(times, micros(*bound)) -
                                          times.begin());
    };
    const std::uint32_t first = rowAt(scope.from, 0);
    return {first, std::max(first, rowAt(scope.to, times.size()))};
}

bool GraphFloor::counts(std::uint32_t row, const ipc::GraphScope &scope) const
{
    if ((events().flags[row] & schema::EventColumns::kRetracted) != 0)
        return false;
    return !scope.asOf || events().availableAt[row] <= micros(*scope.asOf);
}

std::optional<GraphFloor::Vertex> GraphFloor::find(GraphNodeKey key) const
{
    switch (key.kind) {
    case GraphNodeKind::Entity:
        if (const auto found = m_entityById.find(key.id); found != m_entityById.end())
            return found->second;
        return std::nullopt;
    case GraphNodeKind::Source:
        if (const auto found = m_sourceById.find(key.id); found != m_sourceById.end())
            return sourceVertex(found->second);
        return std::nullopt;
    case GraphNodeKind::Event: break;
    }
    const auto found = std::ranges::lower_bound(m_rowById, key.id, {},
                                                &std::pair<std::int64_t, std::uint32_t>::first);
    if (found == m_rowById.end() || found->first != key.id)
        return std::nullopt;
    return eventVertex(found->second);
}

GraphNodeKind GraphFloor::kindOf(Vertex vertex) const
{
    if (vertex < entityCount())
        return GraphNodeKind::Entity;
    return vertex < entityCount() + sourceCount() ? GraphNodeKind::Source : GraphNodeKind::Event;
}

std::uint32_t GraphFloor::indexOf(Vertex vertex) const
{
    switch (kindOf(vertex)) {
    case GraphNodeKind::Entity: return vertex;
    case GraphNodeKind::Source: return vertex - static_cast<Vertex>(entityCount());
    case GraphNodeKind::Event: break;
    }
    return vertex - static_cast<Vertex>(entityCount() + sourceCount());
}

GraphNodeKey GraphFloor::keyOf(Vertex vertex) const
{
    const GraphNodeKind kind = kindOf(vertex);
    const std::uint32_t index = indexOf(vertex);
    switch (kind) {
    case GraphNodeKind::Entity: return {kind, m_entities[index].id};
    case GraphNodeKind::Source: return {kind, schema::sourceIdFor(sourceKey(index)).value};
    case GraphNodeKind::Event: break;
    }
    return {kind, events().id[index]};
}

EventLinkColumns
withNews(const EventLinkColumns &links,
         const std::unordered_map<std::int64_t, std::vector<schema::EventEntity>> &news)
{
    std::vector<std::int64_t> fresh;
    for (const auto &[event, entities] : news)
        fresh.push_back(event);
    std::ranges::sort(fresh);
    EventLinkColumns joined;
    const auto append = [&](std::int64_t event) {
        for (const schema::EventEntity &entity : news.at(event))
            joined.append(event, entity.entity.value, static_cast<std::uint8_t>(entity.role),
                          entity.weight);
    };
    auto next = fresh.begin();
    for (std::size_t at = 0; at < links.size(); ++at) {
        for (; next != fresh.end() && *next < links.event[at]; ++next)
            append(*next);
        if (next == fresh.end() || *next != links.event[at])
            joined.append(links.event[at], links.entity[at], links.role[at], links.weight[at]);
    }
    for (; next != fresh.end(); ++next)
        append(*next);
    return joined;
}

} // namespace chrona::service
