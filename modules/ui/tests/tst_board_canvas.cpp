// SPDX-License-Identifier: AGPL-3.0-or-later
#include "session_fixture.h"

#include "case/board_canvas.h"
#include "case/board_pane.h"
#include "case/item_editor.h"
#include "chrona/workspace/case_file.h"
#include "chrona/workspace/investigations.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseItemKind;

/// Pins, notes and hypotheses as cards that lie where a person puts them.
class TestBoardCanvas : public QObject, private test::SessionFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void cardsWithoutAPlaceDoNotCover();
    void dragIsKeptAndUndone();
    void keysGoFromCardToCard();
    void fileKeepsThePlaces();
    void arrangedCardsStandInColumns();
    void selectionIsThatOfTheLists();
    void archivedOneDoesNotMove();
    void picturesAreTaken();

private:
    [[nodiscard]] BoardCanvas &canvas() const { return m_board->canvas(); }
    [[nodiscard]] workspace::Investigation &current() const { return *m_book->current(); }
    [[nodiscard]] const CaseItem &item(CaseItemId id) const { return *current().find(id); }
    [[nodiscard]] QPoint middleOf(CaseItemId id) const
    {
        return canvas().boxOnScreen(id).center().toPoint();
    }
    void drag(CaseItemId id, QPoint by)
    {
        const QPoint from = middleOf(id);
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from + by / 2);
        QTest::mouseMove(&canvas(), from + by);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, from + by);
    }

    std::unique_ptr<workspace::Investigations> m_book;
    std::unique_ptr<BoardPane> m_board;
    CaseItemId m_pin, m_otherPin, m_claim, m_note;
};

void TestBoardCanvas::initTestCase()
{
    prepare(2'000);
    m_book = std::make_unique<workspace::Investigations>(*m_session, nullptr);
    m_board = std::make_unique<BoardPane>(*m_book, *m_theme, nullptr);
    m_board->editor().setPause(std::chrono::hours(1));
    m_board->resize(1000, 760);
    m_board->setVisible(true);
    QVERIFY(QTest::qWaitForWindowExposed(m_board.get(), 60'000));
    openSession();
    m_book->create(u"Who moved the price?"_s);
    std::vector<CaseItem> items;
    const auto add = [&items](CaseItemKind kind, const char *title) {
        CaseItem made = workspace::newCaseItem(kind);
        made.title = title;
        items.push_back(made);
        return made.id;
    };
    const auto pin = [&](std::size_t at) {
        const schema::Event &event = m_service->events()[at];
        const CaseItemId id = add(CaseItemKind::Pin, event.title.c_str());
        items.back().target.id = event.id.value;
        items.back().target.label = event.title;
        return id;
    };
    m_pin = pin(10);
    m_otherPin = pin(20);
    m_claim = add(CaseItemKind::Hypothesis, "The storm shut the port and freight rates followed");
    items.back().confidence = 0.7F;
    m_note = add(CaseItemKind::Note, "Ask for the port's log");
    for (const auto &[from, bearing] : {std::pair(m_pin, schema::Bearing::For),
                                        std::pair(m_otherPin, schema::Bearing::Against)}) {
        CaseItem link = workspace::newCaseItem(CaseItemKind::Link);
        link.id = schema::linkIdFor(from, m_claim);
        link.from = from;
        link.to = m_claim;
        link.bearing = bearing;
        items.push_back(link);
    }
    current().change(u"fill"_s, items);
    QTRY_COMPARE(current().unsaved(), std::size_t(0));
    m_board->showCanvas(true);
    QTRY_VERIFY(canvas().isVisible() && canvas().height() > 200);
}

void TestBoardCanvas::init()
{
    while (m_session->undoStack().canUndo() && m_session->undoStack().index() > 1)
        m_session->undoStack().undo();
    canvas().select({}, std::nullopt);
    canvas().fit();
    QTRY_COMPARE(current().unsaved(), std::size_t(0));
}

void TestBoardCanvas::cleanupTestCase()
{
    m_board.reset();
    m_book.reset();
    closeSession();
}

void TestBoardCanvas::cardsWithoutAPlaceDoNotCover()
{
    std::vector<CaseItem> items(40);
    for (std::size_t at = 0; at < items.size(); ++at) {
        items[at].id = {std::int64_t(at + 1)};
        items[at].kind = at % 3 == 0   ? CaseItemKind::Pin
                         : at % 3 == 1 ? CaseItemKind::Note
                                       : CaseItemKind::Hypothesis;
        if (at % 5 == 0)
            items[at].x = items[at].y = float(10 + 37 * at);
    }
    std::vector<const CaseItem *> pointers;
    for (const CaseItem &one : items)
        pointers.push_back(&one);
    const auto cards = canvasCards(pointers);
    QCOMPARE(cards.size(), items.size());
    for (const CanvasCard &one : cards)
        for (const CanvasCard &other : cards)
            if (one.id < other.id && !(one.isPlaced && other.isPlaced))
                QVERIFY(!one.box.intersects(other.box));
}

void TestBoardCanvas::dragIsKeptAndUndone()
{
    QCOMPARE(canvas().cards().size(), 4U);
    QCOMPARE(item(m_note).x, 0.F);
    const QRectF before = canvas().boxOnScreen(m_note);
    const int steps = m_session->undoStack().count();
    drag(m_note, {60, 90});
    QVERIFY(item(m_note).x != 0 && item(m_note).y != 0);
    const QRectF after = canvas().boxOnScreen(m_note);
    QVERIFY(std::abs(after.left() - before.left() - 60) <= 1.5 &&
            std::abs(after.top() - before.top() - 90) <= 1.5);
    QCOMPARE(m_session->undoStack().count(), steps + 1);
    QTRY_COMPARE(current().unsaved(), std::size_t(0));
    const auto &kept = m_service->cases();
    QVERIFY(std::ranges::any_of(kept, [&](const auto &one) {
        const auto found = std::ranges::find(one.items, m_note, &CaseItem::id);
        return found != one.items.end() && found->x == item(m_note).x;
    }));
    m_session->undoStack().undo();
    QCOMPARE(item(m_note).x, 0.F);
    // A click that does not move is no step.
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(m_note));
    QCOMPARE(m_session->undoStack().index(), steps);
    QCOMPARE(canvas().current(), m_note);
}

void TestBoardCanvas::keysGoFromCardToCard()
{
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Right);
    QCOMPARE(canvas().current(), canvas().cards().front().id);
    canvas().select({m_pin}, m_pin);
    QTest::keyClick(&canvas(), Qt::Key_Right);
    QCOMPARE(canvas().current(), m_claim);
    QVERIFY(canvas().accessibleDescription().contains(u"freight rates"_s));
    QTest::keyClick(&canvas(), Qt::Key_Right);
    QCOMPARE(canvas().current(), m_note);
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QCOMPARE(canvas().current(), m_claim);
    const QPointF stood = canvas().boxOnScreen(m_claim).topLeft();
    QTest::keyClick(&canvas(), Qt::Key_Down, Qt::ControlModifier);
    QVERIFY(canvas().boxOnScreen(m_claim).top() > stood.y());
    QCOMPARE(canvas().boxOnScreen(m_claim).left(), stood.x());
    QTest::keyClick(&canvas(), Qt::Key_Delete);
    QVERIFY(current().find(m_claim)->removed);
    QCOMPARE(canvas().cards().size(), 3U);
    QVERIFY(!canvas().current());
}

void TestBoardCanvas::fileKeepsThePlaces()
{
    drag(m_pin, {-40, 130});
    const QString path = m_folder.filePath(u"board.chrona"_s);
    QVERIFY(workspace::writeCaseFile(path, current().content()));
    const auto read = workspace::readCaseFile(path);
    QVERIFY(read);
    const auto &items = read->items;
    const auto found = std::ranges::find(items, m_pin, &CaseItem::id);
    QVERIFY(found != items.end());
    QCOMPARE(found->x, item(m_pin).x);
    QCOMPARE(found->y, item(m_pin).y);
    QVERIFY(found->y != 0);
}

void TestBoardCanvas::arrangedCardsStandInColumns()
{
    drag(m_pin, {300, 200});
    drag(m_claim, {-300, 20});
    canvas().arrange();
    for (const CanvasCard &card : canvas().cards())
        QVERIFY(!card.isPlaced);
    QVERIFY(canvas().boxOnScreen(m_pin).right() < canvas().boxOnScreen(m_claim).left());
    QVERIFY(canvas().boxOnScreen(m_claim).right() < canvas().boxOnScreen(m_note).left());
    m_session->undoStack().undo();
    QVERIFY(item(m_pin).x != 0);
}

void TestBoardCanvas::selectionIsThatOfTheLists()
{
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(m_note));
    QCOMPARE(m_board->editor().item(), m_note);
    m_board->open(m_claim);
    QCOMPARE(canvas().current(), m_claim);
    QTest::mouseClick(&canvas(), Qt::LeftButton, Qt::ControlModifier, middleOf(m_pin));
    QCOMPARE(canvas().selected(), (std::set<CaseItemId>{m_claim, m_pin}));
    std::optional<schema::PinTarget> wanted;
    connect(m_board.get(), &BoardPane::targetWanted, this,
            [&wanted](const schema::PinTarget &target) { wanted = target; });
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, middleOf(m_pin));
    QVERIFY(wanted && wanted->id == item(m_pin).target.id);
}

void TestBoardCanvas::archivedOneDoesNotMove()
{
    m_book->archive(current().id(), true);
    QTRY_VERIFY(current().isArchived());
    drag(m_note, {50, 50});
    QCOMPARE(item(m_note).x, 0.F);
    m_book->archive(current().id(), false);
    QTRY_VERIFY(!current().isArchived());
}

void TestBoardCanvas::picturesAreTaken()
{
    const QString folder = qEnvironmentVariable("CHRONA_PICTURES");
    if (folder.isEmpty())
        QSKIP("CHRONA_PICTURES names no folder");
    drag(m_note, {-40, 140});
    canvas().select({m_claim}, m_claim);
    for (const Appearance look : {Appearance::Dark, Appearance::Light}) {
        m_theme->setAppearance(look);
        m_board->grab().save(
            u"%1/board-%2.png"_s.arg(folder, look == Appearance::Dark ? u"dark"_s : u"light"_s));
    }
}

QTEST_MAIN(TestBoardCanvas)
#include "tst_board_canvas.moc"
