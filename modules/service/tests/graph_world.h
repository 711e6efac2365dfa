// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph_floor_loading.h"
#include "graph_search.h"

#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QStringList>

#include <algorithm>
#include <format>

namespace chrona::service::testing {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using ipc::GraphEdgeType;
using ipc::GraphNodeKind;
using schema::EntityRole;

/// A small world whose every tie can be counted on fingers, out of a real database. California is
/// named with its country twice and once with Acme, Acme with Ann; one event was taken back, and
/// one was known four days late.
struct GraphWorld {
    /// False where the database would not.
    [[nodiscard]] bool lay();
    [[nodiscard]] static Instant day(int number)
    {
        return *parseInstant("2026-03-01T12:00:00Z") + 24h * number;
    }
    [[nodiscard]] static ipc::GraphNodeKey entity(std::string_view key)
    {
        return {GraphNodeKind::Entity, schema::entityIdFor(key).value};
    }
    struct Named {
        std::string_view key;
        EntityRole role = EntityRole::Subject;
    };
    [[nodiscard]] static schema::Event event(int number, std::initializer_list<Named> named);
    [[nodiscard]] std::vector<schema::Event> world();
    [[nodiscard]] ipc::GraphNodeKey eventKey(int number) const
    {
        return {GraphNodeKind::Event, m_ids.at(static_cast<std::size_t>(number - 1)).value};
    }
    [[nodiscard]] EntityTies ties(const ipc::GraphScope &scope) const
    {
        return EntityTies::find(*m_floor, scope, std::nullopt, {}, {}).value();
    }
    /// The evidence of the edge between two entities; 0: there is none.
    [[nodiscard]] std::uint32_t evidenceOf(const EntityTies &ties, std::string_view a,
                                           std::string_view b) const;
    [[nodiscard]] static ipc::GraphNeighboursRequest around(ipc::GraphNodeKey seed,
                                                            std::vector<GraphEdgeType> types = {})
    {
        ipc::GraphNeighboursRequest request;
        request.seeds = {seed};
        request.scope.types = std::move(types);
        return request;
    }
    [[nodiscard]] GraphPart neighbours(const ipc::GraphNeighboursRequest &request) const
    {
        return searchNeighbours(*m_floor, ties(request.scope), request, {}).value();
    }
    [[nodiscard]] static QStringList namesOf(const ipc::GraphReply &reply);
    /// "country:US -together- region:US-CA ×2", sorted.
    [[nodiscard]] static QStringList edgesOf(const GraphPart &part,
                                             const std::vector<ipc::GraphNodeKey> &known = {});

    std::unique_ptr<storage::TestDatabase> m_database;
    std::optional<storage::Connection> m_connection;
    std::vector<schema::EventId> m_ids;
    std::shared_ptr<const GraphFloor> m_floor;
    FloorParts m_parts;
};

inline schema::Event GraphWorld::event(int number, std::initializer_list<Named> named)
{
    schema::Event event;
    event.type = schema::EventType::News;
    event.title = std::format("Event {}", number);
    event.sourceRef = std::format("event:{}", number);
    event.source = schema::sourceIdFor("test");
    event.times.observedAt = day(number);
    event.times.publishedAt = day(number);
    event.times.ingestedAt = day(number);
    event.times.basis = schema::AvailabilityBasis::Stated;
    event.contentHash = hashOf({event.title});
    event.id = schema::eventIdFor(event);
    for (const Named &one : named)
        event.entities.push_back({schema::entityIdFor(one.key), one.role, 1});
    return event;
}

inline std::vector<schema::Event> GraphWorld::world()
{
    std::vector<schema::Event> events{
        event(1, {{"country:US", EntityRole::Location}, {"region:US-CA", EntityRole::Location}}),
        event(2, {{"country:US", EntityRole::Location},
                  {"region:US-CA", EntityRole::Location},
                  {"org:acme", EntityRole::Actor}}),
        event(3, {{"org:acme", EntityRole::Actor}, {"person:ann"}}),
        event(4, {{"country:US"}, {"person:ann"}}),
        event(5, {{"country:US"}, {"topic:energy", EntityRole::Topic}}),
    };
    events[3].state = schema::EventState::Retracted;
    events[4].times.publishedAt = day(9); // known four days after it happened
    return events;
}

inline bool GraphWorld::lay()
{
    m_database = storage::TestDatabase::open();
    if (!m_database)
        return false;
    storage::Connection &connection = m_connection.emplace(m_database->fresh());
    schema::Source source;
    source.key = "test";
    source.name = "Test";
    source.connector = "test";
    source.publisherFamily = "test";
    if (!storage::storeSources(connection, std::vector{source}))
        return false;
    std::vector<schema::Entity> entities;
    for (const char *key :
         {"country:US", "region:US-CA", "org:acme", "person:ann", "topic:energy", "org:alone"}) {
        schema::Entity made;
        made.key = key;
        made.name = std::string("Name of ") + key;
        made.id = schema::entityIdFor(key);
        entities.push_back(made);
    }
    entities[0].externalIds = {{"iso3166-1", "US"}};
    entities[1].externalIds = {{"iso3166-2", "US-CA"}};
    if (!storage::storeEntities(connection, entities) ||
        !storage::bulkStoreEvents(connection, world()))
        return false;
    std::ranges::transform(world(), std::back_inserter(m_ids), &schema::Event::id);

    auto columns = std::make_shared<schema::EventColumns>();
    storage::EventTables tables;
    if (!storage::loadEventColumns(connection, *columns, tables))
        return false;
    const EventSnapshot events{columns, {"test"}, tables.regions};
    auto parts = loadFloorParts(connection, events, nullptr, {});
    if (!parts)
        return false;
    m_parts = *parts;
    m_floor = GraphFloor::lay(std::move(*parts));
    return true;
}

inline std::uint32_t GraphWorld::evidenceOf(const EntityTies &ties, std::string_view a,
                                            std::string_view b) const
{
    const auto from = m_floor->find(entity(a));
    const auto to = m_floor->find(entity(b));
    for (const graph::Link &link : ties.graph.links(*from))
        if (link.neighbour == *to &&
            ties.graph.edge(link.edge).type == static_cast<int>(GraphEdgeType::Together))
            return ties.edgeEvidence[link.edge];
    return 0;
}

inline QStringList GraphWorld::namesOf(const ipc::GraphReply &reply)
{
    QStringList names;
    for (const ipc::GraphNode &node : reply.nodes)
        names +=
            node.key.kind == GraphNodeKind::Event ? u"event"_s : QString::fromStdString(node.name);
    return names;
}

inline QStringList GraphWorld::edgesOf(const GraphPart &part,
                                       const std::vector<ipc::GraphNodeKey> &known)
{
    const auto nameAt = [&](std::int64_t row) {
        const auto at = static_cast<std::size_t>(row);
        if (at >= part.reply.nodes.size())
            return QString::number(known.at(at - part.reply.nodes.size()).id);
        const ipc::GraphNode &node = part.reply.nodes[at];
        return node.name.empty() ? u"event"_s : QString::fromStdString(node.name);
    };
    const std::vector<std::string> types = edgeTypeNames();
    QStringList edges;
    for (std::size_t at = 0; at < part.edges.from.size(); ++at)
        edges +=
            u"%1 -%2- %3 x%4"_s
                .arg(nameAt(part.edges.from[at]),
                     QString::fromStdString(types[part.edges.type[at]]), nameAt(part.edges.to[at]))
                .arg(part.edges.evidence[at]);
    edges.sort();
    return edges;
}

} // namespace chrona::service::testing
