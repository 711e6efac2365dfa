// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "shell/view_history.h"
#include "shell/watched_tables.h"
#include "tables/table_view.h"

#include <QMenu>
#include <QStandardItemModel>
#include <QTest>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace chrona::ui;

/// How wide a person makes the columns of a table, as steps that can be undone.
class TestColumnWidths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void widthsOfColumnsAreSteps();
};

void TestColumnWidths::widthsOfColumnsAreSteps()
{
    Theme theme;
    QUndoStack undo;
    ViewHistory history(undo, &undo);
    QWidget window;
    auto *table = new TableView(theme, &window);
    QStandardItemModel model(3, 4);
    model.setHorizontalHeaderLabels({u"A"_s, u"B"_s, u"C"_s, u"D"_s});
    table->setModel(&model);
    table->setStretchColumn(3, 60);
    table->setGeometry(0, 0, 600, 200);
    window.resize(600, 200);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    watchTables(history, window);
    QHeaderView *header = table->horizontalHeader();
    const auto widen = [&](int column, int by) {
        const QPoint edge =
            QPoint(header->sectionViewportPosition(column) + header->sectionSize(column),
                   header->height() / 2);
        QTest::mousePress(header->viewport(), Qt::LeftButton, {}, edge);
        QTest::mouseMove(header->viewport(), edge + QPoint(by / 2, 0));
        QTest::mouseMove(header->viewport(), edge + QPoint(by, 0));
        QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, edge + QPoint(by, 0));
    };
    const int narrow = table->columnWidth(1);
    widen(1, 40);
    QTRY_COMPARE(undo.count(), 1);
    QCOMPARE(undo.undoText(), u"Arrange the table"_s);
    const int wide = table->columnWidth(1);
    QCOMPARE(wide, narrow + 40);
    undo.undo();
    QCOMPARE(table->columnWidth(1), narrow);
    undo.redo();
    QCOMPARE(table->columnWidth(1), wide);

    // Zoom came in between: the step is one of the width as it reads then.
    theme.setZoom(1.5);
    QCOMPARE(table->columnWidth(1), qRound(wide * 1.5));
    undo.undo();
    QCOMPARE(table->columnWidth(1), qRound(narrow * 1.5));
    theme.setZoom(1);
    undo.redo();
    QCOMPARE(table->columnWidth(1), wide);

    // A narrower window gives the last column less: nobody arranged that.
    table->resize(560, 200);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, {20, 20});
    QCoreApplication::sendPostedEvents();
    QCOMPARE(undo.count(), 1);
    // One that was left out comes back as wide as it was.
    QMenu menu;
    table->offerColumns(menu);
    menu.actions()[1]->trigger();
    QVERIFY(table->isColumnHidden(1));
    QTRY_COMPARE(undo.index(), 1); // both arrange the table: one step from where one began
    undo.undo();
    QVERIFY(!table->isColumnHidden(1));
    QCOMPARE(table->columnWidth(1), narrow);
}

QTEST_MAIN(TestColumnWidths)
#include "tst_column_widths.moc"
