// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/row_list.h"
#include "shell/choice_step.h"
#include "shell/view_history.h"

#include "chrona/ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
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

void turnWheel(QWidget &view)
{
    const QPointF middle(10, 10);
    QWheelEvent turn(middle, view.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &turn);
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
