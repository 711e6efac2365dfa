// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/graph.h"

#include "planted_graphs.h"

#include <QTest>

#include <limits>

using namespace chrona;
using namespace chrona::graph;

namespace {

constexpr Instant kNoon{std::chrono::seconds(1'000'000)};
constexpr Instant kEvening = kNoon + std::chrono::hours(6);

using Spoil = void (*)(Parts &);

/// Three nodes, a → b → c and c → c, with dates and evidence.
Parts soundParts()
{
    Parts parts;
    parts.types = {"mentions", "owns"};
    parts.evidence = {{schema::EvidenceKind::Event, 7}, {schema::EvidenceKind::Event, 8}};
    for (std::int64_t id = 1; id <= 3; ++id)
        parts.nodes.push_back({.key = {schema::EvidenceKind::Entity, id}, .label = "node"});
    parts.edges = {
        {.from = 0,
         .to = 1,
         .type = 1,
         .weight = 2,
         .begin = kNoon,
         .end = kEvening,
         .evidenceFirst = 0,
         .evidenceCount = 2},
        {.from = 1, .to = 2},
        {.from = 2, .to = 2},
    };
    return parts;
}

} // namespace

class TestGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linksAreSeenFromBothEnds();
    void evidenceBelongsToItsEdge();
    void nodesAreFoundByKey();
    void unsoundPartsAreRefused_data();
    void unsoundPartsAreRefused();
    void filter_data();
    void filter();
};

void TestGraph::linksAreSeenFromBothEnds()
{
    const auto graph = Graph::create(soundParts());
    QVERIFY(graph);
    QCOMPARE(graph->links(0).size(), 1U);
    QCOMPARE(graph->links(0)[0].neighbour, 1U);
    QCOMPARE(graph->links(1).size(), 2U);
    // To c, and c to itself once.
    QCOMPARE(graph->links(2).size(), 2U);
    const auto empty = Graph::create({});
    QVERIFY(empty);
    QCOMPARE(empty->nodeCount(), 0U);
}

void TestGraph::evidenceBelongsToItsEdge()
{
    const auto graph = Graph::create(soundParts());
    QVERIFY(graph);
    QCOMPARE(graph->evidence(graph->edge(0)).size(), 2U);
    QCOMPARE(graph->evidence(graph->edge(0))[1].id, 8);
    QVERIFY(graph->evidence(graph->edge(1)).empty());
    QCOMPARE(graph->typeName(graph->edge(0)), std::string_view("owns"));
}

void TestGraph::nodesAreFoundByKey()
{
    const auto graph = Graph::create(soundParts());
    QVERIFY(graph);
    QCOMPARE(graph->find({schema::EvidenceKind::Entity, 3}).value_or(99), 2U);
    QVERIFY(!graph->find({schema::EvidenceKind::Event, 3}));
}

void TestGraph::unsoundPartsAreRefused_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::newRow("an edge from a node that is not there")
        << Spoil([](Parts &parts) { parts.edges[0].from = 3; });
    QTest::newRow("an edge to a node that is not there")
        << Spoil([](Parts &parts) { parts.edges[1].to = 0xFFFFFFFF; });
    QTest::newRow("a type that is not there")
        << Spoil([](Parts &parts) { parts.edges[1].type = 2; });
    QTest::newRow("a weight of nothing") << Spoil([](Parts &parts) { parts.edges[0].weight = 0; });
    QTest::newRow("a weight below nothing")
        << Spoil([](Parts &parts) { parts.edges[0].weight = -1; });
    QTest::newRow("a weight that is no number") << Spoil(
        [](Parts &parts) { parts.edges[0].weight = std::numeric_limits<float>::quiet_NaN(); });
    QTest::newRow("a weight without end") << Spoil(
        [](Parts &parts) { parts.edges[0].weight = std::numeric_limits<float>::infinity(); });
    QTest::newRow("an end before the begin")
        << Spoil([](Parts &parts) { parts.edges[0].end = kNoon - Duration(1); });
    QTest::newRow("evidence beyond what there is")
        << Spoil([](Parts &parts) { parts.edges[0].evidenceCount = 3; });
    QTest::newRow("evidence whose sum wraps around")
        << Spoil([](Parts &parts) { parts.edges[0].evidenceFirst = 0xFFFFFFFF; });
    QTest::newRow("a key given twice")
        << Spoil([](Parts &parts) { parts.nodes[2].key = parts.nodes[0].key; });
    QTest::newRow("a place off the globe")
        << Spoil([](Parts &parts) { parts.nodes[2].place = {{.longitude = 181, .latitude = 0}}; });
    QTest::newRow("a place that is no number") << Spoil([](Parts &parts) {
        parts.nodes[2].place = {
            {.longitude = 0, .latitude = std::numeric_limits<double>::quiet_NaN()}};
    });
}

void TestGraph::unsoundPartsAreRefused()
{
    QFETCH(Spoil, spoil);
    Parts parts = soundParts();
    spoil(parts);
    const auto graph = Graph::create(std::move(parts));
    QVERIFY(!graph);
    QVERIFY(graph.error().code == ErrorCode::InvalidInput);
}

void TestGraph::filter_data()
{
    QTest::addColumn<EdgeFilter>("filter");
    QTest::addColumn<int>("at");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nothing asked") << EdgeFilter{} << 0 << true;
    QTest::newRow("forward from its begin")
        << EdgeFilter{.direction = Direction::Forward} << 0 << true;
    QTest::newRow("forward from its end")
        << EdgeFilter{.direction = Direction::Forward} << 1 << false;
    QTest::newRow("backward from its end")
        << EdgeFilter{.direction = Direction::Backward} << 1 << true;
    QTest::newRow("its type among others") << EdgeFilter{.types = {0, 1}} << 0 << true;
    QTest::newRow("another type") << EdgeFilter{.types = {0}} << 0 << false;
    QTest::newRow("window that begins as it ends") << EdgeFilter{.from = kEvening} << 0 << false;
    QTest::newRow("window that ends as it begins") << EdgeFilter{.until = kNoon} << 0 << false;
    QTest::newRow("window within it")
        << EdgeFilter{.from = kNoon + Duration(1), .until = kNoon + Duration(2)} << 0 << true;
}

void TestGraph::filter()
{
    QFETCH(EdgeFilter, filter);
    QFETCH(int, at);
    QFETCH(bool, expected);
    const auto graph = Graph::create(soundParts());
    QVERIFY(graph);
    QCOMPARE(passes(filter, graph->edge(0), NodeIndex(at)), expected);
}

QTEST_APPLESS_MAIN(TestGraph)
#include "tst_graph.moc"
