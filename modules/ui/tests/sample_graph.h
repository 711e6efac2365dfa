// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"
#include "chrona/schema/event.h"

#include <map>
#include <set>
#include <span>
#include <vector>

namespace chrona::ui::test {

/// Answers what a window asks of the graph, plainly and slowly, from some events. No windows of
/// time, no events as nodes but those that are asked for.
class SampleGraph {
public:
    using StandIns = std::map<std::int64_t, std::int64_t>; ///< merged entity → what it stands as
    SampleGraph(std::span<const schema::Event> events, std::span<const schema::Entity> entities,
                StandIns standIns = {});

    struct Part {
        ipc::GraphReply reply;
        ipc::GraphEdgeColumns edges;
    };
    [[nodiscard]] Part answer(const ipc::GraphOverviewRequest &request) const;
    [[nodiscard]] Part answer(const ipc::GraphNeighboursRequest &request) const;
    [[nodiscard]] Part answer(const ipc::GraphPathsRequest &request) const;
    [[nodiscard]] ipc::GraphCountsReply answer(const ipc::GraphCountsRequest &request) const;
    [[nodiscard]] ipc::GraphEventsReply answer(const ipc::GraphEventsRequest &request) const;
    [[nodiscard]] ipc::GraphTouchedReply answer(const ipc::GraphTouchedRequest &request) const;

private:
    struct Tie {
        std::int64_t count = 0, begin = 0, end = 0;
    };
    void add(Part &part, std::int64_t entity, std::uint32_t hops = 0) const;
    void addEdges(Part &part, std::span<const ipc::GraphNodeKey> known = {}) const;
    [[nodiscard]] std::vector<std::pair<std::int64_t, std::int64_t>>
    others(std::int64_t entity) const; ///< strongest first: events in common, id

    [[nodiscard]] std::int64_t standIn(std::int64_t entity) const
    {
        const auto found = m_standIns.find(entity);
        return found == m_standIns.end() ? entity : found->second;
    }

    StandIns m_standIns;
    std::map<std::int64_t, schema::Entity> m_entities;
    std::map<std::int64_t, std::set<std::int64_t>> m_named;     ///< events of each entity
    std::map<std::int64_t, std::vector<std::int64_t>> m_naming; ///< entities of each event
    std::map<std::int64_t, std::map<std::int64_t, Tie>> m_ties;
};

} // namespace chrona::ui::test
