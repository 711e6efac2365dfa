// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_fixture.h"

#include "chrona/workspace/entity_merges.h"
#include "graph/graph_card.h"

#include <QLabel>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;

/// Entities that a person says are one, on the graph: the service hears it, the nodes fold, and
/// what is taken back comes back to its place.
class TestGraphMerging : public QObject, private GraphFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { open(); }
    void init();
    void cleanupTestCase() { close(); }
    void nodesFoldAndUndoUnfolds();
    void splitIsAStepOfItsOwn();
    void severalBecomeTheMostNamed();
    void whatIsMergedElsewhereIsFollowed();
    void oneEntityIsNotEnough();
    void cardTellsWhatIsMerged();
    void picturesAreTaken();

private:
    [[nodiscard]] ipc::GraphNodeKey keyAt(NodeIndex node) const
    {
        return workspace::keyOf(model().state(), node);
    }
    [[nodiscard]] bool has(ipc::GraphNodeKey key) const
    {
        return workspace::findNode(model().state(), key).has_value();
    }
    [[nodiscard]] graph::Point pointOf(ipc::GraphNodeKey key) const
    {
        return (*model().state().positions)[*workspace::findNode(model().state(), key)];
    }
    /// Nodes of the most named entities, topics apart.
    [[nodiscard]] std::vector<ipc::GraphNodeKey> things(std::size_t count) const
    {
        std::vector<std::pair<std::uint64_t, NodeIndex>> order;
        for (NodeIndex node = 0; node < model().state().size(); ++node) {
            const auto &facts = model().state().facts->nodes[node];
            if (facts.detail != std::uint8_t(schema::EntityKind::EventTopic))
                order.emplace_back(facts.evidence, node);
        }
        std::ranges::sort(order, std::greater());
        std::vector<ipc::GraphNodeKey> keys;
        for (const auto &[evidence, node] : order)
            if (keys.size() < count)
                keys.push_back(keyAt(node));
        return keys;
    }
    void select(const std::vector<ipc::GraphNodeKey> &keys, std::optional<std::size_t> current)
    {
        QSet<NodeIndex> nodes;
        for (const ipc::GraphNodeKey key : keys)
            nodes.insert(*workspace::findNode(model().state(), key));
        m_pane->explorer().select(
            nodes, current ? workspace::findNode(model().state(), keys[*current]) : std::nullopt);
        settle();
    }
    [[nodiscard]] std::uint64_t evidenceOf(ipc::GraphNodeKey key) const
    {
        return model().state().facts->nodes[*workspace::findNode(model().state(), key)].evidence;
    }
};

void TestGraphMerging::init()
{
    while (!m_service->merges().empty()) {
        const auto count = m_service->merges().size();
        m_session->undoStack().undo();
        QTRY_VERIFY(m_service->merges().size() < count);
    }
    reset();
}

void TestGraphMerging::nodesFoldAndUndoUnfolds()
{
    const auto keys = things(2);
    const std::size_t before = model().state().size();
    const graph::Point stood = pointOf(keys[1]);
    const std::uint64_t evidence = evidenceOf(keys[0]);
    select(keys, 0);
    m_pane->mergeSelection();
    QTRY_VERIFY(!has(keys[1]));
    QCOMPARE(m_service->merges().size(), 1U);
    QCOMPARE(m_service->merges()[0].into.value, keys[0].id);
    QCOMPARE(model().state().size(), before - 1);
    QVERIFY(evidenceOf(keys[0]) >= evidence);
    QVERIFY2(model().selection().contains(*workspace::findNode(model().state(), keys[0])),
             "what is selected stays so");
    settle();
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    m_session->undoStack().undo();
    QTRY_VERIFY(has(keys[1]));
    QCOMPARE(pointOf(keys[1]), stood);
    QCOMPARE(evidenceOf(keys[0]), evidence);
    QVERIFY(m_service->merges().empty());
    m_session->undoStack().redo();
    QTRY_VERIFY(!has(keys[1]));
    settle();
}

void TestGraphMerging::splitIsAStepOfItsOwn()
{
    const auto keys = things(2);
    select(keys, 1);
    m_pane->mergeSelection();
    QTRY_VERIFY(!has(keys[0]));
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    select({keys[1]}, 0);
    // The pane hears of it in its own time.
    QTRY_VERIFY(m_pane->merges().partsOf({keys[1].id}).size() == 1);
    m_pane->splitCurrent();
    QTRY_VERIFY(has(keys[0]));
    QVERIFY(m_service->merges().empty());
    QTRY_COMPARE(m_session->undoStack().count(), 2);
    m_session->undoStack().undo();
    QTRY_VERIFY(!has(keys[0]));
    QCOMPARE(m_service->merges().size(), 1U);
}

void TestGraphMerging::severalBecomeTheMostNamed()
{
    const auto keys = things(3);
    const std::size_t before = model().state().size();
    select({keys[2], keys[0], keys[1]}, std::nullopt);
    m_pane->mergeSelection();
    QTRY_COMPARE(model().state().size(), before - 2);
    QVERIFY(has(keys[0]));
    QCOMPARE(m_service->merges().size(), 2U);
    settle();
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    m_session->undoStack().undo();
    QTRY_COMPARE(model().state().size(), before);
}

void TestGraphMerging::whatIsMergedElsewhereIsFollowed()
{
    const auto keys = things(2);
    workspace::EntityMerges other(*m_session);
    other.merge({{keys[1].id}}, {keys[0].id}, u"elsewhere"_s);
    QTRY_VERIFY(!has(keys[1]));
    QTRY_COMPARE(m_session->undoStack().count(), 1);
    m_session->undoStack().undo();
    QTRY_VERIFY(has(keys[1]));
}

void TestGraphMerging::oneEntityIsNotEnough()
{
    const auto keys = things(1);
    select(keys, 0);
    m_pane->mergeSelection();
    m_pane->splitCurrent();
    settle();
    QVERIFY(m_service->merges().empty());
    QCOMPARE(m_session->undoStack().count(), 0);
}

void TestGraphMerging::cardTellsWhatIsMerged()
{
    const auto keys = things(2);
    const QString name = QString::fromStdString(
        model().state().facts->graph.node(*workspace::findNode(model().state(), keys[1])).label);
    select(keys, 0);
    m_pane->mergeSelection();
    QTRY_VERIFY(!has(keys[1]));
    select({keys[0]}, 0);
    const auto isTold = [&] {
        const auto labels = m_pane->findChild<GraphCard *>()->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *one) { return one->text() == name; });
    };
    QTRY_VERIFY(isTold());
    QTRY_VERIFY(m_pane->findChild<GraphCard *>()->height() > 100); // all of it can be read
}

void TestGraphMerging::picturesAreTaken()
{
    const QString folder = qEnvironmentVariable("CHRONA_PICTURES");
    if (folder.isEmpty())
        QSKIP("CHRONA_PICTURES names no folder");
    const auto keys = things(3);
    select(keys, 0);
    m_pane->mergeSelection();
    QTRY_VERIFY(!has(keys[1]) && !has(keys[2]));
    settle();
    for (const Appearance look : {Appearance::Dark, Appearance::Light}) {
        m_theme->setAppearance(look);
        settle();
        m_pane->grab().save(
            u"%1/merged-%2.png"_s.arg(folder, look == Appearance::Dark ? u"dark"_s : u"light"_s));
    }
}

QTEST_MAIN(TestGraphMerging)
#include "tst_graph_merging.moc"
