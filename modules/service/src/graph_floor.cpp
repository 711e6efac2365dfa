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
    floor->takeEntities(std::move(parts.entities), parts.standIns);
    floor->indexNames();
    floor->joinLinks(*parts.links);
    floor->turnAround();
    floor->takeStories(std::move(parts.stories));
    floor->takeRelations(parts.relations);
    return floor;
}

void GraphFloor::takeEntities(std::vector<storage::EntityHead> entities,
                              const std::unordered_map<std::int64_t, std::int64_t> &standIns)
{
    m_entities = std::move(entities);
    if (!standIns.empty())
        std::erase_if(m_entities, [&standIns](const storage::EntityHead &entity) {
            return standIns.contains(entity.id);
        });
    m_entityById.reserve(m_entities.size() + standIns.size());
    for (std::uint32_t at = 0; at < m_entities.size(); ++at)
        m_entityById.emplace(m_entities[at].id, at);
    for (const auto &[entity, standsAs] : standIns)
        if (const auto found = m_entityById.find(standsAs); found != m_entityById.end())
            m_entityById.emplace(entity, found->second);
}

void GraphFloor::indexNames()
{
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
    if (m_entityById.size() > m_entities.size())
        uniteLinks();
}

/// An event that names two entities which are one names that one once in each role.
void GraphFloor::uniteLinks()
{
    std::vector<Link> united;
    united.reserve(m_links.size());
    std::vector<std::uint32_t> offsets{0};
    for (std::uint32_t row = 0; row < eventCount(); ++row) {
        const std::size_t first = united.size();
        for (const Link &link : links(row)) {
            const auto same =
                std::ranges::find_if(united.begin() + static_cast<std::ptrdiff_t>(first),
                                     united.end(), [&link](const Link &one) {
                                         return one.entity == link.entity && one.role == link.role;
                                     });
            if (same == united.end())
                united.push_back(link);
            else
                same->weight = std::max(same->weight, link.weight);
        }
        offsets.push_back(static_cast<std::uint32_t>(united.size()));
    }
    m_links = std::move(united);
    m_linkOffsets = std::move(offsets);
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

void GraphFloor::takeStories(std::vector<storage::StoryHead> stories)
{
    m_stories = std::move(stories);
    m_tellerOffsets.assign(1, 0);
    if (!m_stories.empty())
        m_storyOfRow.assign(eventCount(), kNoStory);
    for (std::uint32_t at = 0; at < m_stories.size(); ++at) {
        m_storyById.emplace(m_stories[at].id, at);
        const std::size_t first = m_tellers.size();
        for (const std::int64_t event : m_stories[at].events)
            if (const auto row = rowOf(event))
                m_tellers.push_back(*row);
        std::sort(m_tellers.begin() + static_cast<std::ptrdiff_t>(first), m_tellers.end());
        for (std::size_t teller = first; teller < m_tellers.size(); ++teller)
            m_storyOfRow[m_tellers[teller]] = at;
        m_tellerOffsets.push_back(static_cast<std::uint32_t>(m_tellers.size()));
        m_stories[at].events = {};
    }
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

std::span<const std::uint32_t> GraphFloor::tellers(std::uint32_t story) const
{
    return std::span(m_tellers).subspan(m_tellerOffsets[story],
                                        m_tellerOffsets[story + 1] - m_tellerOffsets[story]);
}

std::optional<std::uint32_t> GraphFloor::storyOf(std::uint32_t row) const
{
    if (m_storyOfRow.empty() || m_storyOfRow[row] == kNoStory)
        return std::nullopt;
    return m_storyOfRow[row];
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
    case GraphNodeKind::Story:
        if (const auto found = m_storyById.find(key.id); found != m_storyById.end())
            return storyVertex(found->second);
        return std::nullopt;
    case GraphNodeKind::Event: break;
    }
    const auto row = rowOf(key.id);
    return row ? std::optional(eventVertex(*row)) : std::nullopt;
}

std::optional<std::uint32_t> GraphFloor::rowOf(std::int64_t event) const
{
    const auto found = std::ranges::lower_bound(m_rowById, event, {},
                                                &std::pair<std::int64_t, std::uint32_t>::first);
    if (found == m_rowById.end() || found->first != event)
        return std::nullopt;
    return found->second;
}

GraphNodeKind GraphFloor::kindOf(Vertex vertex) const
{
    if (vertex < entityCount())
        return GraphNodeKind::Entity;
    if (vertex < entityCount() + sourceCount())
        return GraphNodeKind::Source;
    return vertex < eventVertex(0) ? GraphNodeKind::Story : GraphNodeKind::Event;
}

std::uint32_t GraphFloor::indexOf(Vertex vertex) const
{
    switch (kindOf(vertex)) {
    case GraphNodeKind::Entity: return vertex;
    case GraphNodeKind::Source: return vertex - sourceVertex(0);
    case GraphNodeKind::Story: return vertex - storyVertex(0);
    case GraphNodeKind::Event: break;
    }
    return vertex - eventVertex(0);
}

GraphNodeKey GraphFloor::keyOf(Vertex vertex) const
{
    const GraphNodeKind kind = kindOf(vertex);
    const std::uint32_t index = indexOf(vertex);
    switch (kind) {
    case GraphNodeKind::Entity: return {kind, m_entities[index].id};
    case GraphNodeKind::Source: return {kind, schema::sourceIdFor(sourceKey(index)).value};
    case GraphNodeKind::Story: return {kind, m_stories[index].id};
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
