// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/row_list.h"
#include "shell/choice_step.h"
#include "shell/view_history.h"
#include "shell/watched_tables.h"
#include "signals/evidence_charts.h"
#include "tables/table_view.h"

#include "chrona/ui/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QSlider>
#include <QStandardItemModel>
#include <QStringListModel>
#include <QStyledItemDelegate>
#include <QTest>
#include <QUndoStack>
#include <QWheelEvent>

#include <memory>

using namespace Qt::StringLiterals;
using namespace chrona::ui;

namespace {

/// A view that wheel, keys and drags move.
class MovedView final : public QWidget {
public:
    double at = 0;

    void setColour(int colour) { m_colour = colour; }
    [[nodiscard]] int colour() const { return m_colour; }

protected:
    void wheelEvent(QWheelEvent *event) override { at += event->angleDelta().y(); }
    void keyPressEvent(QKeyEvent *) override { at += 1000; }
    void mouseMoveEvent(QMouseEvent *event) override { at = event->position().x(); }

private:
    int m_colour = 0;
};

/// Takes its keys itself, and moves the view by them.
class PartOfView final : public QWidget {
public:
    PartOfView(MovedView &view, QWidget &frame) : QWidget(&frame), m_view(view) {}

protected:
    void keyPressEvent(QKeyEvent *) override { m_view.at += 7; }

private:
    MovedView &m_view;
};

void turnWheel(QWidget &view)
{
    const QPointF middle(10, 10);
    QWheelEvent turn(middle, view.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &turn);
}

QPoint middleOfTitle(const QHeaderView &header, int column)
{
    return {header.sectionViewportPosition(column) + header.sectionSize(column) / 2,
            header.height() / 2};
}

/// Rows as tall as those of the lists of layers.
class ZoomedRows final : public QStyledItemDelegate {
public:
    explicit ZoomedRows(const Theme &theme) : m_theme(theme) {}
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, m_theme.scaled(metric::kRowCompact)};
    }

private:
    const Theme &m_theme;
};

} // namespace

/// Moves and choices of views as steps that can be undone; lists that show whole rows.
class TestViewHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wheelsTogetherAreOneStep();
    void aDragIsOneStep();
    void whatTheProgramMovesIsNone();
    void aCommandIsOneStep();
    void somethingBetweenMakesTwo();
    void aViewThatIsGoneIsLeftAlone();
    void choicesAreTakenBack();
    void partsThatComeLaterAreWatched();
    void eventsOfOthersAreNotLookedAt();
    void arrangingATableIsAStep();
    void movingTheLagIsAStep();
    void listsShowWholeRows();

private:
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<MovedView> m_view;
    std::unique_ptr<ViewHistory> m_history;
};

void TestViewHistory::init()
{
    m_history.reset();
    m_undo = std::make_unique<QUndoStack>();
    m_view = std::make_unique<MovedView>();
    m_view->resize(400, 100);
    m_history = std::make_unique<ViewHistory>(*m_undo, nullptr);
    m_history->add({m_view.get(), u"Move it"_s, [this] { return QList<double>{m_view->at}; },
                    [this](const QList<double> &state) { m_view->at = state[0]; }});
}

void TestViewHistory::wheelsTogetherAreOneStep()
{
    for (int i = 0; i < 5; ++i)
        turnWheel(*m_view);
    QTRY_COMPARE(m_undo->count(), 1);
    QCOMPARE(m_undo->undoText(), u"Move it"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QTRY_COMPARE(m_view->at, 1600);
    turnWheel(*m_view); // by now what came before is recorded
    QCOMPARE(m_undo->count(), 1);
    m_history->move(m_view.get(), [] {});
    m_undo->undo();
    QCOMPARE(m_view->at, 0);
    m_undo->redo();
    QCOMPARE(m_view->at, 1720);
}

void TestViewHistory::aDragIsOneStep()
{
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {20, 20});
    for (int x = 30; x <= 90; x += 10)
        QTest::mouseMove(m_view.get(), {x, 20});
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {90, 20});
    QTRY_COMPARE(m_undo->count(), 1);
    m_undo->undo();
    QCOMPARE(m_view->at, 0);
}

void TestViewHistory::whatTheProgramMovesIsNone()
{
    m_view->at = 7;
    MovedView other; // input elsewhere is no gesture of this view
    turnWheel(other);
    m_view->at = 8;
    turnWheel(*m_view);
    QTRY_COMPARE(m_undo->count(), 1);
    m_undo->undo();
    QCOMPARE(m_view->at, 8);
}

void TestViewHistory::aCommandIsOneStep()
{
    m_history->move(m_view.get(), [this] { m_view->at = 3; });
    QCOMPARE(m_undo->count(), 1);
    m_history->move(m_view.get(), [] {});
    QCOMPARE(m_undo->count(), 1);
    m_undo->undo();
    QCOMPARE(m_view->at, 0);
}

void TestViewHistory::somethingBetweenMakesTwo()
{
    turnWheel(*m_view);
    QTRY_COMPARE(m_undo->count(), 1);
    m_undo->push(new ChoiceStep(u"Colour"_s, *m_view, &MovedView::setColour, 0, 0));
    turnWheel(*m_view);
    QTRY_COMPARE(m_undo->count(), 3);
    m_undo->undo();
    QCOMPARE(m_view->at, 120);
}

void TestViewHistory::aViewThatIsGoneIsLeftAlone()
{
    turnWheel(*m_view);
    QTRY_COMPARE(m_undo->count(), 1);
    m_view.reset();
    m_undo->undo();
    m_history.reset();
    m_undo->redo(); // nothing is left that could be moved
    QVERIFY(!m_undo->canRedo());
}

void TestViewHistory::choicesAreTakenBack()
{
    m_view->setColour(2);
    m_undo->push(new ChoiceStep(u"Colour"_s, *m_view, &MovedView::setColour, 1, 2));
    QCOMPARE(m_view->colour(), 2);
    m_undo->undo();
    QCOMPARE(m_view->colour(), 1);
    m_undo->redo();
    QCOMPARE(m_view->colour(), 2);
    m_view.reset();
    m_undo->undo();
}

void TestViewHistory::partsThatComeLaterAreWatched()
{
    auto *frame = new QWidget(m_view.get());
    auto *part = new PartOfView(*m_view, *frame);
    QTest::keyClick(part, Qt::Key_A); // the view itself does not hear of it
    QCOMPARE(m_view->at, 7);
    QTRY_COMPARE(m_undo->count(), 1);
    m_undo->undo();
    QCOMPARE(m_view->at, 0);
}

void TestViewHistory::eventsOfOthersAreNotLookedAt()
{
    MovedView other;
    const quint64 before = m_history->eventsSeen();
    for (int i = 0; i < 100; ++i) {
        turnWheel(other);
        QTest::keyClick(&other, Qt::Key_A);
    }
    QCOMPARE(m_history->eventsSeen(), before);
    turnWheel(*m_view);
    QVERIFY(m_history->eventsSeen() > before);
}

void TestViewHistory::arrangingATableIsAStep()
{
    Theme theme;
    QWidget window;
    auto *table = new TableView(theme, &window);
    QStandardItemModel model(3, 4);
    model.setHorizontalHeaderLabels({u"A"_s, u"B"_s, u"C"_s, u"D"_s});
    table->setModel(&model);
    TableView::Sorted sorted{0, Qt::DescendingOrder};
    table->setSorting(sorted, [&](TableView::Sorted wanted) {
        if (wanted.first != 3) // by the last there is no order
            sorted = wanted;
        return sorted;
    });
    table->setGeometry(0, 0, 400, 200);
    window.resize(400, 200);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    watchTables(*m_history, window);
    QHeaderView *header = table->horizontalHeader();
    const auto middleOf = [header](int column) { return middleOfTitle(*header, column); };

    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, middleOf(2));
    QTRY_COMPARE(m_undo->count(), 1);
    QCOMPARE(m_undo->undoText(), u"Arrange the table"_s);
    QCOMPARE(sorted.first, 2);
    m_undo->undo();
    QCOMPARE(sorted, (TableView::Sorted{0, Qt::DescendingOrder}));
    QCOMPARE(header->sortIndicatorSection(), 0);
    m_undo->redo();
    QCOMPARE(sorted.first, 2);

    QMenu menu;
    table->offerColumns(menu);
    m_undo->push(new ChoiceStep(u"Colour"_s, *m_view, &MovedView::setColour, 0, 0));
    menu.actions()[1]->trigger();
    QVERIFY(table->isColumnHidden(1));
    QCOMPARE(m_undo->count(), 3);
    m_undo->undo();
    QVERIFY(!table->isColumnHidden(1));
    QCOMPARE(sorted.first, 2); // what came before stands
    m_undo->redo();
    QVERIFY(table->isColumnHidden(1));

    m_undo->push(new ChoiceStep(u"Colour"_s, *m_view, &MovedView::setColour, 0, 0));
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, middleOf(0));
    QTest::mouseMove(header->viewport(), middleOf(2));
    QTest::mouseMove(header->viewport(), middleOf(3) - QPoint(5, 0));
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, middleOf(3) - QPoint(5, 0));
    QTRY_COMPARE(m_undo->count(), 5);
    QVERIFY(header->visualIndex(0) > 0);
    m_undo->undo();
    for (int column = 0; column < 4; ++column)
        QCOMPARE(header->visualIndex(column), column);
    m_undo->redo();
    QVERIFY(header->visualIndex(0) > 0);

    // A click that changes nothing is no step, nor is choosing a row or scrolling.
    m_undo->push(new ChoiceStep(u"Colour"_s, *m_view, &MovedView::setColour, 0, 0));
    const TableView::Sorted before = sorted;
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, middleOf(3));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, {20, 20});
    turnWheel(*table->viewport());
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, middleOf(2));
    QTRY_COMPARE(m_undo->count(), 7);
    QVERIFY(sorted != before);
    m_undo->undo();
    QCOMPARE(sorted, before);
}

void TestViewHistory::movingTheLagIsAStep()
{
    Theme theme;
    EvidenceCharts charts(theme, nullptr);
    chrona::ipc::SignalEntry signal;
    signal.id = {7};
    signal.lag = 2;
    signal.lagCurve = {0.1, 0.2, 0.5, 0.3, 0.1, 0.0};
    charts.setSignal(signal);
    watchLag(*m_history, charts);
    QSlider &slider = charts.lagSlider();
    QCOMPARE(slider.value(), 2);
    QTest::keyClick(&slider, Qt::Key_Right);
    QTest::keyClick(&slider, Qt::Key_Right);
    QTRY_COMPARE(m_undo->count(), 1);
    QCOMPARE(slider.value(), 4);
    m_undo->undo();
    QCOMPARE(slider.value(), 2);
    m_undo->redo();
    QCOMPARE(slider.value(), 4);
    signal.id = {8}; // another one: what was looked at before is not its
    signal.lag = 3;
    charts.setSignal(signal);
    m_undo->undo();
    QCOMPARE(slider.value(), 3);
    QTest::keyClick(&slider, Qt::Key_Left);
    QTRY_COMPARE(m_undo->count(), 1);
    QCOMPARE(slider.value(), 2);
}

void TestViewHistory::listsShowWholeRows()
{
    Theme theme;
    RowList list(theme, nullptr);
    ZoomedRows rows(theme);
    QStringList words;
    for (int i = 0; i < 40; ++i)
        words += QString::number(i);
    QStringListModel model(words);
    list.setFrameShape(QFrame::NoFrame);
    list.setItemDelegate(&rows);
    list.setModel(&model);
    const auto isWhole = [&] {
        const int row = theme.scaled(metric::kRowCompact);
        return list.viewport()->height() % row == 0 && list.viewport()->height() > 0 &&
               list.visualRect(model.index(0)).height() == row;
    };
    for (const int height : {200, 7 * metric::kRowCompact, 7 * metric::kRowCompact + 11, 31}) {
        list.resize(160, height);
        list.show();
        QTRY_VERIFY2(isWhole(), qPrintable(QString::number(list.viewport()->height())));
    }
    list.resize(160, 211);
    theme.setZoom(1.5);
    QTRY_VERIFY(isWhole());
}

QTEST_MAIN(TestViewHistory)
#include "tst_view_history.moc"
