// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_model.h"
#include "chrona/workspace/graph_work.h"

#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include <limits>

using namespace chrona;
using namespace chrona::workspace;
using namespace Qt::StringLiterals;
using graph::NodeIndex;
using ipc::GraphEdgeType;
using ipc::GraphNodeKind;

namespace {

ipc::GraphNodeKey entity(std::int64_t id)
{
    return {GraphNodeKind::Entity, id};
}

ipc::GraphNode node(std::int64_t id)
{
    ipc::GraphNode made;
    made.key = entity(id);
    made.label = "Node " + std::to_string(id);
    made.evidence = static_cast<std::uint64_t>(id);
    return made;
}

void tie(ipc::GraphEdgeColumns &edges, std::int64_t from, std::int64_t to,
         GraphEdgeType type = GraphEdgeType::Together, std::int64_t evidence = 1)
{
    edges.from.push_back(from);
    edges.to.push_back(to);
    edges.type.push_back(static_cast<std::uint8_t>(type));
    edges.weight.push_back(static_cast<float>(evidence));
    edges.begin.push_back(1'000'000);
    edges.end.push_back(2'000'000);
    edges.evidence.push_back(evidence);
}

/// 1 in the middle of 2, 3 and 4; 3 and 4 are tied as well.
GraphState star()
{
    ipc::GraphReply reply;
    reply.nodes = {node(1), node(2), node(3), node(4)};
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 1);
    tie(edges, 0, 2, GraphEdgeType::Together, 5);
    tie(edges, 0, 3);
    tie(edges, 2, 3, GraphEdgeType::ExposedTo);
    return joined({}, reply, edges, {}).value();
}

} // namespace

class TestGraphModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replyBecomesAState();
    void expansionJoinsWhatIsThere();
    void sameTieIsOneEdge();
    void hostileRowsAreLeftOut();
    void anotherWindowChangesEdgesOnly();
    void collapsingTakesLeaves();
    void flagsMovesAndPlaces();
    void groupsAreDrawnAsOne();
    void mainTiesAreTheTellingOnes();
    void hiddenNodesAreNotDrawn();
    void filesHoldWhatIsDrawn();
    void everyStepIsUndone();
    void layoutsAreNoStep();
    void selectionFollowsByKey();
    void stackOutlivesTheModel();
    void layoutKeepsOldNodes();
    void layoutIsStopped();
    void measuresAreOfTheGraph();
};

void TestGraphModel::replyBecomesAState()
{
    const GraphState state = star();
    QCOMPARE(state.size(), 4U);
    QCOMPARE(state.facts->graph.edgeCount(), 4U);
    QCOMPARE(state.facts->edgeEvidence[1], 5U);
    QCOMPARE(findNode(state, entity(3)), std::optional<NodeIndex>(2));
    QVERIFY(!findNode(state, {GraphNodeKind::Event, 3}));
    QCOMPARE(keysOf(state)[3], entity(4));
    const graph::Edge &edge = state.facts->graph.edge(0);
    QCOMPARE(edge.begin->time_since_epoch().count(), 1'000'000);
    QCOMPARE(edge.end->time_since_epoch().count(), 2'000'001); // its last event belongs to it
    QVERIFY((*state.positions)[0] != (*state.positions)[1]);
}

void TestGraphModel::expansionJoinsWhatIsThere()
{
    const GraphState state = placed(star(), {{0, 0}, {5, 0}, {0, 5}, {5, 5}});
    ipc::GraphReply reply;
    reply.nodes = {node(2), node(9)};
    reply.nodes[0].evidence = 77;
    const std::vector known = keysOf(state);
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 1);
    tie(edges, 1, 2 + 3); // the known ones come behind the reply's own two
    const auto next = joined(state, reply, edges, known);
    QVERIFY(next);
    QCOMPARE(next->size(), 5U);
    QCOMPARE(next->facts->graph.edgeCount(), 6U);
    QCOMPARE(next->facts->nodes[1].evidence, 77U);
    QCOMPARE((*next->positions)[1], (graph::Point{5, 0})); // stays where it is
    QVERIFY(!((*next->flags)[4] & GraphState::kPlaced));
    const graph::Point fresh = (*next->positions)[4];
    QVERIFY2(std::abs(fresh.x - 5) < 2, "beside a node that it is tied to");
    QCOMPARE(next->facts->graph.links(4).size(), 2U);
}

void TestGraphModel::sameTieIsOneEdge()
{
    ipc::GraphReply reply;
    reply.nodes = {node(1), node(2)};
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 1, GraphEdgeType::Together, 3);
    tie(edges, 1, 0, GraphEdgeType::Together, 8);
    tie(edges, 0, 1, GraphEdgeType::ExposedTo);
    tie(edges, 1, 0, GraphEdgeType::ExposedTo);
    const auto state = joined({}, reply, edges, {});
    QVERIFY(state);
    QCOMPARE(state->facts->graph.edgeCount(), 3U);
    QCOMPARE(state->facts->edgeEvidence[0], 8U);
    const auto drawn = drawnEdges(*state);
    QCOMPARE(drawn.size(), 1U);
    QCOMPARE(drawn[0].evidence, 10U);
    QVERIFY(drawn[0].isForward && drawn[0].isBackward);
}

void TestGraphModel::hostileRowsAreLeftOut()
{
    ipc::GraphReply reply;
    reply.nodes = {node(1), node(2)};
    reply.nodes[1].place = schema::GeoPoint{500, 0};
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 2);
    tie(edges, -1, 1);
    tie(edges, std::numeric_limits<std::int64_t>::max(), 1);
    tie(edges, 0, 0);
    tie(edges, 0, 1);
    edges.type.back() = 200;
    tie(edges, 0, 1);
    edges.weight.back() = std::numeric_limits<float>::quiet_NaN();
    const auto state = joined({}, reply, edges, {});
    QVERIFY(state);
    QCOMPARE(state->size(), 2U);
    QCOMPARE(state->facts->graph.edgeCount(), 0U);
    edges.to.pop_back();
    QVERIFY(!joined({}, reply, edges, {}));
}

void TestGraphModel::anotherWindowChangesEdgesOnly()
{
    const GraphState state = placed(star(), {{0, 0}, {5, 0}, {0, 5}, {5, 5}});
    ipc::GraphReply reply;
    reply.nodes = {node(1), node(2), node(3), node(4)};
    ipc::GraphEdgeColumns edges;
    tie(edges, 3, 1);
    const auto next = rescoped(state, reply, edges);
    QVERIFY(next);
    QCOMPARE(next->size(), 4U);
    QCOMPARE(next->facts->graph.edgeCount(), 1U);
    QCOMPARE(*next->positions, *state.positions);
}

void TestGraphModel::collapsingTakesLeaves()
{
    const GraphState state = star();
    QCOMPARE(leavesOf(state, 0), std::vector<NodeIndex>{1});
    const auto next = without(state, leavesOf(state, 0));
    QVERIFY(next);
    QCOMPARE(next->size(), 3U);
    QCOMPARE(next->facts->graph.edgeCount(), 3U);
    QCOMPARE(keysOf(*next), (std::vector{entity(1), entity(3), entity(4)}));
    QCOMPARE(next->facts->edgeEvidence[0], 5U);
}

void TestGraphModel::flagsMovesAndPlaces()
{
    const std::vector<NodeIndex> one{1};
    const GraphState pinned = flagged(placed(star(), {{0, 0}, {5, 0}, {0, 5}, {5, 5}}), one,
                                      GraphState::kPinned, Flagging::Set);
    const GraphState next = placed(pinned, {{9, 9}, {9, 9}, {9, 9}, {9, 9}});
    QCOMPARE((*next.positions)[1], (graph::Point{5, 0}));
    QCOMPARE((*next.positions)[0], (graph::Point{9, 9}));
    QCOMPARE((*moved(next, one, {1, 2}).positions)[1], (graph::Point{6, 2}));
    QVERIFY2(placed(next, {{1, 1}}) == next, "positions of another graph change nothing");
    QVERIFY(flagged(next, one, GraphState::kPinned, Flagging::Set) == next);
}

void TestGraphModel::groupsAreDrawnAsOne()
{
    const std::vector<NodeIndex> pair{2, 3};
    const GraphState state = grouped(star(), pair);
    QVERIFY(state.isDrawn(2) && !state.isDrawn(3));
    QCOMPARE(membersOf(state, 2), pair);
    const auto lines = drawnEdges(state);
    QCOMPARE(lines.size(), 2U); // to the middle from 2 and from the group
    QCOMPARE(lines[1].evidence, 6U);
    const std::vector<NodeIndex> wider{1, 2};
    QCOMPARE(membersOf(grouped(state, wider), 1).size(), 3U);
    QCOMPARE(drawnEdges(ungrouped(state, 2)).size(), 4U);
    const auto gone = without(state, std::vector<NodeIndex>{2});
    QVERIFY2(gone && gone->size() == 2, "a group goes with its members");
}

void TestGraphModel::mainTiesAreTheTellingOnes()
{
    // A hub is tied to all; two of its neighbours belong together more than their few events tell.
    ipc::GraphReply reply;
    ipc::GraphEdgeColumns edges;
    for (std::int64_t id = 0; id < 8; ++id) {
        reply.nodes.push_back(node(id));
        if (id > 0)
            tie(edges, 0, id, GraphEdgeType::Together, 9);
    }
    tie(edges, 1, 2, GraphEdgeType::Together, 6);
    const auto lines = drawnEdges(joined({}, reply, edges, {}).value());
    const auto isMain = mainEdges(lines, 1);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const bool isPair = lines[at].from == 1;
        const bool isOfPair = lines[at].to == 1 || lines[at].to == 2;
        QCOMPARE(bool(isMain[at]), isPair || !isOfPair);
    }
    QCOMPARE(std::ranges::count(mainEdges(lines, 9), true), 8);
}

void TestGraphModel::hiddenNodesAreNotDrawn()
{
    const std::vector<NodeIndex> one{2};
    const GraphState state = flagged(star(), one, GraphState::kHidden, Flagging::Set);
    QVERIFY(!state.isDrawn(2));
    QCOMPARE(drawnEdges(state).size(), 2U);
}

void TestGraphModel::filesHoldWhatIsDrawn()
{
    const std::vector<NodeIndex> one{1};
    const auto drawn = drawnGraph(flagged(star(), one, GraphState::kHidden, Flagging::Set));
    QVERIFY(drawn);
    QCOMPARE(drawn->graph.nodeCount(), 3U);
    QCOMPARE(drawn->graph.edgeCount(), 3U);
    QCOMPARE(drawn->positions.size(), 3U);
}

void TestGraphModel::everyStepIsUndone()
{
    QUndoStack undo;
    GraphModel model(undo);
    QSignalSpy changed(&model, &GraphModel::stateChanged);
    const GraphState first = star();
    const std::vector<NodeIndex> one{1};
    const GraphState second = flagged(first, one, GraphState::kHidden, Flagging::Set);
    model.apply(u"load"_s, first);
    model.apply(u"hide"_s, second);
    model.apply(u"hide again"_s, second);
    QCOMPARE(undo.count(), 2);
    QVERIFY(model.state() == second);
    undo.undo();
    QVERIFY(model.state() == first);
    undo.undo();
    QCOMPARE(model.state().size(), 0U);
    undo.redo();
    undo.redo();
    QVERIFY(model.state() == second);
    QCOMPARE(changed.count(), 6);
}

void TestGraphModel::layoutsAreNoStep()
{
    QUndoStack undo;
    GraphModel model(undo);
    model.apply(u"load"_s, star());
    const graph::Positions places{{1, 1}, {2, 2}, {3, 3}, {4, 4}};
    model.amend(placed(model.state(), places));
    QCOMPARE(undo.count(), 1);
    undo.undo();
    undo.redo();
    QCOMPARE(*model.state().positions, places); // redoing needs no new layout
}

void TestGraphModel::selectionFollowsByKey()
{
    QUndoStack undo;
    GraphModel model(undo);
    model.apply(u"load"_s, star());
    model.select({1, 3, 400}, 3);
    QCOMPARE(model.selected(), (std::vector<NodeIndex>{1, 3}));
    QSignalSpy changed(&model, &GraphModel::selectionChanged);
    model.apply(u"collapse"_s, without(model.state(), std::vector<NodeIndex>{1}).value());
    QCOMPARE(model.selected(), std::vector<NodeIndex>{2}); // the same node by another number
    QCOMPARE(model.current(), std::optional<NodeIndex>(2));
    QCOMPARE(changed.count(), 1);
    model.select({}, 2);
    QVERIFY(!model.current());
}

void TestGraphModel::stackOutlivesTheModel()
{
    QUndoStack undo;
    auto model = std::make_unique<GraphModel>(undo);
    model->apply(u"load"_s, star());
    model.reset();
    undo.undo(); // does nothing, and does no harm
}

void TestGraphModel::layoutKeepsOldNodes()
{
    GraphLayouter layouter;
    QSignalSpy done(&layouter, &GraphLayouter::finished);
    const std::vector<NodeIndex> old{0, 1, 2};
    const GraphState state = moved(placed(star(), {{0, 0}, {9, 0}, {0, 9}, {50, 50}}), old, {1, 1});
    auto flags = *state.flags;
    flags[3] = 0;
    GraphState next = state;
    next.flags = std::make_shared<const std::vector<std::uint8_t>>(flags);
    graph::Positions result;
    connect(&layouter, &GraphLayouter::finished, this,
            [&](const GraphState &, const auto &positions) { result = *positions; });
    layouter.arrange(next, GraphArrangement::Force, GraphLayouter::Keep::Placed);
    QTRY_COMPARE(done.count(), 1);
    for (const NodeIndex node : old)
        QCOMPARE(result[node], (*state.positions)[node]);
    QVERIFY(result[3] != (*state.positions)[3]);
    for (const auto arrangement :
         {GraphArrangement::Layered, GraphArrangement::Radial, GraphArrangement::Geo}) {
        done.clear();
        layouter.arrange(next, arrangement, GraphLayouter::Keep::Pinned, 2);
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(result.size(), 4U);
    }
}

void TestGraphModel::layoutIsStopped()
{
    ipc::GraphReply reply;
    ipc::GraphEdgeColumns edges;
    for (std::int64_t id = 0; id < 20'000; ++id) {
        reply.nodes.push_back(node(id));
        if (id > 0)
            tie(edges, id, (id * 7919) % id);
    }
    const GraphState state = joined({}, reply, edges, {}).value();
    GraphLayouter layouter;
    QSignalSpy done(&layouter, &GraphLayouter::finished);
    QSignalSpy failed(&layouter, &GraphLayouter::failed);
    QSignalSpy running(&layouter, &GraphLayouter::runningChanged);
    layouter.arrange(state, GraphArrangement::Force, GraphLayouter::Keep::Pinned);
    QVERIFY(layouter.isRunning());
    layouter.cancel();
    QTRY_VERIFY(!layouter.isRunning());
    QCOMPARE(running.count(), 2);
    QCOMPARE(done.count() + failed.count(), 0);
}

void TestGraphModel::measuresAreOfTheGraph()
{
    const GraphState state = star();
    const auto measures = measured(state.facts);
    QVERIFY(measures);
    QCOMPARE(measures->of, state.facts);
    QCOMPARE(measures->community.size(), 4U);
    QCOMPARE(measures->between[0], 1.0); // all ways to 2 lead through the middle
    QCOMPARE(std::ranges::max(measures->rank), 1.0);
    GraphAnalyst analyst;
    QSignalSpy done(&analyst, &GraphAnalyst::measured);
    analyst.measure(state.facts);
    analyst.measure(state.facts);
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(analyst.measures()->of, state.facts);
}

QTEST_GUILESS_MAIN(TestGraphModel)
#include "tst_graph_model.moc"
