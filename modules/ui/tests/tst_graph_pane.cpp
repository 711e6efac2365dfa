// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_fixture.h"

#include "chrona/graph/graph_files.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QXmlStreamReader>

#include <map>
#include <numeric>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;

namespace {

using TieText = std::pair<std::string, std::string>;

/// What every tie rests on, whichever of its ends comes first.
std::multimap<TieText, std::string> evidenceIn(const graph::Graph &graph)
{
    std::multimap<TieText, std::string> found;
    for (const graph::Edge &edge : graph.parts().edges) {
        TieText ends{graph::keyText(graph.node(edge.from).key),
                     graph::keyText(graph.node(edge.to).key)};
        if (ends.second < ends.first)
            std::swap(ends.first, ends.second);
        std::string text = std::to_string(graph::Graph::evidenceOf(edge));
        for (const graph::NodeKey &key : graph.evidence(edge))
            text += ' ' + graph::keyText(key);
        found.emplace(ends, text);
    }
    return found;
}

} // namespace

/// What the pane's tools do, and what leaves it as files.
class TestGraphPane : public QObject, private GraphFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { reset(); }
    void cleanupTestCase() { close(); }
    void pathsAreFoundAndShown();
    void groupsAndPins();
    void layoutsAreOneStep();
    void windowFadesTies();
    void filesAreReadAgain();
    void refusedFilesSayWhy();
    void fileIsOpenedAgain_data();
    void fileIsOpenedAgain();
    void neighbourhoodOfSeveralSteps_data();
    void neighbourhoodOfSeveralSteps();
    void searchIsEnded();
    void keysHoldNodesTogether();
    void brokenGraphMlSaysWhyAndChangesNothing_data();
    void brokenGraphMlSaysWhyAndChangesNothing();
    void largeGraphIsDrawnInTime();
};

void TestGraphPane::pathsAreFoundAndShown()
{
    // Two that are not tied to each other.
    const workspace::GraphState &state = model().state();
    for (NodeIndex one = 0; one < state.size(); ++one) {
        for (NodeIndex other = one + 1; other < state.size(); ++other) {
            if (std::ranges::contains(state.facts->graph.links(one), other,
                                      &graph::Link::neighbour) ||
                state.facts->graph.links(one).empty() || state.facts->graph.links(other).empty())
                continue;
            m_pane->explorer().select({one, other}, other);
            settle();
            m_pane->findPath();
            QTRY_VERIFY(model().selection().size() > 2);
            QVERIFY(model().selection().contains(one) && model().selection().contains(other));
            settle();
            return;
        }
    }
    QSKIP("everything is tied to everything here");
}

void TestGraphPane::groupsAndPins()
{
    const auto before = model().state();
    const NodeIndex one = openNode(), other = openNode(one);
    m_pane->explorer().select({one, other}, one);
    settle();
    m_pane->groupSelection();
    QCOMPARE(qsizetype(workspace::membersOf(model().state(), (*model().state().owner)[one]).size()),
             2);
    m_pane->ungroupSelection();
    QVERIFY(*model().state().owner == *before.owner);
    m_pane->explorer().select({one}, one);
    m_pane->togglePins();
    QVERIFY((*model().state().flags)[one] & workspace::GraphState::kPinned);
    m_pane->togglePins();
    QVERIFY(!((*model().state().flags)[one] & workspace::GraphState::kPinned));
    settle();
}

void TestGraphPane::layoutsAreOneStep()
{
    const auto before = *model().state().positions;
    for (const auto arrangement :
         {workspace::GraphArrangement::Radial, workspace::GraphArrangement::Geo,
          workspace::GraphArrangement::Layered, workspace::GraphArrangement::Force}) {
        m_session->undoStack().clear();
        const auto last = *model().state().positions;
        m_pane->arrange(arrangement);
        settle();
        QTRY_VERIFY(*model().state().positions != last);
        QCOMPARE(m_session->undoStack().count(), 1);
    }
    m_session->undoStack().undo();
    QVERIFY(*model().state().positions != before);
    settle();
}

void TestGraphPane::windowFadesTies()
{
    const Instant begin = *parseInstant("2026-11-19");
    m_session->focus().setWindow({begin, *parseInstant("2026-11-20")});
    settle();
    const GraphInputs inputs{model().state(), std::make_shared<workspace::GraphMeasures>(),
                             GraphColouring::Kind, GraphSizing::Evidence,
                             m_session->focus().window()};
    const auto drawing = GraphDrawing::made(inputs);
    const auto faded = std::ranges::count(drawing->tone, 0);
    std::ptrdiff_t outside = 0;
    for (const workspace::DrawnEdge &edge : workspace::drawnEdges(model().state()))
        outside += edge.end && *edge.end <= begin;
    QCOMPARE(faded, outside);
    QVERIFY(faded > 0 && faded < std::ptrdiff_t(drawing->tone.size()));
}

void TestGraphPane::filesAreReadAgain()
{
    const auto edges = model().state().facts->graph.edgeCount();
    for (const QString &ending : {u"graphml"_s, u"gexf"_s}) {
        const QString path = m_folder.filePath(u"graph."_s + ending);
        QVERIFY(m_pane->exportTo(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        qsizetype nodes = 0, lines = 0;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement) {
                nodes += xml.name() == u"node"_s;
                lines += xml.name() == u"edge"_s;
            }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(nodes, drawn());
        QCOMPARE(std::size_t(lines), edges);
    }
    QVERIFY(m_pane->exportTo(m_folder.filePath(u"graph.csv"_s)));
    QFile csv(m_folder.filePath(u"graph-nodes.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), drawn() + 1);
    QVERIFY(m_pane->exportTo(m_folder.filePath(u"graph.svg"_s)));
    QSvgRenderer svg(m_folder.filePath(u"graph.svg"_s));
    QVERIFY(svg.isValid());
    QCOMPARE(svg.viewBox().size(), view().size());
    QVERIFY(m_pane->exportTo(m_folder.filePath(u"graph.png"_s)));
    QCOMPARE(QImage(m_folder.filePath(u"graph.png"_s)).size(), view().size() * 2);
    QVERIFY(m_pane->exportTo(m_folder.filePath(u"graph.pdf"_s)));
    QFile pdf(m_folder.filePath(u"graph.pdf"_s));
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.readAll().startsWith("%PDF-") && pdf.size() > 10'000);
}

void TestGraphPane::refusedFilesSayWhy()
{
    const Status other = m_pane->exportTo(m_folder.filePath(u"graph.docx"_s));
    QVERIFY(!other && other.error().code == ErrorCode::InvalidInput);
    const Status nowhere = m_pane->exportTo(u"/nonexistent/folder/graph.png"_s);
    QVERIFY(!nowhere && nowhere.error().code == ErrorCode::Unavailable);
}

void TestGraphPane::neighbourhoodOfSeveralSteps_data()
{
    QTest::addColumn<int>("steps");
    QTest::newRow("two") << 2;
    QTest::newRow("three") << 3;
}

void TestGraphPane::neighbourhoodOfSeveralSteps()
{
    QFETCH(int, steps);
    m_pane->explorer().select({0}, 0U);
    QTest::keyClick(&view(), Qt::Key_Return);
    QMenu *menu = nullptr;
    const auto isOffered = [&] {
        for (auto *each : m_pane->findChildren<QMenu *>())
            if (each->isVisible() && each->accessibleName().startsWith(u"Expand"))
                menu = each;
        return menu != nullptr;
    };
    QTRY_VERIFY(isOffered());
    QAction *wanted = nullptr;
    for (QAction *action : menu->actions())
        if (action->text().startsWith(u"Within %1 steps"_s.arg(steps)))
            wanted = action;
    QVERIFY(wanted);
    const QSignalSpy held(&m_pane->explorer(), &workspace::GraphExplorer::heldBack);
    const std::size_t before = model().state().size();
    menu->close();
    wanted->trigger();
    // Only beyond the first step is anybody held back, and here they all know many.
    QTRY_VERIFY(!held.isEmpty());
    QVERIFY(model().state().size() > before);
    settle();
    m_session->undoStack().undo();
    settle();
    QCOMPARE(model().state().size(), before);
}

void TestGraphPane::searchIsEnded()
{
    const std::size_t before = model().state().size();
    const QSignalSpy ended(&m_pane->explorer(), &workspace::GraphExplorer::cancelled);
    m_pane->explorer().findPaths(0, 1, 4);
    QVERIFY(m_pane->explorer().isSearching());
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Escape);
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(!m_pane->explorer().isSearching());
    QCOMPARE(model().state().size(), before);
    const auto *notice = m_pane->findChild<QLabel *>(u"graphNotice"_s);
    QVERIFY(notice);
    QCOMPARE(notice->text(), u"Stopped"_s);
}

void TestGraphPane::keysHoldNodesTogether()
{
    view().setFocus();
    m_pane->explorer().select({}, std::nullopt);
    QTest::keyClick(&view(), Qt::Key_Right); // the most important one
    QTRY_VERIFY(model().current());
    const quint32 first = *model().current();
    QTest::keyClick(&view(), Qt::Key_Space);
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Left, Qt::Key_Up, Qt::Key_Down}) {
        QTest::keyClick(&view(), key);
        if (model().current() != first)
            break;
    }
    QVERIFY(model().current() != first);
    QCOMPARE(model().selection(), (QSet<quint32>{first, *model().current()}));
    QTest::keyClick(&view(), Qt::Key_Escape);
    QVERIFY(model().selection().isEmpty());
    QTest::keyClick(&view(), Qt::Key_Right);
    QCOMPARE(model().selection().size(), 1); // nothing is held any more
}

void TestGraphPane::fileIsOpenedAgain_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("GraphML") << u"again.graphml"_s;
    QTest::newRow("GEXF") << u"again.gexf"_s;
}

void TestGraphPane::fileIsOpenedAgain()
{
    QFETCH(QString, name);
    // Where no layout puts them: the overview below would have them in the same places again.
    std::vector<NodeIndex> all(model().state().size());
    std::iota(all.begin(), all.end(), 0U);
    model().amend(workspace::moved(model().state(), all, {1234.5F, -77}));
    settle();
    const workspace::GraphState before = model().state();
    const auto drawnBefore = workspace::drawnGraph(before);
    QVERIFY(drawnBefore);
    const QString path = m_folder.filePath(name);
    QVERIFY(m_pane->exportTo(path));
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray text = written.readAll();
    const auto &named = drawnBefore->graph.parts().evidence;
    QVERIFY(named.size() >= drawnBefore->graph.edgeCount()); // no tie without any
    for (const graph::NodeKey &event : named)
        QVERIFY(text.contains(QByteArray::fromStdString(graph::keyText(event))));
    m_pane->showOverview();
    settle();
    const Status opened = m_pane->importFrom(path);
    QVERIFY2(opened, opened ? "" : opened.error().what.c_str());
    settle();
    const workspace::GraphState &after = model().state();
    QCOMPARE(after.size(), drawnBefore->graph.nodeCount());
    for (NodeIndex node = 0; node < after.size(); ++node) {
        const auto found = drawnBefore->graph.find(after.facts->graph.node(node).key);
        QVERIFY(found.has_value());
        const graph::Point was = drawnBefore->positions[*found], is = (*after.positions)[node];
        QVERIFY2(std::abs(was.x - is.x) < 1e-3F && std::abs(was.y - is.y) < 1e-3F,
                 "it stands where it stood");
    }
    QCOMPARE(after.facts->graph.edgeCount(), drawnBefore->graph.edgeCount());
    QVERIFY(evidenceIn(after.facts->graph) == evidenceIn(drawnBefore->graph)); // too long to print
    m_session->undoStack().undo();
    settle();
    QVERIFY(model().state().size() > 0);
}

void TestGraphPane::brokenGraphMlSaysWhyAndChangesNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray head = R"(<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph>)";
    QTest::newRow("cut off") << head + R"(<node id="entity:1"><data key="x">1)" << QByteArray();
    QTest::newRow("no XML") << QByteArray("PK\x03\x04 a picture, perhaps") << QByteArray();
    QTest::newRow("another document")
        << QByteArray("<html><body>Sign in</body></html>") << QByteArray("graphml");
    QTest::newRow("nodes of strangers")
        << head + R"(<node id="n0"/><node id="n1"/></graph></graphml>)" << QByteArray("2 nodes");
    QTest::newRow("no nodes") << head + "</graph></graphml>" << QByteArray("no nodes");
    QTest::newRow("entities that expand")
        << QByteArray(R"(<!DOCTYPE g [<!ENTITY a "aaaa">]><graphml><node id="&a;"/></graphml>)")
        << QByteArray();
}

void TestGraphPane::brokenGraphMlSaysWhyAndChangesNothing()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, reason);
    const QString path = m_folder.filePath(u"broken.graphml"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
    file.close();
    const workspace::GraphState before = model().state();
    const int steps = m_session->undoStack().count();
    const Status read = m_pane->importFrom(path);
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::InvalidInput);
    QVERIFY2(QByteArray::fromStdString(read.error().what).contains(reason),
             read.error().what.c_str());
    QVERIFY(model().state() == before);
    QCOMPARE(m_session->undoStack().count(), steps);
    QVERIFY(!m_pane->importFrom(m_folder.filePath(u"not-there.graphml"_s)));
}

void TestGraphPane::largeGraphIsDrawnInTime()
{
    ipc::GraphReply reply;
    ipc::GraphEdgeColumns edges;
    for (std::int64_t id = 1; id <= 10'000; ++id) {
        ipc::GraphNode node;
        node.key.id = id;
        node.label = "Node " + std::to_string(id);
        node.evidence = std::uint64_t(10'000 / id);
        reply.nodes.push_back(node);
        for (int times = 0; times < 2 && id > 1; ++times) {
            edges.from.push_back(id - 1);
            edges.to.push_back((id * (7919 + times * 31)) % (id - 1));
            edges.type.push_back(std::uint8_t(ipc::GraphEdgeType::Together));
            edges.weight.push_back(1);
            edges.begin.push_back(0);
            edges.end.push_back(0);
            edges.evidence.push_back(1 + id % 3);
        }
    }
    const auto state = workspace::joined({}, reply, edges, {});
    QVERIFY(state);
    const auto drawing = GraphDrawing::made({*state, std::make_shared<workspace::GraphMeasures>()});
    GraphScene scene;
    scene.drawing = drawing;
    scene.style = std::make_shared<const GraphStyle>(GraphStyle::from(*m_theme));
    scene.camera.size = {1440, 900};
    scene.camera.zoom = 14;
    GraphPainter painter;
    (void)painter.picture(scene); // sprites are made once
    QElapsedTimer timer;
    timer.start();
    constexpr int kFrames = 10;
    for (int frame = 0; frame < kFrames; ++frame) {
        scene.camera.centre.rx() += 0.1;
        QVERIFY(!painter.picture(scene).isNull());
    }
    qInfo("10,000 nodes, 20,000 ties: %.1f ms a frame", double(timer.elapsed()) / kFrames);
}

QTEST_MAIN(TestGraphPane)
#include "tst_graph_pane.moc"
