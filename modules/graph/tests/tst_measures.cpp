// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/communities.h"
#include "chrona/graph/measures.h"

#include "planted_graphs.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <set>

using namespace chrona;
using namespace chrona::graph;
using namespace chrona::graph::tests;

namespace {

Graph chain(NodeIndex nodes)
{
    Pairs pairs;
    for (NodeIndex i = 1; i < nodes; ++i)
        pairs.emplace_back(i - 1, i);
    return graphOf(nodes, pairs);
}

/// Whether the nodes of a group reach each other within it.
bool isConnected(const Graph &graph, const std::vector<std::uint32_t> &of, std::uint32_t group)
{
    std::set<NodeIndex> open;
    for (NodeIndex node = 0; node < graph.nodeCount(); ++node)
        if (of[node] == group)
            open.insert(node);
    std::vector<NodeIndex> queue{*open.begin()};
    open.erase(open.begin());
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const Link &link : graph.links(queue[at]))
            if (open.erase(link.neighbour) > 0)
                queue.push_back(link.neighbour);
    return open.empty();
}

} // namespace

class TestMeasures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void degreesCountBothWays();
    void rankFollowsEdges();
    void rankOfKnownGraph();
    void betweennessOfAChain();
    void sampledBetweennessIsNearTheExact();
    void threadsChangeNothing();
    void componentsAreNumberedBySize();
    void communitiesOfTwoCliques();
    void plantedGroupsAreFound();
    void communitiesAreConnected();
    void resolutionChangesTheirNumber();
    void nonsenseIsRefused();
    void stopsWhenAsked();
};

void TestMeasures::degreesCountBothWays()
{
    Parts parts = graphOf(3, {{0, 1}, {0, 2}, {0, 1}, {2, 2}}).parts();
    parts.edges[2].weight = 3;
    const auto all = degrees(*Graph::create(std::move(parts)));
    QCOMPARE(all[0].out, 3U);
    QCOMPARE(all[0].in, 0U);
    QCOMPARE(all[0].weightOut, 5.0);
    QCOMPARE(all[1].weightIn, 4.0);
    QCOMPARE(all[2].in, 2U);
    QCOMPARE(all[2].out, 1U);
}

void TestMeasures::rankFollowsEdges()
{
    InlineExecutor executor;
    const Graph graph = graphOf(4, {{1, 0}, {2, 0}, {3, 0}});
    const auto rank = pageRank(graph, {}, executor);
    QVERIFY(rank);
    QVERIFY((*rank)[0] > (*rank)[1]);
    QCOMPARE((*rank)[1], (*rank)[3]);
    QVERIFY(std::abs(std::accumulate(rank->begin(), rank->end(), 0.0) - 1) < 1e-9);
    const auto backward = pageRank(graph, {.direction = Direction::Backward}, executor);
    QVERIFY((*backward)[0] < (*backward)[1]);
}

void TestMeasures::rankOfKnownGraph()
{
    InlineExecutor executor;
    // A circle of three: all equal, whatever the damping. And 0 → 1 alone, by hand: the rank r of
    // 0 is the base b, that of 1 is b + 0.85 r, and what 1 holds goes to both alike.
    const auto circle = pageRank(graphOf(3, {{0, 1}, {1, 2}, {2, 0}}), {}, executor);
    for (const double rank : *circle)
        QVERIFY(std::abs(rank - 1.0 / 3) < 1e-9);
    const auto pair = pageRank(graphOf(2, {{0, 1}}), {}, executor);
    QVERIFY(std::abs((*pair)[0] - 1 / 2.85) < 1e-6);
    QVERIFY(pageRank(Graph(), {}, executor)->empty());
}

void TestMeasures::betweennessOfAChain()
{
    InlineExecutor executor;
    const auto through = betweenness(chain(5), {}, executor);
    QVERIFY(through);
    // Of the 6 pairs of the other four, the middle lies between 4, its neighbours between 3.
    QVERIFY(std::abs((*through)[2] - 4.0 / 6) < 1e-12);
    QVERIFY(std::abs((*through)[1] - 3.0 / 6) < 1e-12);
    QCOMPARE((*through)[0], 0.0);
    // Two ways of equal length share.
    const auto square = betweenness(graphOf(4, {{0, 1}, {1, 2}, {2, 3}, {3, 0}}), {}, executor);
    QVERIFY(std::abs((*square)[0] - 0.5 / 3) < 1e-12);
}

void TestMeasures::sampledBetweennessIsNearTheExact()
{
    InlineExecutor executor;
    const Graph graph = scaleFreeGraph({.nodes = 1'000, .edges = 2'000});
    const auto exact = betweenness(graph, {.sources = 1'000}, executor);
    const auto sampled = betweenness(graph, {.sources = 200, .seed = 3}, executor);
    const auto top = std::ranges::max_element(*exact) - exact->begin();
    QVERIFY((*exact)[std::size_t(top)] > 0.05);
    QVERIFY(std::abs((*sampled)[std::size_t(top)] / (*exact)[std::size_t(top)] - 1) < 0.2);
}

void TestMeasures::threadsChangeNothing()
{
    InlineExecutor alone;
    ThreadPool many(4);
    const Graph graph = scaleFreeGraph({.nodes = 3'000, .edges = 6'000});
    QVERIFY(*pageRank(graph, {}, alone) == *pageRank(graph, {}, many));
    QVERIFY(*betweenness(graph, {}, alone) == *betweenness(graph, {}, many));
}

void TestMeasures::componentsAreNumberedBySize()
{
    const Components parts = components(graphOf(7, {{1, 2}, {3, 4}, {4, 5}}));
    QCOMPARE(parts.sizes, (std::vector<std::uint32_t>{3, 2, 1, 1}));
    QCOMPARE(parts.of, (std::vector<std::uint32_t>{2, 1, 1, 0, 0, 0, 3}));
    QVERIFY(components(Graph()).of.empty());
}

void TestMeasures::communitiesOfTwoCliques()
{
    Pairs pairs;
    for (NodeIndex from = 0; from < 10; ++from)
        for (NodeIndex to = from + 1; to < 10; ++to)
            if ((from < 5) == (to < 5))
                pairs.emplace_back(from, to);
    pairs.emplace_back(4, 5);
    const auto found = findCommunities(graphOf(11, pairs));
    QVERIFY(found);
    QCOMPARE(found->of, (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2}));
    QCOMPARE(found->sizes, (std::vector<std::uint32_t>{5, 5, 1}));
    // 20 of 21 edges within, and half of all ends in each: 20/21 − 1/2.
    QVERIFY(std::abs(found->modularity - (20.0 / 21 - 0.5)) < 1e-9);
    QCOMPARE(findCommunities(graphOf(3, {}))->sizes.size(), 3U);
}

void TestMeasures::plantedGroupsAreFound()
{
    constexpr std::size_t kGroup = 100;
    const Graph graph = groupedGraph({.nodes = 2'000, .edges = 12'000}, kGroup);
    const auto found = findCommunities(graph);
    QVERIFY(found);
    // Pairs of one planted group that are together.
    std::size_t together = 0, all = 0;
    for (NodeIndex a = 0; a < graph.nodeCount(); ++a)
        for (NodeIndex b = a + 1; b < (a / kGroup + 1) * kGroup; ++b) {
            ++all;
            together += found->of[a] == found->of[b];
        }
    QVERIFY2(double(together) / double(all) > 0.9, qPrintable(QString::number(together)));
    QVERIFY2(found->sizes.size() >= 18 && found->sizes.size() <= 24,
             qPrintable(QString::number(found->sizes.size())));
}

void TestMeasures::communitiesAreConnected()
{
    const Graph graph = eventGraph({.nodes = 2'000, .edges = 4'000});
    const auto found = findCommunities(graph);
    QVERIFY(found);
    QVERIFY(found->modularity > 0.5);
    for (std::uint32_t group = 0; group < found->sizes.size(); ++group)
        QVERIFY(isConnected(graph, found->of, group));
}

void TestMeasures::resolutionChangesTheirNumber()
{
    const Graph graph = groupedGraph({.nodes = 1'000, .edges = 4'000}, 50);
    const auto coarse = findCommunities(graph, {.resolution = 0.2});
    const auto fine = findCommunities(graph, {.resolution = 5});
    QVERIFY(coarse->sizes.size() < fine->sizes.size());
}

void TestMeasures::nonsenseIsRefused()
{
    InlineExecutor executor;
    const Graph graph = chain(3);
    QVERIFY(pageRank(graph, {.damping = 1}, executor).error().code == ErrorCode::InvalidInput);
    QVERIFY(pageRank(graph, {.damping = std::nan("")}, executor).error().code ==
            ErrorCode::InvalidInput);
    QVERIFY(findCommunities(graph, {.resolution = 0}).error().code == ErrorCode::InvalidInput);
    QVERIFY(findCommunities(graph, {.resolution = std::nan("")}).error().code ==
            ErrorCode::InvalidInput);
}

void TestMeasures::stopsWhenAsked()
{
    InlineExecutor executor;
    const Graph graph = chain(3);
    QVERIFY(pageRank(graph, {}, executor, stoppedToken()).error().code == ErrorCode::Cancelled);
    QVERIFY(betweenness(graph, {}, executor, stoppedToken()).error().code == ErrorCode::Cancelled);
    QVERIFY(findCommunities(graph, {}, stoppedToken()).error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestMeasures)
#include "tst_measures.moc"
