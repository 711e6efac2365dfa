// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"
#include "events/event_columns_model.h"
#include "plausible_events.h"
#include "tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleOptionSlider>
#include <QTemporaryFile>
#include <QTest>
#include <QWheelEvent>

#include <numeric>

using namespace chrona;
using namespace chrona::ui;

namespace {

constexpr int kLongRows = 400'000;
constexpr qint64 kTitleBytes = 10'800; // 4 GiB, of which the table must never hold more than a part

/// A table whose titles lie in a file and are read when they are asked for.
struct LongTableRig {
    QTemporaryFile file;
    qint64 read = 0, askedMost = 0;
    workspace::Focus focus;
    workspace::EventStore store;
    workspace::EventTitles titles{store, [](auto, auto) {}, [](auto, auto) {}};
    workspace::EventSelector selector{focus, store, titles};
    QObject later;
    workspace::EventTexts texts{
        [this](const ipc::EventTextsRequest &request, const workspace::EventTexts::Answer &done) {
            ipc::EventTextsReply reply;
            for (const schema::EventId id : request.ids)
                reply.texts.push_back({id, titleOf(id.value)});
            read += qint64(request.ids.size());
            askedMost = std::max(askedMost, qint64(request.ids.size()));
            QMetaObject::invokeMethod(&later, [done, reply] { done(reply); }, Qt::QueuedConnection);
        }};
    EventColumnsModel model{selector, texts, titles};

    void fill()
    {
        QVERIFY(file.open());
        QVERIFY(file.resize(kLongRows * kTitleBytes)); // with holes
        for (qint64 row = 0; row < kLongRows; row += 5'000) {
            file.seek(row * kTitleBytes);
            file.write("Event " + QByteArray::number(row + 1));
        }
        auto snapshot = std::make_shared<workspace::EventSnapshot>();
        snapshot->columns = std::move(*plausibleEvents(kLongRows));
        std::iota(snapshot->columns.id.begin(), snapshot->columns.id.end(), 1);
        std::ranges::sort(snapshot->columns.observedAt);
        snapshot->sources = {QStringLiteral("file")};
        snapshot->regions = {QString()};
        focus.setWindow({Instant(Duration(0)), Instant(Duration(4'000'000'000'000'000))});
        store.replace(std::move(snapshot));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), kLongRows, 60'000);
    }
    std::string titleOf(qint64 id)
    {
        QByteArray bytes(kTitleBytes, '\0');
        file.seek((id - 1) * kTitleBytes);
        file.read(bytes.data(), kTitleBytes);
        return bytes.constData();
    }
};

QRect sliderOf(const QScrollBar &bar)
{
    QStyleOptionSlider option;
    option.initFrom(&bar);
    option.orientation = bar.orientation();
    option.minimum = bar.minimum();
    option.maximum = bar.maximum();
    option.pageStep = bar.pageStep();
    option.sliderPosition = option.sliderValue = bar.value();
    return bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider,
                                       &bar);
}

void dragTo(QWidget &widget, QPoint at)
{
    QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(&widget, &move);
}

void turnTableWheel(QWidget &widget)
{
    const QPointF middle(widget.rect().center());
    QWheelEvent turn(middle, widget.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &turn);
}

} // namespace

class TestLongTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scrollingKeepsNoMoreThanItMay();

private:
    static void goesBackWithKeys(LongTableRig &rig, TableView &view);
};

void TestLongTable::scrollingKeepsNoMoreThanItMay()
{
    LongTableRig rig;
    rig.fill();
    Theme theme;
    TableView view(theme, nullptr);
    view.resize(900, 600);
    view.setModel(&rig.model);
    view.setStretchColumn(workspace::EventTableModel::Title);
    // What the others paint is not asked for here, and would take most of the time.
    for (int column = 0; column < rig.model.columnCount(); ++column)
        view.setColumnHidden(column, column != workspace::EventTableModel::Title);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view, 60'000));
    const int page = view.viewport()->height() / view.rowHeight(0) + 2;
    const auto isRead = [&] {
        for (int row = view.rowAt(0); row < view.rowAt(0) + page && row < kLongRows; ++row)
            if (!rig.texts.title(rig.model.eventAt(row)))
                return false;
        return true;
    };
    QSignalSpy arrived(&rig.texts, &workspace::EventTexts::textsArrived);
    while (!isRead())
        QVERIFY(arrived.wait(30'000));
    int stops = 0;
    const auto rest = [&] {
        view.viewport()->repaint();
        while (!isRead())
            QVERIFY(arrived.wait(30'000));
        QVERIFY(rig.texts.kept() <= workspace::EventTexts::kKeptMax);
        ++stops;
    };
    // By the slider from the first row to the last, a pixel at a time.
    QScrollBar *bar = view.verticalScrollBar();
    const QPoint grip = sliderOf(*bar).center();
    QTest::mousePress(bar, Qt::LeftButton, {}, grip);
    for (int y = grip.y() + 1; y < bar->height(); ++y) {
        dragTo(*bar, {grip.x(), y});
        rest();
    }
    QTest::mouseRelease(bar, Qt::LeftButton, {}, {grip.x(), bar->height() - 1});
    QCOMPARE(view.rowAt(view.viewport()->height() - 1), kLongRows - 1);
    // Up again by wheel and by pages, over more rows than are kept.
    for (int notch = 0; notch < 40; ++notch) {
        const int before = bar->value();
        turnTableWheel(*view.viewport());
        QVERIFY(bar->value() < before);
        rest();
    }
    const qint64 toCome = workspace::EventTexts::kKeptMax - rig.read;
    const int pages = int(std::max<qint64>(toCome, 0) / (page - 3)) + 50;
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {40, view.viewport()->height() / 2});
    for (int turned = 0; turned < pages; ++turned) {
        QTest::keyClick(&view, Qt::Key_PageUp);
        rest();
    }
    // What was passed was neither read nor kept: a page for each stop, and not the file.
    QVERIFY2(rig.read <= qint64(stops + 1) * (page + 2), qPrintable(QString::number(rig.read)));
    QVERIFY(rig.read > workspace::EventTexts::kKeptMax);
    QVERIFY(rig.askedMost <= 200);
    QVERIFY(rig.texts.kept() > workspace::EventTexts::kKeptMax / 2);
    goesBackWithKeys(rig, view);
}

/// What was let go is read again, and it is the right one.
void TestLongTable::goesBackWithKeys(LongTableRig &rig, TableView &view)
{
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(view.currentIndex().row(), kLongRows - 1);
    QTest::keyClick(&view, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(view.currentIndex().row(), 0);
    const int row = kLongRows - 5'001; // newest first
    QCOMPARE(rig.model.eventAt(row), 5'001);
    view.scrollTo(rig.model.index(row, 0));
    view.viewport()->repaint();
    const auto title = [&] {
        return rig.model.index(row, workspace::EventTableModel::Title).data().toString();
    };
    QTRY_COMPARE(title(), QStringLiteral("Event 5001"));
}

QTEST_MAIN(TestLongTable)
#include "tst_long_table.moc"
