// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_world.h"

#include <QTest>

#include <stop_token>

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::testing;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// A small world whose every tie can be counted on fingers, out of a real database.
class TestGraphFloor : public QObject, private GraphWorld {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tiesCountSharedEvents();
    void windowDecidesWhatCounts();
    void momentDecidesWhatWasKnown();
    void countsSayWhatAnExpansionBrings();
    void neighboursCarryTheirEdges();
    void knownNodesGetEdgesToo();
    void roomIsLimitedAndSaid();
    void hubsAreShownNotGoneThrough();
    void unknownSeedsAreNamed();
    void eventsAndSourcesAreNodesAsWell();
    void pathsLeadThroughEntities();
    void pathsBeginAtEvents();
    void pathsRefuseWhatCannotBe();
    void overviewTakesTheMostNamed();
    void overviewOfASelection();
    void tiesNameTheirNewestEvents();
    void eventsBehindNodesAndEdges();
    void touchedNodesOfASelection();
    void newsReplaceLinks();
    void stopIsHeeded();
};

void TestGraphFloor::initTestCase()
{
    QVERIFY(lay());
    QCOMPARE(m_floor->eventCount(), 5U);
    QCOMPARE(m_floor->entityCount(), 6U);
}

void TestGraphFloor::tiesCountSharedEvents()
{
    const EntityTies all = ties({});
    QCOMPARE(evidenceOf(all, "country:US", "region:US-CA"), 2U);
    QCOMPARE(evidenceOf(all, "country:US", "org:acme"), 1U);
    QCOMPARE(evidenceOf(all, "org:acme", "person:ann"), 1U);
    QVERIFY2(evidenceOf(all, "country:US", "person:ann") == 0, "that event was taken back");
    const auto us = *m_floor->find(entity("country:US"));
    QCOMPARE(all.evidence[us], 3U);
    QCOMPARE(all.neighbours[us], 3U); // California once, though it is part of it as well
    for (const graph::Link &link : all.graph.links(us)) {
        const graph::Edge &edge = all.graph.edge(link.edge);
        if (all.edgeEvidence[link.edge] == 2) {
            QCOMPARE(*edge.begin, day(1));
            QCOMPARE(*edge.end, day(2) + 1us);
        }
    }
}

void TestGraphFloor::windowDecidesWhatCounts()
{
    ipc::GraphScope scope;
    scope.from = day(2);
    scope.to = day(3);
    const EntityTies some = ties(scope);
    QCOMPARE(evidenceOf(some, "country:US", "region:US-CA"), 1U);
    QCOMPARE(evidenceOf(some, "org:acme", "person:ann"), 0U);
    scope.to = day(1); // reversed
    QCOMPARE(evidenceOf(ties(scope), "country:US", "region:US-CA"), 0U);
}

void TestGraphFloor::momentDecidesWhatWasKnown()
{
    ipc::GraphScope scope;
    scope.asOf = day(8);
    QCOMPARE(evidenceOf(ties(scope), "country:US", "topic:energy"), 0U);
    scope.asOf = day(9);
    QCOMPARE(evidenceOf(ties(scope), "country:US", "topic:energy"), 1U);
}

void TestGraphFloor::countsSayWhatAnExpansionBrings()
{
    const auto counts = searchCounts(*m_floor, ties({}), {entity("country:US"), {}});
    QVERIFY(counts);
    QCOMPARE(counts->neighbours, 6U); // three entities, three events
    QList<QPair<int, quint64>> byType;
    for (const ipc::GraphTypeCount &one : counts->types)
        byType += {static_cast<int>(one.type), one.neighbours};
    QCOMPARE(byType, (QList<QPair<int, quint64>>{{static_cast<int>(GraphEdgeType::Subject), 1},
                                                 {static_cast<int>(GraphEdgeType::Location), 2},
                                                 {static_cast<int>(GraphEdgeType::Together), 3},
                                                 {static_cast<int>(GraphEdgeType::PartOf), 1}}));
    QVERIFY(!searchCounts(*m_floor, ties({}), {entity("nobody:here"), {}}));
    // What is counted is what comes.
    const GraphPart part = neighbours(around(entity("country:US")));
    QCOMPARE(part.reply.nodes.size(), 7U);
}

void TestGraphFloor::neighboursCarryTheirEdges()
{
    const GraphPart part =
        neighbours(around(entity("country:US"), {GraphEdgeType::Together, GraphEdgeType::PartOf}));
    QCOMPARE(part.reply.nodes.front().name, std::string("country:US"));
    QCOMPARE(part.reply.nodes[1].name, std::string("region:US-CA")); // the strongest tie first
    QCOMPARE(part.reply.nodes[1].label, std::string("Name of region:US-CA"));
    QCOMPARE(part.reply.nodes.size(), 4U);
    QCOMPARE(part.reply.nodesTotal, 4U);
    const QStringList edges = edgesOf(part);
    QCOMPARE(edges.size(), 5);
    QVERIFY(edges.contains(u"region:US-CA -part_of- country:US x0"_s));
    QCOMPARE(edges.filter(u"x2"_s).size(), 1);
}

void TestGraphFloor::knownNodesGetEdgesToo()
{
    const std::vector<ipc::GraphNodeKey> known{entity("country:US"), entity("org:alone"),
                                               eventKey(3)};
    ipc::GraphNeighboursRequest request = around(entity("org:acme"));
    request.known = known;
    request.hops = 0;
    const GraphPart part = neighbours(request);
    QCOMPARE(part.reply.nodes.size(), 1U);
    const QStringList edges = edgesOf(part, known);
    QCOMPARE(edges.size(), 2); // together with the country, named by the event
    QVERIFY(edges.contains(u"%1 -actor- org:acme x1"_s.arg(eventKey(3).id)));
}

void TestGraphFloor::roomIsLimitedAndSaid()
{
    ipc::GraphNeighboursRequest request = around(entity("country:US"));
    request.nodesMax = 3;
    const GraphPart part = neighbours(request);
    QCOMPARE(part.reply.nodes.size(), 3U);
    QCOMPARE(part.reply.nodesTotal, 7U);
}

void TestGraphFloor::hubsAreShownNotGoneThrough()
{
    ipc::GraphNeighboursRequest request = around(entity("topic:energy"), {GraphEdgeType::Together});
    request.hops = 2;
    request.degreeMax = 2;
    const GraphPart held = neighbours(request);
    QCOMPARE(namesOf(held.reply), (QStringList{u"topic:energy"_s, u"country:US"_s}));
    QCOMPARE(held.reply.hubs, std::vector<std::uint32_t>{1});
    request.degreeMax = 10;
    QCOMPARE(neighbours(request).reply.nodes.size(), 4U);
}

void TestGraphFloor::unknownSeedsAreNamed()
{
    const GraphPart part = neighbours(around(entity("nobody:here")));
    QVERIFY(part.reply.nodes.empty());
    QCOMPARE(part.reply.unknown, std::vector{entity("nobody:here")});
}

void TestGraphFloor::eventsAndSourcesAreNodesAsWell()
{
    const GraphPart part = neighbours(around(eventKey(2)));
    QCOMPARE(part.reply.nodes.front().at.value(), day(2));
    QStringList names = namesOf(part.reply);
    names.sort();
    QCOMPARE(names, (QStringList{u"country:US"_s, u"event"_s, u"org:acme"_s, u"region:US-CA"_s,
                                 u"test"_s}));
    QVERIFY(edgesOf(part).contains(u"test -reports- event x1"_s));
    const GraphPart reported =
        neighbours(around({GraphNodeKind::Source, schema::sourceIdFor("test").value}));
    QCOMPARE(reported.reply.nodes.size(), 5U); // without the one that was taken back
}

void TestGraphFloor::pathsLeadThroughEntities()
{
    const ipc::GraphPathsRequest request{entity("region:US-CA"), entity("person:ann"), {}, {}};
    const auto part = searchPaths(*m_floor, ties({}), request, {});
    QVERIFY(part);
    QVERIFY(!part->reply.paths.empty());
    QStringList names;
    for (const std::uint32_t row : part->reply.paths.front().nodes)
        names += QString::fromStdString(part->reply.nodes[row].name);
    QCOMPARE(names, (QStringList{u"region:US-CA"_s, u"org:acme"_s, u"person:ann"_s}));
    QCOMPARE(part->reply.paths.size(), 2U); // the other goes by the country
    QVERIFY(part->reply.isComplete);
    const auto none =
        searchPaths(*m_floor, ties({}), {entity("org:alone"), entity("person:ann"), {}, {}}, {});
    QVERIFY(none && none->reply.paths.empty());
}

void TestGraphFloor::pathsBeginAtEvents()
{
    const auto part =
        searchPaths(*m_floor, ties({}), {eventKey(1), entity("person:ann"), {}, {}}, {});
    QVERIFY(part);
    QVERIFY(!part->reply.paths.empty());
    QCOMPARE(part->reply.paths.front().nodes.size(), 4U); // event, place, acme, ann
    QCOMPARE(namesOf(part->reply).front(), u"event"_s);
}

void TestGraphFloor::pathsRefuseWhatCannotBe()
{
    const EntityTies all = ties({});
    const auto refused = [&](const ipc::GraphPathsRequest &request) {
        const auto part = searchPaths(*m_floor, all, request, {});
        return part ? ErrorCode::Corrupt : part.error().code;
    };
    QVERIFY(refused({entity("nobody:here"), entity("person:ann"), {}, {}}) == ErrorCode::NotFound);
    QVERIFY(refused({entity("person:ann"), entity("person:ann"), {}, {}}) ==
            ErrorCode::InvalidInput);
    QVERIFY(refused({entity("person:ann"), entity("org:acme"), {}, {}, 9}) ==
            ErrorCode::InvalidInput);
    QVERIFY(refused({{GraphNodeKind::Source, schema::sourceIdFor("test").value},
                     entity("org:acme"),
                     {},
                     {}}) == ErrorCode::InvalidInput);
}

void TestGraphFloor::overviewTakesTheMostNamed()
{
    ipc::GraphOverviewRequest request;
    request.nodesMax = 2;
    const auto part = searchOverview(*m_floor, ties({}), request);
    QVERIFY(part);
    QCOMPARE(part->reply.nodes.front().name, std::string("country:US"));
    QCOMPARE(part->reply.nodes.size(), 2U);
    QCOMPARE(part->reply.nodesTotal, 5U); // nobody speaks of org:alone
}

void TestGraphFloor::overviewOfASelection()
{
    ipc::GraphOverviewRequest request;
    request.events = {m_ids[2]};
    const auto rows = rowsOf(*m_floor, request.events);
    const auto found = EntityTies::find(*m_floor, {}, std::span(rows), {}, {});
    QVERIFY(found);
    const auto part = searchOverview(*m_floor, *found, request);
    QVERIFY(part);
    QStringList names = namesOf(part->reply);
    names.sort();
    QCOMPARE(names, (QStringList{u"event"_s, u"org:acme"_s, u"person:ann"_s}));
    QCOMPARE(part->edges.from.size(), 3U);
}

void TestGraphFloor::tiesNameTheirNewestEvents()
{
    const auto part = searchOverview(*m_floor, ties({}), {});
    QVERIFY(part);
    const ipc::GraphReply &reply = part->reply;
    QCOMPARE(reply.evidenceCounts.size(), part->edges.from.size());
    std::span<const schema::EventId> evidence = reply.evidence;
    std::size_t several = 0;
    for (std::size_t row = 0; row < reply.evidenceCounts.size(); ++row) {
        const std::size_t count = reply.evidenceCounts[row];
        const bool isTogether =
            part->edges.type[row] == static_cast<std::uint8_t>(GraphEdgeType::Together);
        QCOMPARE(count, isTogether ? std::size_t(part->edges.evidence[row]) : 0U);
        QVERIFY(count <= evidence.size());
        ipc::GraphEventsRequest both;
        both.match = ipc::GraphMatch::All;
        for (const std::int64_t end : {part->edges.from[row], part->edges.to[row]})
            both.nodes.push_back(reply.nodes[std::size_t(end)].key);
        if (count > 0)
            QVERIFY(
                std::ranges::equal(searchEvents(*m_floor, both)->events, evidence.first(count)));
        several += count > 1;
        evidence = evidence.subspan(count);
    }
    QVERIFY(several > 0 && evidence.empty());
}

void TestGraphFloor::eventsBehindNodesAndEdges()
{
    using Ids = std::vector<schema::EventId>;
    const auto of = [&](std::vector<ipc::GraphNodeKey> nodes, ipc::GraphMatch match) {
        return searchEvents(*m_floor, {std::move(nodes), match, {}}).value();
    };
    QCOMPARE(of({entity("country:US")}, ipc::GraphMatch::Any).events,
             (Ids{m_ids[4], m_ids[1], m_ids[0]}));
    const auto edge = of({entity("country:US"), entity("region:US-CA")}, ipc::GraphMatch::All);
    QCOMPARE(edge.events, (Ids{m_ids[1], m_ids[0]}));
    QCOMPARE(edge.total, 2U);
    QCOMPARE(of({entity("topic:energy"), entity("person:ann")}, ipc::GraphMatch::Any).total, 2U);
    const auto first = searchEvents(*m_floor, {{entity("country:US")}, {}, {}, 1});
    QVERIFY(first && first->events.size() == 1 && first->total == 3);
}

void TestGraphFloor::touchedNodesOfASelection()
{
    const auto touched = searchTouched(*m_floor, {{m_ids[2], {12345}}});
    QVERIFY(touched);
    QCOMPARE(touched->nodes.size(), 3U); // two entities and the source
    QVERIFY(std::ranges::contains(touched->nodes, entity("person:ann")));
}

void TestGraphFloor::newsReplaceLinks()
{
    FloorParts parts = m_parts;
    // The third event is revised: it is about the topic now.
    parts.links = std::make_shared<const storage::EventLinkColumns>(withNews(
        *parts.links,
        {{m_ids[2].value, {{schema::entityIdFor("topic:energy"), EntityRole::Topic, 1}}}}));
    const auto floor = GraphFloor::lay(std::move(parts));
    const auto events = searchEvents(*floor, {{entity("person:ann")}, {}, {}});
    QVERIFY(events && events->total == 0);
    const auto topic = searchEvents(*floor, {{entity("topic:energy")}, {}, {}});
    QVERIFY(topic && topic->total == 2);
    const auto others = searchEvents(*floor, {{entity("country:US")}, {}, {}});
    QVERIFY(others && others->total == 3);
}

void TestGraphFloor::stopIsHeeded()
{
    std::stop_source stop;
    stop.request_stop();
    const auto found = EntityTies::find(*m_floor, {}, std::nullopt, {}, stop.get_token());
    QVERIFY(!found && found.error().code == ErrorCode::Cancelled);
    const auto part =
        searchNeighbours(*m_floor, ties({}), around(entity("country:US")), stop.get_token());
    QVERIFY(!part && part.error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestGraphFloor)
#include "tst_graph_floor.moc"
