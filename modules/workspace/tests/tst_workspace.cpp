// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../src/row_order.h"
#include "chrona/workspace/event_table_model.h"
#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/feed_model.h"
#include "chrona/workspace/focus.h"
#include "desk.h"
#include "served_world.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;

namespace {

EventDelta deltaOf(std::vector<std::int64_t> removed,
                   std::vector<std::pair<std::int64_t, std::int64_t>> rows)
{
    EventDelta delta;
    delta.removed = std::move(removed);
    delta.rows = madeColumns(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        std::tie(delta.rows.id[row], delta.rows.observedAt[row]) = rows[row];
    return delta;
}

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filterPicksRows_data();
    void filterPicksRows();
    void windowIsHalfOpen();
    void windowBeforeTheFilterChangesOnlyRowsInIt();
    void mergeKeepsOrder();
    void mergeTakesTheLatestOfAnEvent();
    void mergeOfNothingIsTheSame();
    void focusTellsOnlyChanges();
    void emptyWindowIsNotTaken();
    void selectorFollowsFocusAndStore();
    void newestRequestWins();
    void replacedSnapshotOutlivesMerge();
    void rowsAreArranged_data();
    void rowsAreArranged();
    void tableShowsVisibleRows();
    void tableSortsOffTheUiThread();
    void tableKeepsItsPlaceWhenSorted();
    void tableAsksForTitlesOfWhatIsLookedAt();
    void feedGrowsOnTop();
    void feedKeepsTheRulesOfModels();
    void failedTitlesAreAskedForAgain();
};

void TestWorkspace::filterPicksRows_data()
{
    QTest::addColumn<EventCriteria>("criteria");
    QTest::addColumn<QList<int>>("expected"); // of ten rows, those that pass
    const auto row = [](const char *name, auto change, QList<int> expected) {
        EventCriteria criteria;
        change(criteria);
        QTest::newRow(name) << criteria << expected;
    };
    row("everything but what was retracted", [](auto &) {}, {0, 1, 2, 3, 4, 5, 6, 8, 9});
    row("two types", [](auto &c) { c.filter.types = 1U << 2 | 1U << 5; }, {2, 5});
    row("no type", [](auto &c) { c.filter.types = 0; }, {});
    row("severity at least what row 4 has", [](auto &c) { c.filter.severityMin = 4.0F / 255; },
        {4, 5, 6, 8, 9});
    row("full confidence", [](auto &c) { c.filter.confidenceMin = 1; }, {0});
    row("a severity above all", [](auto &c) { c.filter.severityMin = 7; }, {});
    row("one source", [](auto &c) { c.filter.sources = {1}; }, {1, 4});
    row("two regions", [](auto &c) { c.filter.regions = {0, 3}; }, {0, 3, 5, 8});
    row("a box leaves out what has no place",
        [](auto &c) { c.filter.box = schema::GeoBox{-180, -90, 180, 90}; },
        {0, 1, 2, 3, 4, 5, 6, 8});
    row("a small box", [](auto &c) { c.filter.box = schema::GeoBox{-178, -90, -176, 90}; },
        {2, 3, 4});
    row("a box across the anti-meridian",
        [](auto &c) { c.filter.box = schema::GeoBox{170, -90, -179, 90}; }, {0, 1});
    row("what was available then",
        [](auto &c) { c.asOf = Instant(Duration(kFirst + 3600 * kSecond + 2 * kSecond)); },
        {0, 1, 2});
    row("all conditions together",
        [](auto &c) {
            c.filter.regions = {0, 3};
            c.filter.severityMin = 3.0F / 255;
            c.filter.sources = {0, 2};
        },
        {3, 5, 8});
}

void TestWorkspace::filterPicksRows()
{
    QFETCH(EventCriteria, criteria);
    QFETCH(QList<int>, expected);
    auto columns = madeColumns(10);
    columns.flags[7] |= schema::EventColumns::kRetracted;
    columns.flags[9] = 0;
    criteria.window = {Instant(Duration(0)), Instant(Duration(2 * kFirst))};
    const auto rows = selectRows(columns, criteria);
    QCOMPARE(QList<int>(rows.anyTime.begin(), rows.anyTime.end()), expected);
    QCOMPARE(rows.inWindow, rows.anyTime);
}

void TestWorkspace::windowIsHalfOpen()
{
    const auto columns = madeColumns(10);
    EventCriteria criteria;
    criteria.window = {Instant(Duration(kFirst + 2 * kSecond)),
                       Instant(Duration(kFirst + 5 * kSecond))};
    QCOMPARE(selectRows(columns, criteria).inWindow, (std::vector<std::uint32_t>{2, 3, 4}));
    QCOMPARE(selectRows(columns, criteria).anyTime.size(), 10U);
    QVERIFY(selectRows({}, criteria).anyTime.empty());
}

void TestWorkspace::windowBeforeTheFilterChangesOnlyRowsInIt()
{
    const auto columns = madeColumns(100);
    EventCriteria criteria;
    criteria.filter.sources = {2};
    criteria.window = {Instant(Duration(kFirst + 90 * kSecond)),
                       Instant(Duration(kFirst + 1000 * kSecond))};
    const auto rows = selectRows(columns, criteria);
    QCOMPARE(rows.inWindow, (std::vector<std::uint32_t>{92, 95, 98}));
    QCOMPARE(rows.anyTime.size(), 33U);
}

void TestWorkspace::mergeKeepsOrder()
{
    const auto base = snapshotOf(madeColumns(5));
    const auto result = merged(*base, {deltaOf({2, 99}, {{12, kFirst + 9 * kSecond},
                                                         {10, kFirst - 5},
                                                         {11, kFirst + kSecond * 5 / 2}})});
    QCOMPARE(result.columns.id, (std::vector<std::int64_t>{10, 1, 3, 11, 4, 5, 12}));
    QVERIFY(std::ranges::is_sorted(result.columns.observedAt));
    QVERIFY(result.columns.isConsistent());
    QCOMPARE(result.columns.severity[4], base->columns.severity[3]);
    QCOMPARE(base->columns.size(), 5U);
    QCOMPARE(result.regions, base->regions);
}

void TestWorkspace::mergeTakesTheLatestOfAnEvent()
{
    const auto base = snapshotOf(madeColumns(3));
    EventDelta grown = deltaOf({}, {{2, kFirst + 100 * kSecond}});
    grown.regions = {QStringLiteral("JP")};
    grown.sequence = 8;
    const auto result = merged(
        *base, {deltaOf({}, {{7, kFirst}, {2, kFirst + 50 * kSecond}}), deltaOf({7}, {}), grown});
    QCOMPARE(result.columns.id, (std::vector<std::int64_t>{1, 3, 2}));
    QCOMPARE(result.columns.observedAt.back(), kFirst + 100 * kSecond);
    QCOMPARE(result.regions, QStringList{QStringLiteral("JP")});
    QCOMPARE(result.sequence, 8U);
}

void TestWorkspace::mergeOfNothingIsTheSame()
{
    const auto base = snapshotOf(madeColumns(4));
    QCOMPARE(merged(*base, {}).columns.id, base->columns.id);
    QCOMPARE(merged({}, {deltaOf({1}, {})}).columns.size(), 0U);
}

void TestWorkspace::focusTellsOnlyChanges()
{
    Focus focus;
    QSignalSpy filters(&focus, &Focus::filterChanged);
    QSignalSpy selections(&focus, &Focus::selectionChanged);
    QSignalSpy layers(&focus, &Focus::layersChanged);
    EventFilter filter;
    focus.setFilter(filter);
    QCOMPARE(filters.size(), 0);
    filter.severityMin = 0.5F;
    focus.setFilter(filter);
    focus.setFilter(filter);
    QCOMPARE(filters.size(), 1);
    focus.select({1, 2}, 3);
    QCOMPARE(focus.selection(), (QSet<qint64>{1, 2, 3}));
    focus.select({3, 2, 1}, 3);
    QCOMPARE(selections.size(), 1);
    focus.clearSelection();
    QCOMPARE(selections.size(), 2);
    MapLayers heat = focus.layers();
    heat.layer(MapTheme::Weather).drawing = MapDrawing::Heat;
    focus.setLayers(heat);
    focus.setLayers(heat);
    QVERIFY(focus.layers().layer(MapTheme::Weather).drawing == MapDrawing::Heat);
}

void TestWorkspace::emptyWindowIsNotTaken()
{
    Focus focus;
    QSignalSpy windows(&focus, &Focus::windowChanged);
    const Instant now(Duration(kFirst + 0));
    focus.setWindow({now, now});
    focus.setWindow({now, now - Duration(1)});
    QCOMPARE(windows.size(), 0);
    QVERIFY(focus.showsEverything());
    focus.setWindow({now, now + Duration(1)});
    QCOMPARE(windows.size(), 1);
}

void TestWorkspace::selectorFollowsFocusAndStore()
{
    Desk desk;
    QVERIFY(desk.selector.visible()->rows.empty());
    desk.store.replace(snapshotOf(madeColumns(100)));
    QTRY_COMPARE(desk.selector.visible()->rows.size(), 100U);
    EventFilter filter;
    filter.sources = {0};
    desk.focus.setFilter(filter);
    QTRY_COMPARE(desk.selector.visible()->rows.size(), 34U);
    desk.focus.setWindow({Instant(Duration(kFirst)), Instant(Duration(kFirst + 10 * kSecond))});
    QTRY_COMPARE(desk.selector.visible()->rows.size(), 4U);
    QCOMPARE(desk.selector.visible()->rowsAnyTime.size(), 34U);
    desk.store.append(deltaOf({1}, {}));
    QTRY_COMPARE(desk.selector.visible()->rows.size(), 3U);
}

void TestWorkspace::newestRequestWins()
{
    Desk desk;
    desk.store.replace(snapshotOf(madeColumns(50'000)));
    QSignalSpy changes(&desk.selector, &EventSelector::visibleChanged);
    for (std::uint16_t round = 0; round < 300; ++round) {
        EventFilter filter;
        filter.severityMin = static_cast<float>(round % 200) / 255;
        filter.sources = {static_cast<std::uint16_t>(round % 3)};
        desk.focus.setFilter(filter);
    }
    QTRY_VERIFY(desk.selector.isSettled());
    const auto expected = selectRows(desk.store.snapshot()->columns, desk.focus.criteria());
    QCOMPARE(desk.selector.visible()->rows, expected.inWindow);
    QVERIFY2(changes.size() < 10, "300 requests need no 300 computations");
}

void TestWorkspace::replacedSnapshotOutlivesMerge()
{
    EventStore store;
    store.replace(snapshotOf(madeColumns(1000)));
    store.append(deltaOf({}, {{5000, kFirst}}));
    store.replace(snapshotOf(madeColumns(10))); // while the merge runs
    QSignalSpy changes(&store, &EventStore::snapshotChanged);
    EventDelta next = deltaOf({}, {{6000, kFirst}});
    next.sequence = 1;
    store.append(next);
    QTRY_COMPARE(store.snapshot()->columns.size(), 11U);
    QVERIFY(store.rowOf(6000));
    QVERIFY(!store.rowOf(5000));
}

void TestWorkspace::rowsAreArranged_data()
{
    QTest::addColumn<int>("by");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QList<int>>("expected");
    const auto by = [](OrderBy order) { return static_cast<int>(order); };
    QTest::newRow("oldest first") << by(OrderBy::Time) << false << QList<int>{0, 1, 2, 3, 4, 5};
    QTest::newRow("newest first") << by(OrderBy::Time) << true << QList<int>{5, 4, 3, 2, 1, 0};
    QTest::newRow("sources by name, equal ones newest first")
        << by(OrderBy::Source) << false << QList<int>{5, 2, 4, 1, 3, 0};
    QTest::newRow("sources backwards, equal ones still newest first")
        << by(OrderBy::Source) << true << QList<int>{3, 0, 4, 1, 5, 2};
    QTest::newRow("regions by name")
        << by(OrderBy::Region) << false << QList<int>{1, 4, 3, 2, 5, 0};
    QTest::newRow("most severe first")
        << by(OrderBy::Severity) << true << QList<int>{5, 4, 3, 2, 1, 0};
    QTest::newRow("least sure first")
        << by(OrderBy::Confidence) << false << QList<int>{5, 4, 3, 2, 1, 0};
    QTest::newRow("types by number") << by(OrderBy::Type) << false << QList<int>{0, 1, 2, 3, 4, 5};
}

void TestWorkspace::rowsAreArranged()
{
    QFETCH(int, by);
    QFETCH(bool, descending);
    QFETCH(QList<int>, expected);
    const auto snapshot = snapshotOf(madeColumns(6));
    const auto rows = arrangedRows(*snapshot, {0, 1, 2, 3, 4, 5}, static_cast<OrderBy>(by),
                                   descending ? Direction::Descending : Direction::Ascending);
    QCOMPARE(QList<int>(rows.begin(), rows.end()), expected);
}

void TestWorkspace::tableShowsVisibleRows()
{
    Desk desk;
    EventTableModel model(desk.selector, desk.texts, desk.titles);
    const QAbstractItemModelTester tester(&model);
    desk.store.replace(snapshotOf(madeColumns(20)));
    QTRY_COMPARE(model.rowCount(), 20);
    QCOMPARE(model.eventAt(0), 20);
    const auto cell = [&](int column) { return model.index(0, column).data(); };
    QCOMPARE(cell(EventTableModel::Time).toDateTime().toMSecsSinceEpoch(), kFirst / 1000 + 19'000);
    QCOMPARE(cell(EventTableModel::Region).toString(), QStringLiteral("DE"));
    QCOMPARE(cell(EventTableModel::Source).toString(), QStringLiteral("noaa"));
    QCOMPARE(cell(EventTableModel::Severity).toDouble(), 19 / 255.0);
    QVERIFY(cell(EventTableModel::Title).isNull());
    QCOMPARE(model.rowOf(1), 19);
    QCOMPARE(model.rowOf(77), -1);
    EventFilter filter;
    filter.sources = {1};
    desk.focus.setFilter(filter);
    QTRY_COMPARE(model.rowCount(), 7);
    QCOMPARE(model.rowOf(1), -1);
}

void TestWorkspace::tableSortsOffTheUiThread()
{
    Desk desk;
    EventTableModel model(desk.selector, desk.texts, desk.titles);
    desk.store.replace(snapshotOf(madeColumns(50'000)));
    QTRY_COMPARE(model.rowCount(), 50'000);
    QTRY_COMPARE(model.eventAt(0), 50'000);
    model.sort(EventTableModel::Severity, Qt::AscendingOrder);
    QCOMPARE(model.eventAt(0), 50'000); // as before until it is done
    model.sort(EventTableModel::Severity, Qt::DescendingOrder);
    QTRY_COMPARE(model.index(0, EventTableModel::Severity).data().toDouble(), 1.0);
}

void TestWorkspace::tableKeepsItsPlaceWhenSorted()
{
    Desk desk;
    EventTableModel model(desk.selector, desk.texts, desk.titles);
    const QAbstractItemModelTester tester(&model);
    desk.store.replace(snapshotOf(madeColumns(300)));
    QTRY_COMPARE(model.rowCount(), 300);
    const QPersistentModelIndex current = model.index(model.rowOf(42), EventTableModel::Type);
    QSignalSpy arranged(&model, &EventTableModel::arranged);
    model.sort(EventTableModel::Time, Qt::AscendingOrder);
    QVERIFY(arranged.wait());
    QCOMPARE(current.row(), 41);
    QCOMPARE(current.column(), static_cast<int>(EventTableModel::Type));
}

void TestWorkspace::tableAsksForTitlesOfWhatIsLookedAt()
{
    Desk desk;
    EventTableModel model(desk.selector, desk.texts, desk.titles);
    desk.store.replace(snapshotOf(madeColumns(5000)));
    QTRY_COMPARE(model.rowCount(), 5000);
    for (int row = 100; row < 130; ++row)
        QVERIFY(model.index(row, EventTableModel::Title).data().isNull());
    QTRY_COMPARE(desk.asked.size(), 1U);
    QCOMPARE(desk.asked[0].ids.size(), 30U);
    QSignalSpy changed(&model, &EventTableModel::dataChanged);
    desk.answer(ipc::EventTextsReply{{{{model.eventAt(100)}, "a storm"}}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(100, EventTableModel::Title).data().toString(), QStringLiteral("a storm"));
    // The service knows no such event: that is an answer too.
    QCOMPARE(model.index(101, EventTableModel::Title).data().toString(), QString());
    QCoreApplication::processEvents();
    QCOMPARE(desk.asked.size(), 1U);
}

void TestWorkspace::failedTitlesAreAskedForAgain()
{
    Desk desk;
    QVERIFY(!desk.texts.title(1));
    QTRY_COMPARE(desk.asked.size(), 1U);
    desk.answer(fail(ErrorCode::Unavailable, "gone"));
    QVERIFY(!desk.texts.title(1));
    QTRY_COMPARE(desk.asked.size(), 2U);
}

void TestWorkspace::feedKeepsTheRulesOfModels()
{
    Desk desk;
    FeedModel model(desk.selector, desk.texts);
    const QAbstractItemModelTester tester(&model);
    desk.store.replace(snapshotOf(madeColumns(20)));
    QTRY_COMPARE(model.rowCount(), 20);
    desk.store.append(deltaOf({}, {{9000, kFirst + 9000 * kSecond}}));
    QTRY_COMPARE(model.rowCount(), 21);
    desk.store.append(deltaOf({9000, 20}, {}));
    QTRY_COMPARE(model.rowCount(), 19);
}

void TestWorkspace::feedGrowsOnTop()
{
    Desk desk;
    FeedModel model(desk.selector, desk.texts);
    desk.store.replace(snapshotOf(madeColumns(2500)));
    QTRY_COMPARE(model.rowCount(), static_cast<int>(FeedModel::kRowsMax));
    QCOMPARE(model.index(0).data(FeedModel::EventIdRole).toLongLong(), 2500);
    QVERIFY(!model.index(0).data(FeedModel::NewRole).toBool());
    QSignalSpy resets(&model, &FeedModel::modelReset);
    QSignalSpy inserted(&model, &FeedModel::rowsInserted);
    desk.store.append(
        deltaOf({}, {{9000, kFirst + 9000 * kSecond}, {9001, kFirst + 9001 * kSecond}}));
    QTRY_COMPARE(model.index(0).data(FeedModel::EventIdRole).toLongLong(), 9001);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), static_cast<int>(FeedModel::kRowsMax));
    QVERIFY(model.index(1).data(FeedModel::NewRole).toBool());
    const auto hour = model.index(0).data(FeedModel::HourRole).toDateTime();
    QCOMPARE(hour.toSecsSinceEpoch() % 3600, 0);
    EventFilter filter;
    filter.sources = {1};
    desk.focus.setFilter(filter);
    QTRY_COMPARE(model.rowCount(), 834);
    QCOMPARE(resets.size(), 1);
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
