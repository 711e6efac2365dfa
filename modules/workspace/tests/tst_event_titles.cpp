// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../src/row_order.h"
#include "chrona/workspace/event_table_model.h"
#include "desk.h"

#include <QTest>

using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;
using namespace Qt::StringLiterals;

class TestEventTitles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsWaitForTheService();
    void answerToOldWordsIsNotShown();
    void failureLetsNothingPass();
    void arrivingEventsAreLookedUpAgain();
    void tableSortsByRank();
    void manyRanksAreSorted_data();
    void manyRanksAreSorted();

private:
    static void filterBy(Desk &desk, const QStringList &words)
    {
        EventFilter filter = desk.focus.filter();
        filter.words = words;
        desk.focus.setFilter(filter);
    }
    static void answer(Desk &desk, std::vector<std::int64_t> ids)
    {
        desk.answerMatches(ipc::WithColumns<ipc::TitleMatchQuery>{{}, {std::move(ids)}});
    }
    static std::size_t visibleCount(const Desk &desk)
    {
        return desk.selector.visible()->rows.size();
    }
};

void TestEventTitles::wordsWaitForTheService()
{
    Desk desk;
    desk.store.replace(snapshotOf(madeColumns(20)));
    QTRY_COMPARE(visibleCount(desk), 20U);
    filterBy(desk, {u"gulf"_s, u"storm"_s});
    QCOMPARE(desk.matchesAsked.size(), 1U);
    QVERIFY((desk.matchesAsked[0].words == std::vector<std::string>{"gulf", "storm"}));
    QVERIFY(!desk.selector.isSettled());
    QCOMPARE(visibleCount(desk), 20U); // what was shown stays until it is known
    answer(desk, {3, 7, 999});
    QTRY_COMPARE(visibleCount(desk), 2U);
    QTRY_VERIFY(desk.selector.isSettled());
    filterBy(desk, {});
    QTRY_COMPARE(visibleCount(desk), 20U);
    QCOMPARE(desk.matchesAsked.size(), 1U);
}

void TestEventTitles::answerToOldWordsIsNotShown()
{
    Desk desk;
    desk.store.replace(snapshotOf(madeColumns(20)));
    QTRY_COMPARE(visibleCount(desk), 20U);
    filterBy(desk, {u"gulf"_s});
    filterBy(desk, {u"storm"_s});
    QCOMPARE(desk.matchesAsked.size(), 1U); // one question at a time
    answer(desk, {1, 2, 3});
    QCOMPARE(desk.matchesAsked.size(), 2U);
    QVERIFY((desk.matchesAsked[1].words == std::vector<std::string>{"storm"}));
    answer(desk, {5});
    QTRY_COMPARE(visibleCount(desk), 1U);
}

void TestEventTitles::failureLetsNothingPass()
{
    Desk desk;
    desk.store.replace(snapshotOf(madeColumns(20)));
    QTRY_COMPARE(visibleCount(desk), 20U);
    filterBy(desk, {u"gulf"_s});
    desk.answerMatches(fail(ErrorCode::Unavailable, "the database is away"));
    QTRY_VERIFY(desk.selector.isSettled());
    QCOMPARE(visibleCount(desk), 0U);
    QVERIFY(desk.titles.problem().has_value());
}

void TestEventTitles::arrivingEventsAreLookedUpAgain()
{
    Desk desk;
    desk.store.replace(snapshotOf(madeColumns(20)));
    QTRY_COMPARE(visibleCount(desk), 20U);
    filterBy(desk, {u"gulf"_s});
    answer(desk, {5});
    QTRY_COMPARE(visibleCount(desk), 1U);
    desk.store.replace(snapshotOf(madeColumns(25)));
    QTRY_COMPARE(desk.matchesAsked.size(), 2U);
    answer(desk, {5, 24});
    QTRY_COMPARE(visibleCount(desk), 2U);
}

void TestEventTitles::tableSortsByRank()
{
    Desk desk;
    EventTableModel model(desk.selector, desk.texts, desk.titles);
    desk.store.replace(snapshotOf(madeColumns(6)));
    QTRY_COMPARE(model.rowCount(), 6);
    model.sort(EventTableModel::Title, Qt::AscendingOrder);
    QCOMPARE(desk.ordersAsked, 1);
    // Ranks wider than 16 bits, two that are equal, and an event that has none.
    desk.answerOrder(ipc::WithColumns<ipc::TitleOrderQuery>{
        {}, {{1, 2, 3, 4, 5}, {70'000, 3, 131'072, 3, 65'536}}});
    const auto shown = [&model] {
        QList<qint64> ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.eventAt(row));
        return ids;
    };
    QTRY_COMPARE(shown(), (QList<qint64>{4, 2, 5, 1, 3, 6}));
    model.sort(EventTableModel::Title, Qt::DescendingOrder);
    QTRY_COMPARE(shown(), (QList<qint64>{3, 1, 5, 4, 2, 6}));
    QCOMPARE(desk.ordersAsked, 1);
}

void TestEventTitles::manyRanksAreSorted_data()
{
    QTest::addColumn<bool>("descending");
    QTest::newRow("A to Z") << false;
    QTest::newRow("Z to A") << true;
}

/// More than one pass of the sort can tell apart, with titles alike and rows without one.
void TestEventTitles::manyRanksAreSorted()
{
    QFETCH(bool, descending);
    const auto snapshot = snapshotOf(madeColumns(9'000));
    const auto &ids = snapshot->columns.id;
    std::vector<std::int64_t> titled;
    std::vector<std::uint32_t> ranks;
    for (std::size_t row = 0; row < ids.size(); ++row)
        if (row % 7 != 3) {
            titled.push_back(ids[row]);
            ranks.push_back(std::uint32_t(row * 2'654'435'761U % 5'000));
        }
    const EventIdTable table(titled, ranks);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < ids.size(); ++row)
        if (row % 5 != 0)
            rows.push_back(row);
    std::vector<std::uint32_t> expected(rows.rbegin(), rows.rend());
    std::ranges::stable_sort(expected, [&](std::uint32_t one, std::uint32_t other) {
        const auto a = table.find(ids[one]), b = table.find(ids[other]);
        if (!a || !b)
            return a.has_value() && !b.has_value();
        return descending ? *a > *b : *a < *b;
    });
    QVERIFY(arrangedRows(*snapshot, rows, OrderBy::Title,
                         descending ? Direction::Descending : Direction::Ascending,
                         &table) == expected);
    QVERIFY(arrangedRows(*snapshot, rows, OrderBy::Title, Direction::Ascending,
                         std::make_unique<EventIdTable>().get()) ==
            std::vector<std::uint32_t>(rows.rbegin(), rows.rend()));
}

QTEST_MAIN(TestEventTitles)
#include "tst_event_titles.moc"
