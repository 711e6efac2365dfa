// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_ties.h"

#include <algorithm>
#include <ranges>
#include <unordered_set>

namespace chrona::service {
namespace {

constexpr std::size_t kRowsBetweenLooks = 1U << 16; ///< at the stop token

/// Two entities that one event names.
struct Meeting {
    std::uint64_t pair; ///< the smaller index in the high half
    std::uint32_t row;
    float weight;
};

Instant instantOfMicros(std::int64_t micros)
{
    return Instant(Duration(micros));
}

class Finder {
public:
    Finder(const GraphFloor &floor, const ipc::GraphScope &scope) : m_floor(floor), m_scope(scope)
    {
        m_ties.evidence.assign(floor.entityCount(), 0);
        m_ties.neighbours.assign(floor.entityCount(), 0);
    }

    void meet(std::uint32_t row)
    {
        if (!m_floor.counts(row, m_scope))
            return;
        m_named.clear();
        for (const GraphFloor::Link &link : m_floor.links(row))
            m_named.emplace_back(link.entity, link.weight);
        std::ranges::sort(m_named, [](const auto &a, const auto &b) {
            return a.first != b.first ? a.first < b.first : a.second > b.second;
        });
        const auto rest = std::ranges::unique(m_named, {}, &std::pair<std::uint32_t, float>::first);
        m_named.erase(rest.begin(), rest.end());
        for (const auto &[entity, weight] : m_named)
            ++m_ties.evidence[entity];
        if (m_named.size() > EntityTies::kNamesMax)
            return;
        for (std::size_t a = 0; a < m_named.size(); ++a)
            for (std::size_t b = a + 1; b < m_named.size(); ++b)
                m_meetings.push_back({std::uint64_t{m_named[a].first} << 32 | m_named[b].first, row,
                                      std::max(0.01F, m_named[a].second * m_named[b].second)});
    }

    Result<EntityTies> take()
    {
        graph::Parts parts;
        parts.types = edgeTypeNames();
        for (std::uint32_t at = 0; at < m_floor.entityCount(); ++at) {
            const storage::EntityHead &head = m_floor.entity(at);
            parts.nodes.push_back(
                {{schema::EvidenceKind::Entity, head.id}, std::string(), head.place});
        }
        addMeetings(parts);
        for (const GraphFloor::Relation &relation : m_floor.relations()) {
            parts.edges.push_back({.from = relation.from,
                                   .to = relation.to,
                                   .type = static_cast<std::uint16_t>(relation.type),
                                   .weight = relation.weight});
            m_ties.edgeEvidence.push_back(0);
            m_ties.newestFirst.push_back(static_cast<std::uint32_t>(m_ties.newest.size()));
        }
        auto graph = graph::Graph::create(std::move(parts));
        if (!graph)
            return std::unexpected(graph.error());
        m_ties.graph = std::move(*graph);
        countNeighbours();
        return std::move(m_ties);
    }

private:
    void addMeetings(graph::Parts &parts)
    {
        std::ranges::sort(m_meetings, [](const Meeting &a, const Meeting &b) {
            return a.pair != b.pair ? a.pair < b.pair : a.row < b.row;
        });
        const auto &times = m_floor.events().observedAt;
        for (std::size_t first = 0, end = 0; first < m_meetings.size(); first = end) {
            float weight = 0;
            for (end = first;
                 end < m_meetings.size() && m_meetings[end].pair == m_meetings[first].pair; ++end)
                weight += m_meetings[end].weight;
            const std::uint64_t pair = m_meetings[first].pair;
            // An edge holds until before its end, and the last event belongs to it.
            parts.edges.push_back({.from = static_cast<std::uint32_t>(pair >> 32),
                                   .to = static_cast<std::uint32_t>(pair),
                                   .type = static_cast<std::uint16_t>(ipc::GraphEdgeType::Together),
                                   .weight = weight,
                                   .begin = instantOfMicros(times[m_meetings[first].row]),
                                   .end = instantOfMicros(times[m_meetings[end - 1].row] + 1)});
            m_ties.edgeEvidence.push_back(static_cast<std::uint32_t>(end - first));
            m_ties.newestFirst.push_back(static_cast<std::uint32_t>(m_ties.newest.size()));
            const std::size_t kept = std::min(end - first, ipc::GraphReply::kEvidenceOfATie);
            for (std::size_t at = end; at-- > end - kept;)
                m_ties.newest.push_back(m_meetings[at].row);
        }
        m_meetings = {};
    }

    void countNeighbours()
    {
        std::vector<std::uint32_t> seenFor(m_floor.entityCount(),
                                           std::numeric_limits<std::uint32_t>::max());
        for (std::uint32_t at = 0; at < m_floor.entityCount(); ++at)
            for (const graph::Link &link : m_ties.graph.links(at))
                if (link.neighbour != at && std::exchange(seenFor[link.neighbour], at) != at)
                    ++m_ties.neighbours[at];
    }

    const GraphFloor &m_floor;
    const ipc::GraphScope &m_scope;
    EntityTies m_ties;
    std::vector<std::pair<std::uint32_t, float>> m_named;
    std::vector<Meeting> m_meetings;
};

} // namespace

Result<EntityTies> EntityTies::find(const GraphFloor &floor, const ipc::GraphScope &scope,
                                    std::optional<std::span<const std::uint32_t>> rows,
                                    const RowProgress &progress, std::stop_token stop)
{
    Finder finder(floor, scope);
    const RowSpan span = floor.rowsIn(scope);
    const std::size_t total = rows ? rows->size() : span.end - span.first;
    for (std::size_t at = 0; at < total; ++at) {
        if (at % kRowsBetweenLooks == 0) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "the question about the graph was cancelled");
            if (progress)
                progress(at, total);
        }
        const std::uint32_t row = rows ? (*rows)[at] : span.first + static_cast<std::uint32_t>(at);
        if (row >= span.first && row < span.end)
            finder.meet(row);
    }
    return finder.take();
}

std::vector<std::string> edgeTypeNames()
{
    return {"subject",   "actor",    "target",  "location", "topic",     "instrument",
            "publisher", "together", "reports", "part_of",  "exposed_to", "tells"};
}

} // namespace chrona::service
