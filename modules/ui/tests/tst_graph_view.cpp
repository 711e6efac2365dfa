// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_fixture.h"

#include <QMenu>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;

/// What pointer, keys and other views do to the graph.
class TestGraphView : public QObject, private GraphFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { reset(); }
    void cleanupTestCase() { close(); }
    void opensWithTheMostNamed();
    void clickSelectsInEveryView();
    void selectionOfOthersIsAmberHere();
    void lineSelectsItsEvidence();
    void countsAreShownBeforeExpanding();
    void hidingIsUndone();
    void draggedNodesStay();
    void boxSelects();
    void keysWalkToNeighbours();
    void screenReaderHearsNodes();
    void idleViewPaintsNothing();
};

void TestGraphView::opensWithTheMostNamed()
{
    QCOMPARE(m_pane->state(), Pane::State::Ready);
    QVERIFY(model().state().size() > 20);
    QVERIFY(std::ranges::all_of(*model().state().flags, [](std::uint8_t flags) {
        return flags & workspace::GraphState::kPlaced;
    }));
    QVERIFY(m_pane->headerNote().contains(QLocale().toString(qlonglong(drawn()))));
    QCOMPARE(m_session->undoStack().count(), 0); // nobody did anything yet
    const QImage picture = view().picture({600, 400}, 1);
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 2)
        for (int x = 0; x < picture.width(); x += 2)
            colours.insert(picture.pixel(x, y));
    QVERIFY(colours.size() > 50);
}

void TestGraphView::clickSelectsInEveryView()
{
    const NodeIndex node = openNode();
    click(placeOf(node));
    QCOMPARE(model().current(), std::optional(node));
    QTRY_VERIFY(!m_session->focus().selection().isEmpty());
    const auto events = m_service->graph().answer(
        ipc::GraphEventsRequest{{workspace::keyOf(model().state(), node)}, {}, {}, 2'000});
    QCOMPARE(m_session->focus().selection().size(), qsizetype(events.events.size()));
    settle();
    QCOMPARE(model().selected(), std::vector{node}); // the echo changes nothing
    click(view().rect().bottomRight() - QPoint(5, 5));
    QTRY_VERIFY(m_session->focus().selection().isEmpty());
    QVERIFY(model().selection().isEmpty());
}

void TestGraphView::selectionOfOthersIsAmberHere()
{
    const auto event = std::ranges::find_if(m_service->events(), [this](const auto &one) {
        return one.entities.size() > 1 &&
               std::ranges::all_of(one.entities, [this](const schema::EventEntity &entity) {
                   return workspace::findNode(model().state(),
                                              {ipc::GraphNodeKind::Entity, entity.entity.value})
                       .has_value();
               });
    });
    QVERIFY(event != m_service->events().end());
    std::set<NodeIndex> wanted;
    for (const schema::EventEntity &entity : event->entities)
        wanted.insert(*workspace::findNode(model().state(),
                                           {ipc::GraphNodeKind::Entity, entity.entity.value}));
    m_session->focus().select({event->id.value}, event->id.value);
    QTRY_COMPARE(model().selected(), std::vector<NodeIndex>(wanted.begin(), wanted.end()));
    settle();
    // Amber where the node is.
    const QColor focus = m_theme->color(Role::Focus);
    const QPoint at = placeOf(*wanted.begin());
    const QImage picture = view().grab(QRect(at - QPoint(40, 40), QSize(80, 80))).toImage();
    bool isAmber = false;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) {
            const QColor pixel = picture.pixelColor(x, y);
            isAmber = isAmber || (std::abs(pixel.red() - focus.red()) < 12 &&
                                  std::abs(pixel.green() - focus.green()) < 12 &&
                                  std::abs(pixel.blue() - focus.blue()) < 12);
        }
    QVERIFY(isAmber);
    m_session->focus().clearSelection();
    QVERIFY(model().selection().isEmpty());
}

void TestGraphView::lineSelectsItsEvidence()
{
    // A line whose middle is free of nodes.
    for (const workspace::DrawnEdge &edge : workspace::drawnEdges(model().state())) {
        const QPoint middle = (placeOf(edge.from) + placeOf(edge.to)) / 2;
        const auto line = view().lineAt(middle);
        if (view().nodeAt(middle) || !line || !view().rect().contains(middle) ||
            std::minmax(line->first, line->second) != std::minmax(edge.from, edge.to))
            continue;
        click(middle);
        QTRY_COMPARE(m_session->focus().selection().size(), qsizetype(edge.evidence));
        QCOMPARE(model().selection().size(), 2);
        return;
    }
    QFAIL("no line can be pointed at");
}

void TestGraphView::countsAreShownBeforeExpanding()
{
    const auto before = model().state();
    // One that has more neighbours than are shown.
    NodeIndex node = 0;
    for (NodeIndex at = 0; at < before.size(); ++at)
        if (before.facts->nodes[at].neighbours > before.facts->graph.links(at).size())
            node = at;
    m_pane->explorer().select({node}, node);
    settle();
    QTest::keyClick(&view(), Qt::Key_Return);
    QMenu *menu = nullptr;
    QTRY_VERIFY([&] {
        menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        return menu != nullptr;
    }());
    const QList<QAction *> actions = menu->actions();
    QVERIFY(actions.size() >= 2);
    QVERIFY(actions[1]->text().contains(QLocale().toString(
        qulonglong(std::min<std::uint64_t>(60, before.facts->nodes[node].neighbours)))));
    QVERIFY2(model().state() == before, "nothing comes before it is chosen");
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(model().state().size() > before.size());
    settle();
    for (NodeIndex at = 0; at < before.size(); ++at)
        QCOMPARE((*model().state().positions)[at], (*before.positions)[at]); // old ones stay
    QCOMPARE(m_session->undoStack().undoText().isEmpty(), false);
    while (m_session->undoStack().canUndo())
        m_session->undoStack().undo();
    QVERIFY(model().state() == before);
    settle();
}

void TestGraphView::hidingIsUndone()
{
    const qsizetype before = drawn();
    const NodeIndex node = openNode();
    m_pane->explorer().select({node}, node);
    settle();
    const int steps = m_session->undoStack().count();
    QTest::keyClick(&view(), Qt::Key_Delete);
    QCOMPARE(drawn(), before - 1);
    QVERIFY(model().selection().isEmpty());
    QCOMPARE(m_session->undoStack().count(), steps + 1);
    m_session->undoStack().undo();
    QCOMPARE(drawn(), before);
    m_session->undoStack().redo();
    m_pane->showHidden();
    QCOMPARE(drawn(), before);
}

void TestGraphView::draggedNodesStay()
{
    const NodeIndex node = openNode();
    const auto before = *model().state().positions;
    const QPoint from = placeOf(node), to = from + QPoint(60, -30);
    QTest::mousePress(&view(), Qt::LeftButton, {}, from);
    QTest::mouseMove(&view(), from + QPoint(20, -10));
    QTest::mouseMove(&view(), to);
    QTest::mouseRelease(&view(), Qt::LeftButton, {}, to);
    settle();
    QVERIFY((placeOf(node) - to).manhattanLength() <= 2);
    for (NodeIndex other = 0; other < before.size(); ++other)
        if (other != node)
            QCOMPARE((*model().state().positions)[other], before[other]);
    m_session->undoStack().undo();
    QCOMPARE(*model().state().positions, before);
}

void TestGraphView::boxSelects()
{
    const QRect box(view().rect().center() - QPoint(200, 150), QSize(400, 300));
    QTest::mousePress(&view(), Qt::LeftButton, Qt::ShiftModifier, box.topLeft());
    QTest::mouseMove(&view(), box.center());
    QTest::mouseMove(&view(), box.bottomRight());
    QTest::mouseRelease(&view(), Qt::LeftButton, Qt::ShiftModifier, box.bottomRight());
    QSet<quint32> inside;
    for (NodeIndex node = 0; node < model().state().size(); ++node)
        if (model().state().isDrawn(node) &&
            QRectF(box.topLeft(), box.bottomRight()).contains(view().placeOf(node)))
            inside.insert(node);
    QVERIFY(!inside.isEmpty());
    QCOMPARE(model().selection(), inside);
}

void TestGraphView::keysWalkToNeighbours()
{
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Right);
    QVERIFY(model().current().has_value());
    NodeIndex at = *model().current();
    int steps = 0;
    for (const auto key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
        QTest::keyClick(&view(), key);
        const NodeIndex next = *model().current();
        if (next == at)
            continue;
        const auto links = model().state().facts->graph.links(at);
        QVERIFY(std::ranges::contains(links, next, &graph::Link::neighbour));
        at = next;
        ++steps;
    }
    QVERIFY(steps > 0);
    QTest::keyClick(&view(), Qt::Key_Escape);
    QVERIFY(!model().current());
    const double zoom = view().camera().zoom;
    QTest::keyClick(&view(), Qt::Key_Plus);
    QVERIFY(view().camera().zoom > zoom);
    QTest::keyClick(&view(), Qt::Key_Home);
    QVERIFY(std::abs(view().camera().zoom - zoom) < 0.01);
}

void TestGraphView::screenReaderHearsNodes()
{
    const NodeIndex node = openNode();
    m_pane->explorer().select({node}, node);
    const QString name = QString::fromStdString(model().state().facts->graph.node(node).label);
    QVERIFY(view().accessibleDescription().startsWith(name));
    QVERIFY(view().accessibleDescription().contains(u"strongest"_s));
    settle();
}

void TestGraphView::idleViewPaintsNothing()
{
    settle();
    QTRY_VERIFY(view().framesPainted() > 0);
    int painted = -1, calmLooks = 0;
    const auto isCalm = [&] {
        calmLooks = view().framesPainted() == painted ? calmLooks + 1 : 0;
        painted = view().framesPainted();
        return calmLooks >= 10;
    };
    QTRY_VERIFY(isCalm());
}

QTEST_MAIN(TestGraphView)
#include "tst_graph_view.moc"
