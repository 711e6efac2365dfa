// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"
#include "events/event_columns_model.h"
#include "plausible_events.h"
#include "tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <numeric>

using namespace chrona;
using namespace chrona::ui;

namespace {

constexpr int kLongRows = 400'000;
constexpr qint64 kTitleBytes = 400; // 160 MB, of which the table must never hold more than a part

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
            QMetaObject::invokeMethod(
                &later, [done, reply] { done(reply); }, Qt::QueuedConnection);
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

} // namespace

class TestLongTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scrollingKeepsNoMoreThanItMay();
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
    constexpr int kStops = 1'200; // of a page each: more rows than are kept
    QVERIFY(qint64(kStops) * page > workspace::EventTexts::kKeptMax);
    QScrollBar *bar = view.verticalScrollBar();
    for (int stop = 1; stop <= kStops; ++stop) {
        bar->setValue(int(qint64(bar->maximum()) * stop / kStops));
        view.viewport()->repaint();
        while (!isRead())
            QVERIFY(arrived.wait(30'000));
        QVERIFY(rig.texts.kept() <= workspace::EventTexts::kKeptMax);
    }
    // What was passed was neither read nor kept: a page for each stop, and not the file.
    QCOMPARE(view.rowAt(view.viewport()->height() - 1), kLongRows - 1);
    QVERIFY2(rig.read <= qint64(kStops + 1) * (page + 2), qPrintable(QString::number(rig.read)));
    QVERIFY(rig.askedMost <= 200);
    QVERIFY(rig.texts.kept() > workspace::EventTexts::kKeptMax / 2);

    // And back with keys: what was let go is read again, and it is the right one.
    const QModelIndex current = rig.model.index(kLongRows - 1, 0);
    view.setCurrentIndex(current);
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
