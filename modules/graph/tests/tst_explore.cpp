// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/explore.h"

#include "planted_graphs.h"

#include <QTest>

#include <ranges>

using namespace chrona;
using namespace chrona::graph;
using namespace chrona::graph::tests;

namespace {

/// A star: node 0 in the middle of `leaves` others, and a tail of two behind the first of them.
Graph starWithTail(NodeIndex leaves)
{
    Pairs pairs;
    for (NodeIndex leaf = 1; leaf <= leaves; ++leaf)
        pairs.emplace_back(0, leaf);
    pairs.emplace_back(1, leaves + 1);
    pairs.emplace_back(leaves + 1, leaves + 2);
    return graphOf(leaves + 3, pairs);
}

std::vector<NodeIndex> nodesOf(const Neighbourhood &around)
{
    std::vector<NodeIndex> nodes;
    for (const auto &member : around.members)
        nodes.push_back(member.node);
    return nodes;
}

} // namespace

class TestExplore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsComeBeforeExpanding();
    void hopsAreCounted_data();
    void hopsAreCounted();
    void hubsAreShownAndNotExpanded();
    void whatHasNoRoomIsCounted();
    void strongestComeFirst();
    void onlyEdgesOfTheWindowAreWalked();
    void pathsAreShortestFirst();
    void pathsFollowDirection();
    void pathsAvoidHubs();
    void pathsHaveABudget();
    void nonsenseIsRefused();
    void stopsWhenAsked();
};

void TestExplore::countsComeBeforeExpanding()
{
    Parts parts;
    parts.types = {"mentions", "owns"};
    parts.nodes = {{.key = {schema::EvidenceKind::Entity, 1}, .label = {}},
                   {.key = {schema::EvidenceKind::Event, 1}, .label = {}},
                   {.key = {schema::EvidenceKind::Event, 2}, .label = {}}};
    parts.edges = {{.from = 1, .to = 0},
                   {.from = 2, .to = 0},
                   {.from = 1, .to = 0, .type = 1},
                   {.from = 0, .to = 0}};
    const auto graph = Graph::create(std::move(parts));
    QVERIFY(graph);
    const ExpandCounts counts = countsAround(*graph, 0);
    QCOMPARE(counts.neighbours, 2U);
    QCOMPARE(counts.byKind.at(schema::EvidenceKind::Event), 2U);
    QCOMPARE(counts.byType.at(0), 3U); // with the one to itself
    QCOMPARE(counts.byType.at(1), 1U);
    QCOMPARE(countsAround(*graph, 0, {.types = {1}}).neighbours, 1U);
}

void TestExplore::hopsAreCounted_data()
{
    QTest::addColumn<unsigned>("hops");
    QTest::addColumn<std::size_t>("members");
    QTest::newRow("none: the seed itself") << 0U << std::size_t(1);
    QTest::newRow("one hop") << 1U << std::size_t(3);
    QTest::newRow("two hops") << 2U << std::size_t(6);
    QTest::newRow("more than there are") << 100U << std::size_t(16);
}

void TestExplore::hopsAreCounted()
{
    QFETCH(unsigned, hops);
    QFETCH(std::size_t, members);
    const Graph mesh = meshGraph(4, 4);
    const auto around = neighbourhood(mesh, std::vector<NodeIndex>{0}, {.hops = hops});
    QVERIFY(around);
    QCOMPARE(around->members.size(), members);
    QVERIFY(std::ranges::is_sorted(around->members, {}, &Neighbourhood::Member::hops));
    QCOMPARE(around->leftOut, 0U);
}

void TestExplore::hubsAreShownAndNotExpanded()
{
    const Graph star = starWithTail(50);
    const auto around =
        neighbourhood(star, std::vector<NodeIndex>{51}, {.hops = 9, .degreeMax = 20});
    QVERIFY(around);
    QCOMPARE(nodesOf(*around), (std::vector<NodeIndex>{51, 1, 52, 0}));
    QCOMPARE(around->hubs, std::vector<NodeIndex>{0});
    // Who asks for the hub itself means it.
    const auto ofHub = neighbourhood(star, std::vector<NodeIndex>{0}, {.hops = 1, .degreeMax = 20});
    QCOMPARE(ofHub->members.size(), 51U);
    QCOMPARE(ofHub->edges.size(), 50U);
}

void TestExplore::whatHasNoRoomIsCounted()
{
    const Graph star = starWithTail(50);
    const auto around = neighbourhood(star, std::vector<NodeIndex>{0}, {.hops = 1, .nodesMax = 11});
    QVERIFY(around);
    QCOMPARE(around->members.size(), 11U);
    QCOMPARE(around->leftOut, 40U);
    QCOMPARE(around->edges.size(), 10U);
}

void TestExplore::strongestComeFirst()
{
    Parts parts = starWithTail(5).parts();
    parts.edges[3].weight = 9; // to leaf 4
    const auto graph = Graph::create(std::move(parts));
    const auto around = neighbourhood(*graph, std::vector<NodeIndex>{0}, {.nodesMax = 2});
    QVERIFY(around);
    QCOMPARE(nodesOf(*around), (std::vector<NodeIndex>{0, 4}));
}

void TestExplore::onlyEdgesOfTheWindowAreWalked()
{
    Parts parts = meshGraph(3, 1).parts();
    parts.edges[1].begin = Instant(std::chrono::seconds(100));
    const auto graph = Graph::create(std::move(parts));
    const EdgeFilter before{.until = Instant(std::chrono::seconds(100))};
    const auto around = neighbourhood(*graph, std::vector<NodeIndex>{0}, {.hops = 5}, before);
    QVERIFY(around);
    QCOMPARE(nodesOf(*around), (std::vector<NodeIndex>{0, 1}));
}

void TestExplore::pathsAreShortestFirst()
{
    // 0–1–4 weak, 0–2–4 strong, 0–3–5–4 longer; 0–4 does not exist.
    Parts parts = graphOf(6, {{0, 1}, {1, 4}, {0, 2}, {2, 4}, {0, 3}, {3, 5}, {5, 4}}).parts();
    parts.edges[2].weight = parts.edges[3].weight = 5;
    const auto graph = Graph::create(std::move(parts));
    const auto paths = findPaths(*graph, {.from = 0, .to = 4});
    QVERIFY(paths);
    QCOMPARE(paths->found.size(), 3U);
    QCOMPARE(paths->found[0].nodes, (std::vector<NodeIndex>{0, 2, 4}));
    QCOMPARE(paths->found[0].strength, 5.0F);
    QCOMPARE(paths->found[1].nodes, (std::vector<NodeIndex>{0, 1, 4}));
    QCOMPARE(paths->found[2].nodes, (std::vector<NodeIndex>{0, 3, 5, 4}));
    QCOMPARE(paths->found[2].edges, (std::vector<EdgeIndex>{4, 5, 6}));
    QVERIFY(paths->isComplete);
    const auto shorter = findPaths(*graph, {.from = 0, .to = 4}, {.hops = 2});
    QCOMPARE(shorter->found.size(), 2U);
    // From one corner of a mesh to the other there are as many as there are orders of steps.
    QCOMPARE(findPaths(meshGraph(3, 3), {.from = 0, .to = 8})->found.size(), 6U);
}

void TestExplore::pathsFollowDirection()
{
    const Graph graph = graphOf(3, {{0, 1}, {1, 2}});
    const EdgeFilter forward{.direction = Direction::Forward};
    QCOMPARE(findPaths(graph, {.from = 0, .to = 2}, {}, forward)->found.size(), 1U);
    QCOMPARE(findPaths(graph, {.from = 2, .to = 0}, {}, forward)->found.size(), 0U);
    const EdgeFilter backward{.direction = Direction::Backward};
    QCOMPARE(findPaths(graph, {.from = 2, .to = 0}, {}, backward)->found.size(), 1U);
}

void TestExplore::pathsAvoidHubs()
{
    const Graph star = starWithTail(50);
    const auto around = findPaths(star, {.from = 2, .to = 3}, {.degreeMax = 20});
    QVERIFY(around);
    QCOMPARE(around->found.size(), 0U);
    QCOMPARE(around->hubsAvoided, 1U);
    QCOMPARE(findPaths(star, {.from = 2, .to = 3}, {.degreeMax = 60})->found.size(), 1U);
    // An end may be a hub.
    QCOMPARE(findPaths(star, {.from = 0, .to = 52}, {.degreeMax = 20})->found.size(), 1U);
}

void TestExplore::pathsHaveABudget()
{
    Pairs all;
    for (NodeIndex from = 0; from < 30; ++from)
        for (NodeIndex to = from + 1; to < 30; ++to)
            all.emplace_back(from, to);
    const Graph everybody = graphOf(30, all);
    const auto few = findPaths(everybody, {.from = 0, .to = 1}, {.pathsMax = 10});
    QVERIFY(few);
    QCOMPARE(few->found.size(), 10U);
    QVERIFY(!few->isComplete);
    const auto poor = findPaths(everybody, {.from = 0, .to = 1}, {.stepsMax = 1'000});
    QVERIFY(poor);
    QVERIFY(!poor->isComplete);
}

void TestExplore::nonsenseIsRefused()
{
    const Graph graph = meshGraph(3, 3);
    QVERIFY(neighbourhood(graph, std::vector<NodeIndex>{9}, {}).error().code ==
            ErrorCode::InvalidInput);
    QVERIFY(findPaths(graph, {.from = 0, .to = 9}).error().code == ErrorCode::InvalidInput);
    QVERIFY(findPaths(graph, {.from = 1, .to = 1}).error().code == ErrorCode::InvalidInput);
    QVERIFY(findPaths(graph, {.from = 0, .to = 1}, {.hops = 5}).error().code ==
            ErrorCode::InvalidInput);
}

void TestExplore::stopsWhenAsked()
{
    const Graph graph = meshGraph(3, 3);
    QVERIFY(neighbourhood(graph, std::vector<NodeIndex>{0}, {}, {}, stoppedToken()).error().code ==
            ErrorCode::Cancelled);
    QVERIFY(findPaths(graph, {.from = 0, .to = 8}, {}, {}, stoppedToken()).error().code ==
            ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestExplore)
#include "tst_explore.moc"
