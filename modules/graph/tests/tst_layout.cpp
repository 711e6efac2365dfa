// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/arrangements.h"
#include "chrona/graph/quality.h"

#include "planted_graphs.h"
#include "quad_tree.h"
#include "random.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace chrona;
using namespace chrona::graph;
using namespace chrona::graph::tests;

namespace {

float distance(Point a, Point b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

bool allFinite(const Positions &positions)
{
    return std::ranges::all_of(positions,
                               [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

std::size_t distinct(const Positions &positions)
{
    std::set<std::pair<float, float>> seen;
    for (const Point &point : positions)
        seen.emplace(point.x, point.y);
    return seen.size();
}

} // namespace

class TestLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void treePushesAsAllPairsWould();
    void knowsAPerfectPicture();
    void pictureIsTrue_data();
    void pictureIsTrue();
    void threadsChangeNothing();
    void oddShapesAreLaidOut_data();
    void oddShapesAreLaidOut();
    void componentsDoNotOverlap();
    void oldNodesStayPut();
    void newComponentsLieBelow();
    void stopsWhenAsked();
    void nonsenseIsRefused();
    void layersPointDownwards();
    void ringsAreHops();
    void placesAreOnTheMap();
};

void TestLayout::treePushesAsAllPairsWould()
{
    Random random(5);
    Positions points;
    for (int i = 0; i < 2'000; ++i)
        points.push_back({random.unit() * 10, random.unit() * random.unit() * 20});
    points[7] = points[8]; // on one spot
    std::vector<Point> push(points.size());
    InlineExecutor executor;
    QuadTree().repel(points, push, executor, {});
    double error = 0, size = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double x = 0, y = 0;
        for (const Point &other : points) {
            const double dx = double(points[i].x) - other.x;
            const double dy = double(points[i].y) - other.y;
            x += dx / (dx * dx + dy * dy + 1e-4);
            y += dy / (dx * dx + dy * dy + 1e-4);
        }
        error += std::hypot(x - double(push[i].x), y - double(push[i].y));
        size += std::hypot(x, y);
    }
    QVERIFY2(error / size < 0.05, qPrintable(QString::number(error / size)));
}

void TestLayout::knowsAPerfectPicture()
{
    const Graph chain = meshGraph(20, 1);
    Positions straight, folded;
    for (int i = 0; i < 20; ++i) {
        straight.push_back({float(3 * i), 0});
        folded.push_back({float(i % 2), float(i) / 100});
    }
    const auto perfect = layoutQuality(chain, straight);
    QVERIFY(perfect);
    QVERIFY(std::abs(perfect->stress) < 1e-9);
    QVERIFY(perfect->neighbours > 0.9); // ends have a tie to break
    const auto poor = layoutQuality(chain, folded);
    QVERIFY(poor->stress > 0.3);
    QVERIFY(poor->neighbours < 0.5);
}

void TestLayout::pictureIsTrue_data()
{
    QTest::addColumn<Graph>("graph");
    QTest::addColumn<double>("stressMax");
    QTest::addColumn<double>("neighboursMin");
    QTest::newRow("a mesh lies flat") << meshGraph(40, 40) << 0.03 << 0.8;
    QTest::newRow("a chain is no ball") << meshGraph(300, 1) << 0.1 << 0.7;
    QTest::newRow("groups are seen")
        << groupedGraph({.nodes = 2'000, .edges = 4'000}, 50) << 0.18 << 0.08;
    QTest::newRow("hubs have their own around them")
        << scaleFreeGraph({.nodes = 2'000, .edges = 4'000}) << 0.18 << 0.01;
}

void TestLayout::pictureIsTrue()
{
    QFETCH(Graph, graph);
    QFETCH(double, stressMax);
    QFETCH(double, neighboursMin);
    ThreadPool executor(2);
    const auto positions = forceLayout(graph, {}, executor);
    QVERIFY(positions);
    const auto quality = layoutQuality(graph, *positions);
    QVERIFY(quality);
    QVERIFY2(quality->stress < stressMax, qPrintable(QString::number(quality->stress)));
    QVERIFY2(quality->neighbours > neighboursMin, qPrintable(QString::number(quality->neighbours)));
}

void TestLayout::threadsChangeNothing()
{
    const Graph graph = groupedGraph({.nodes = 3'000, .edges = 6'000}, 60);
    InlineExecutor alone;
    ThreadPool many(4);
    const auto first = forceLayout(graph, {}, alone);
    QVERIFY(*first == *forceLayout(graph, {}, many));
    QVERIFY(*first != *forceLayout(graph, {.seed = 2}, alone));
}

void TestLayout::oddShapesAreLaidOut_data()
{
    QTest::addColumn<Graph>("graph");
    QTest::newRow("nothing") << Graph();
    QTest::newRow("one node") << graphOf(1, {});
    QTest::newRow("a node tied to itself") << graphOf(1, {{0, 0}});
    QTest::newRow("a pair, tied twice") << graphOf(2, {{0, 1}, {1, 0}});
    QTest::newRow("three") << graphOf(3, {{0, 1}, {1, 2}});
    QTest::newRow("five hundred that know nobody") << graphOf(500, {});
    Pairs star, everybody;
    for (NodeIndex i = 1; i < 3'000; ++i)
        star.emplace_back(0, i);
    for (NodeIndex i = 0; i < 60; ++i)
        for (NodeIndex j = 0; j < i; ++j)
            everybody.emplace_back(i, j);
    QTest::newRow("a star") << graphOf(3'000, star);
    QTest::newRow("everybody with everybody") << graphOf(60, everybody);
}

void TestLayout::oddShapesAreLaidOut()
{
    QFETCH(Graph, graph);
    ThreadPool executor(2);
    const auto positions = forceLayout(graph, {}, executor);
    QVERIFY(positions);
    QCOMPARE(positions->size(), graph.nodeCount());
    QVERIFY(allFinite(*positions));
    QCOMPARE(distinct(*positions), graph.nodeCount());
}

void TestLayout::componentsDoNotOverlap()
{
    Pairs pairs;
    for (NodeIndex i = 1; i < 200; ++i)
        if (i != 120)
            pairs.emplace_back(i - 1, i);
    InlineExecutor executor;
    const auto positions = forceLayout(graphOf(200, pairs), {}, executor);
    QVERIFY(positions);
    const auto span = [&](std::size_t from, std::size_t to) {
        const auto part = std::span(*positions).subspan(from, to - from);
        return std::pair(std::ranges::min(part, {}, &Point::y).y,
                         std::ranges::max(part, {}, &Point::y).y);
    };
    const auto across = [&](std::size_t from, std::size_t to) {
        const auto part = std::span(*positions).subspan(from, to - from);
        return std::pair(std::ranges::min(part, {}, &Point::x).x,
                         std::ranges::max(part, {}, &Point::x).x);
    };
    const auto apart = [](auto a, auto b) { return a.second < b.first || b.second < a.first; };
    QVERIFY(apart(span(0, 120), span(120, 200)) || apart(across(0, 120), across(120, 200)));
}

void TestLayout::oldNodesStayPut()
{
    const Graph whole = meshGraph(30, 30);
    InlineExecutor executor;
    const auto before = forceLayout(whole, {}, executor);
    QVERIFY(before);
    ForceOptions options;
    options.known.assign(before->begin(), before->end());
    for (std::size_t node = 0; node < 900; node += 50)
        options.known[node].reset(); // new
    const auto after = forceLayout(whole, options, executor);
    QVERIFY(after);
    QVERIFY(allFinite(*after));
    for (std::size_t node = 0; node < 900; ++node)
        if (node % 50 != 0)
            QCOMPARE((*after)[node], (*before)[node]);
        else
            QVERIFY2(distance((*after)[node], (*before)[node]) < 3,
                     qPrintable(QString::number(distance((*after)[node], (*before)[node]))));
}

void TestLayout::newComponentsLieBelow()
{
    const Graph graph = graphOf(6, {{0, 1}, {1, 2}, {3, 4}, {4, 5}});
    ForceOptions options;
    options.known = {Point{0, 0},  Point{1, 0},  std::nullopt,
                     std::nullopt, std::nullopt, std::nullopt};
    InlineExecutor executor;
    const auto positions = forceLayout(graph, options, executor);
    QVERIFY(positions);
    QCOMPARE((*positions)[1], (Point{1, 0}));
    QVERIFY(distance((*positions)[2], Point{1, 0}) < 2.5F);
    for (std::size_t node = 3; node < 6; ++node)
        QVERIFY((*positions)[node].y > std::max((*positions)[1].y, (*positions)[2].y));
}

void TestLayout::stopsWhenAsked()
{
    const Graph graph = meshGraph(30, 30);
    InlineExecutor executor;
    QVERIFY(forceLayout(graph, {}, executor, stoppedToken()).error().code == ErrorCode::Cancelled);
    auto layout = ForceLayout::create(graph, {}, executor);
    QVERIFY(layout);
    QVERIFY(layout->step(executor));
    const Positions shown = layout->positions();
    QVERIFY(layout->step(executor, stoppedToken()).error().code == ErrorCode::Cancelled);
    QVERIFY(layout->positions() == shown);
    // And can go on.
    QVERIFY(layout->step(executor));
    QVERIFY(layout->positions() != shown);
    QVERIFY(layout->progress() > 0 && !layout->isFinished());
    QVERIFY(layeredLayout(graph, stoppedToken()).error().code == ErrorCode::Cancelled);
    QVERIFY(radialLayout(graph, 0, stoppedToken()).error().code == ErrorCode::Cancelled);
    QVERIFY(geoLayout(graph, stoppedToken()).error().code == ErrorCode::Cancelled);
}

void TestLayout::nonsenseIsRefused()
{
    const Graph graph = meshGraph(2, 2);
    InlineExecutor executor;
    ForceOptions options;
    options.known.resize(3);
    QVERIFY(forceLayout(graph, options, executor).error().code == ErrorCode::InvalidInput);
    options.known.resize(4);
    options.known[2] = Point{std::numeric_limits<float>::quiet_NaN(), 0};
    QVERIFY(forceLayout(graph, options, executor).error().code == ErrorCode::InvalidInput);
    QVERIFY(radialLayout(graph, 4).error().code == ErrorCode::InvalidInput);
    QVERIFY(layoutQuality(graph, Positions(3)).error().code == ErrorCode::InvalidInput);
    QVERIFY(layeredLayout(graphOf(kLayeredNodesMax + 1, {})).error().code == ErrorCode::Exhausted);
}

void TestLayout::layersPointDownwards()
{
    // 0 → 1 → 2, 0 → 2, and a circle 3 → 4 → 5 → 3 that must be cut once.
    const Graph graph = graphOf(6, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {5, 3}});
    const auto positions = layeredLayout(graph);
    QVERIFY(positions);
    int upwards = 0;
    for (const Edge &edge : graph.parts().edges)
        upwards += (*positions)[edge.from].y >= (*positions)[edge.to].y;
    QCOMPARE(upwards, 1);
    QCOMPARE(distinct(*positions), 6U);
    QVERIFY(layeredLayout(Graph())->empty());
    // A chain of many is no recursion of many.
    const auto chain = layeredLayout(meshGraph(kLayeredNodesMax, 1));
    QVERIFY(chain->back().y > chain->front().y);
    // In a row, nodes keep an edge's length between them.
    const auto row = layeredLayout(graphOf(4, {{0, 1}, {0, 2}, {0, 3}}));
    QVERIFY(std::abs((*row)[1].x - (*row)[2].x) > 0.999F);
}

void TestLayout::ringsAreHops()
{
    const Graph graph = graphOf(5, {{0, 1}, {0, 2}, {2, 3}});
    const auto positions = radialLayout(graph, 0);
    QVERIFY(positions);
    QCOMPARE((*positions)[0], Point{});
    const auto radius = [&](NodeIndex node) { return distance((*positions)[node], {}); };
    QVERIFY(std::abs(radius(1) - radius(2)) < 1e-5F);
    QVERIFY(std::abs(radius(3) - 2 * radius(2)) < 1e-5F);
    QVERIFY(radius(4) > radius(3) + 0.5F); // no way leads there
    QCOMPARE(distinct(*positions), 5U);
}

void TestLayout::placesAreOnTheMap()
{
    Parts parts = graphOf(5, {{0, 2}, {1, 2}}).parts();
    parts.nodes[0].place = {{.longitude = -90, .latitude = 0}};
    parts.nodes[1].place = {{.longitude = 90, .latitude = 60}};
    parts.nodes[3].place = {{.longitude = -90, .latitude = 0}};
    const auto positions = geoLayout(*Graph::create(std::move(parts)));
    QVERIFY(positions);
    QVERIFY(std::abs((*positions)[0].x + kGeoWidth / 4) < 1e-3F);
    QVERIFY(std::abs((*positions)[0].y) < 1e-3F);
    QVERIFY((*positions)[1].y < -60);             // north is up, and Mercator stretches
    QVERIFY(std::abs((*positions)[2].x) < 1e-3F); // between its neighbours
    QVERIFY((*positions)[3] != (*positions)[0]);
    QVERIFY(distance((*positions)[3], (*positions)[0]) < 1);
    QVERIFY((*positions)[4].y > kGeoWidth / 2); // nowhere
}

QTEST_APPLESS_MAIN(TestLayout)
#include "tst_layout.moc"
