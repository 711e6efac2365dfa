// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/case_compare.h"
#include "chrona/workspace/event_groups.h"
#include "chrona/workspace/investigation.h"
#include "desk.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;

namespace {

std::vector<std::uint32_t> allRows(const EventSnapshot &snapshot)
{
    std::vector<std::uint32_t> rows(snapshot.columns.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row)
        rows[row] = row;
    return rows;
}

std::shared_ptr<const FormerEvents> formerOf(std::int64_t id, std::uint8_t severity)
{
    auto former = std::make_shared<FormerEvents>();
    former->rows = madeColumns(1);
    former->rows.id[0] = id;
    former->rows.observedAt[0] = kFirst + (id - 1) * kSecond;
    former->rows.severity[0] = severity;
    former->rows.source[0] = 1;
    former->rows.region[0] = 0;
    former->sources = {u"elsewhere"_s, u"noaa"_s}; // one of ours, at another place
    former->regions = {u"ZZ"_s};
    return former;
}

schema::CaseItem pinNamed(const char *key, const char *label, std::uint8_t evidence = 0)
{
    schema::CaseItem pin = newCaseItem(schema::CaseItemKind::Pin);
    pin.target.kind = schema::PinKind::Region;
    pin.target.key = key;
    pin.target.label = label;
    pin.evidence = Hash128{};
    pin.evidence.bytes[0] = evidence;
    return pin;
}

} // namespace

/// Events by what they have in common; events as they stood; two investigations side by side.
class TestEventGroups : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRowIsInOneGroup_data();
    void everyRowIsInOneGroup();
    void monthsBeginWithTheirFirstDay();
    void countryTakesItsParts();
    void modelFollowsTheSelector();
    void inactiveModelComputesNothing();
    void formerRowStandsInForTheCurrentOne();
    void storeShowsThePastAndComesBack();
    void newsAreMergedBelowThePast();
    void pinsAreComparedByWhatTheyStandFor();
};

void TestEventGroups::everyRowIsInOneGroup_data()
{
    QTest::addColumn<int>("by");
    for (const GroupBy by : {GroupBy::Type, GroupBy::Region, GroupBy::Country, GroupBy::Source,
                             GroupBy::Day, GroupBy::Week, GroupBy::Month})
        QTest::addRow("grouping %d", static_cast<int>(by)) << static_cast<int>(by);
}

void TestEventGroups::everyRowIsInOneGroup()
{
    QFETCH(int, by);
    const auto snapshot = snapshotOf(madeColumns(3'000));
    const auto groups = groupRows(*snapshot, allRows(*snapshot), static_cast<GroupBy>(by));
    std::size_t events = 0;
    double severity = 0;
    for (const EventGroup &group : groups) {
        QVERIFY(group.events > 0);
        QVERIFY(group.firstAt <= group.lastAt);
        QVERIFY(group.severityMean <= group.severityMax);
        events += group.events;
        severity += group.severityMean * group.events;
    }
    QCOMPARE(events, std::size_t{3'000});
    double expected = 0;
    for (const std::uint8_t one : snapshot->columns.severity)
        expected += one / 255.0;
    QVERIFY(std::abs(severity - expected) < 1e-6);
}

void TestEventGroups::monthsBeginWithTheirFirstDay()
{
    schema::EventColumns columns = madeColumns(2);
    columns.observedAt[0] = parseInstant("2026-02-28T23:59:59Z")->time_since_epoch().count();
    columns.observedAt[1] = parseInstant("2026-03-01T00:00:00Z")->time_since_epoch().count();
    const auto snapshot = snapshotOf(columns);
    const auto months = groupRows(*snapshot, {0, 1}, GroupBy::Month);
    QCOMPARE(months.size(), 2U);
    QCOMPARE(months[0].key, parseInstant("2026-02-01T00:00:00Z")->time_since_epoch().count());
    // Sunday the first of March belongs to the week of Monday, 23 February, as the day before does.
    const auto weeks = groupRows(*snapshot, {0, 1}, GroupBy::Week);
    QCOMPARE(weeks.size(), 1U);
    QCOMPARE(weeks[0].key, parseInstant("2026-02-23T00:00:00Z")->time_since_epoch().count());
}

void TestEventGroups::countryTakesItsParts()
{
    auto snapshot = std::make_shared<EventSnapshot>(*snapshotOf(madeColumns(6)));
    snapshot->regions = {u"US-TX"_s, u"CA"_s, u"US"_s, u"US-NY"_s, QString()};
    const auto groups = groupRows(*snapshot, allRows(*snapshot), GroupBy::Country);
    QCOMPARE(groups.size(), 3U); // none, CA, US
    QCOMPARE(groups[0].name, QString());
    QCOMPARE(groups[2].name, u"US"_s);
    QCOMPARE(groups[2].events, 4U); // rows 0, 2, 3 and 5
}

void TestEventGroups::modelFollowsTheSelector()
{
    Desk desk;
    EventGroupsModel model(desk.selector);
    model.setGroupBy(GroupBy::Source);
    desk.store.replace(snapshotOf(madeColumns(300)));
    desk.focus.setWindow(
        {Instant(Duration(kFirst)), Instant(Duration(kFirst + 299 * kSecond + 1))});
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_COMPARE(model.group(0).events + model.group(1).events + model.group(2).events, 300U);
    model.sort(EventGroupsModel::Group, Qt::AscendingOrder);
    QTRY_COMPARE(model.group(0).name, u"fed"_s);
    EventFilter filter;
    filter.sources = {1};
    desk.focus.setFilter(filter);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, EventGroupsModel::Share).data().toDouble(), 1.0);
}

void TestEventGroups::inactiveModelComputesNothing()
{
    Desk desk;
    EventGroupsModel model(desk.selector);
    desk.store.replace(snapshotOf(madeColumns(300)));
    QTRY_VERIFY(desk.selector.isSettled());
    QCOMPARE(model.rowCount(), 0);
    model.setGroupBy(GroupBy::Type);
    QTRY_VERIFY(model.rowCount() > 0);
    model.setGroupBy(std::nullopt);
    QTRY_COMPARE(model.rowCount(), 0);
}

void TestEventGroups::formerRowStandsInForTheCurrentOne()
{
    const auto present = snapshotOf(madeColumns(5));
    const EventSnapshot then = asItStood(*present, *formerOf(3, 200));
    QCOMPARE(then.columns.size(), std::size_t{5});
    QCOMPARE(then.columns.id[2], std::int64_t{3});
    QCOMPARE(int{then.columns.severity[2]}, 200);
    QCOMPARE(then.sources.value(then.columns.source[2]), u"noaa"_s);
    QCOMPARE(then.regions.value(then.columns.region[2]), u"ZZ"_s);
    QCOMPARE(then.sources.value(then.columns.source[1]), // the others are left alone
             present->sources.value(present->columns.source[1]));
    // One that has gone since comes back.
    QCOMPARE(asItStood(*present, *formerOf(77, 1)).columns.size(), std::size_t{6});
}

void TestEventGroups::storeShowsThePastAndComesBack()
{
    EventStore store;
    store.replace(snapshotOf(madeColumns(5)));
    store.setFormer(formerOf(3, 200));
    QTRY_COMPARE(int{store.snapshot()->columns.severity[2]}, 200);
    store.setFormer(nullptr);
    QTRY_COMPARE(int{store.snapshot()->columns.severity[2]}, 2);
}

void TestEventGroups::newsAreMergedBelowThePast()
{
    EventStore store;
    store.replace(snapshotOf(madeColumns(5)));
    store.setFormer(formerOf(3, 200));
    EventDelta news;
    news.rows = madeColumns(1);
    news.rows.id[0] = 9;
    news.rows.observedAt[0] = kFirst + 8 * kSecond;
    news.sequence = 4;
    store.append(news);
    QTRY_COMPARE(store.snapshot()->columns.size(), std::size_t{6});
    QCOMPARE(int{store.snapshot()->columns.severity[2]}, 200);
    store.setFormer(nullptr);
    QTRY_COMPARE(int{store.snapshot()->columns.severity[2]}, 2);
    QCOMPARE(store.snapshot()->columns.size(), std::size_t{6}); // the news stay
}

void TestEventGroups::pinsAreComparedByWhatTheyStandFor()
{
    schema::Investigation first, second;
    first.items = {pinNamed("US", "States", 1), pinNamed("JP", "Japan")};
    second.items = {pinNamed("US", "United States", 2), pinNamed("DE", "Germany")};
    first.items[0].tags = {"oil", "ships"};
    second.items[1].tags = {"ships"};
    schema::CaseItem gone = pinNamed("JP", "Japan");
    gone.removed = true;
    second.items.push_back(gone);
    const CaseComparison comparison = compare(first, second);
    QCOMPARE(comparison.both.size(), 1U);
    QCOMPARE(comparison.both[0].key, std::string("US"));
    QCOMPARE(comparison.seenOtherwise.size(), 1U);
    QCOMPARE(comparison.onlyFirst[0].key, std::string("JP"));
    QCOMPARE(comparison.onlySecond[0].key, std::string("DE"));
    QCOMPARE(comparison.sharedTags, std::vector<std::string>{"ships"});
}

QTEST_GUILESS_MAIN(TestEventGroups)
#include "tst_event_groups.moc"
