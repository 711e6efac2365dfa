// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_model.h"
#include "chrona/workspace/graph_state.h"

#include <QTest>
#include <QUndoStack>

using namespace chrona;
using namespace chrona::workspace;
using graph::NodeIndex;
using ipc::GraphEdgeType;
using ipc::GraphNodeKind;

namespace {

ipc::GraphNodeKey entityKey(std::int64_t id)
{
    return {GraphNodeKind::Entity, id};
}

ipc::GraphNode node(ipc::GraphNodeKey key)
{
    ipc::GraphNode made;
    made.key = key;
    made.label = "Node";
    return made;
}

void tie(ipc::GraphEdgeColumns &edges, std::int64_t from, std::int64_t to, std::int64_t evidence)
{
    edges.from.push_back(from);
    edges.to.push_back(to);
    edges.type.push_back(static_cast<std::uint8_t>(GraphEdgeType::Together));
    edges.weight.push_back(static_cast<float>(evidence));
    edges.begin.push_back(0);
    edges.end.push_back(0);
    edges.evidence.push_back(evidence);
}

/// 1 and 2 are each tied to 3; 3 to 4; the story stands alone.
GraphState laid()
{
    ipc::GraphReply reply;
    reply.nodes = {node(entityKey(1)), node(entityKey(2)), node(entityKey(3)), node(entityKey(4)),
                   node({GraphNodeKind::Story, 7})};
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 2, 5);
    tie(edges, 1, 2, 6);
    tie(edges, 2, 3, 1);
    return placed(joined({}, reply, edges, {}).value(), {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}});
}

/// What the service says after 2 has become part of 1.
GraphState merged(const GraphState &state, const std::map<std::int64_t, graph::Point> &places = {})
{
    ipc::GraphReply reply;
    reply.nodes = {node(entityKey(1))};
    reply.nodes[0].evidence = 11;
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 1 + 2, 11); // 3 is the third of those that were known
    const std::vector asked{entityKey(2), entityKey(1)};
    return regrouped(state, reply, edges, asked, places).value();
}

} // namespace

/// What becomes of the working graph when entities are merged and split.
class TestGraphRegrouping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mergedNodesFold();
    void splitNodesComeBackWhereTheyStood();
    void nodesOfAGroupStay();
    void whatNobodyKnowsStays();
    void selectionFollows();
    void storiesAreNodes();
};

void TestGraphRegrouping::mergedNodesFold()
{
    const GraphState next = merged(laid());
    QCOMPARE(next.size(), 4U);
    QVERIFY(!findNode(next, entityKey(2)));
    QCOMPARE(next.facts->nodes[0].evidence, 11U);
    QCOMPARE(next.facts->graph.edgeCount(), 2U); // 1–3 anew, 3–4 as before
    const NodeIndex four = *findNode(next, entityKey(4));
    QCOMPARE((*next.positions)[four], (graph::Point{3, 3}));
    for (const graph::Link &link : next.facts->graph.links(0))
        QCOMPARE(next.facts->edgeEvidence[link.edge], 11U);
}

void TestGraphRegrouping::splitNodesComeBackWhereTheyStood()
{
    const GraphState folded = merged(laid());
    ipc::GraphReply reply;
    reply.nodes = {node(entityKey(2)), node(entityKey(1))};
    ipc::GraphEdgeColumns edges;
    tie(edges, 0, 2 + 1, 6); // 3 is the second of the known ones now
    tie(edges, 1, 2 + 1, 5);
    const std::vector asked{entityKey(2), entityKey(1)};
    const auto next = regrouped(folded, reply, edges, asked, {{2, {1, 1}}});
    QVERIFY(next);
    QCOMPARE(next->size(), 5U);
    const NodeIndex two = *findNode(*next, entityKey(2));
    QCOMPARE((*next->positions)[two], (graph::Point{1, 1}));
    QVERIFY((*next->flags)[two] & GraphState::kPlaced);
    QCOMPARE(next->facts->graph.edgeCount(), 3U);
    QCOMPARE(next->facts->graph.links(*findNode(*next, entityKey(3))).size(), 3U);
}

void TestGraphRegrouping::nodesOfAGroupStay()
{
    const GraphState state = laid();
    const std::vector<NodeIndex> group{1, 3};
    const GraphState next = merged(grouped(state, group));
    QCOMPARE(next.size(), 4U);
    const NodeIndex four = *findNode(next, entityKey(4));
    QVERIFY2(next.isDrawn(four), "the head of its group is gone, it is not");
}

void TestGraphRegrouping::whatNobodyKnowsStays()
{
    ipc::GraphReply reply;
    reply.nodes = {node(entityKey(1))};
    reply.unknown = {entityKey(2)};
    const std::vector asked{entityKey(2), entityKey(1)};
    const auto next = regrouped(laid(), reply, {}, asked, {});
    QVERIFY(next);
    QCOMPARE(next->size(), 5U);
}

void TestGraphRegrouping::selectionFollows()
{
    QUndoStack undo;
    GraphModel model(undo);
    model.amend(laid());
    model.select({1, 2, 3}, 3);
    model.amend(merged(model.state()));
    QCOMPARE(model.selection().size(), 2);
    QVERIFY(model.selection().contains(*findNode(model.state(), entityKey(3))));
    QCOMPARE(model.current(), findNode(model.state(), entityKey(4)));
    QCOMPARE(undo.count(), 0);
}

void TestGraphRegrouping::storiesAreNodes()
{
    const GraphState state = laid();
    const auto story = findNode(state, {GraphNodeKind::Story, 7});
    QVERIFY(story);
    QCOMPARE(keyOf(state, *story).kind, GraphNodeKind::Story);
    QVERIFY(!findNode(state, entityKey(7)));
    QVERIFY(state.facts->graph.node(*story).key.kind == schema::EvidenceKind::Cluster);
}

QTEST_GUILESS_MAIN(TestGraphRegrouping)
#include "tst_graph_regrouping.moc"
