// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_cache.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;

namespace {

schema::Event eventAt(std::int64_t id, int second, std::string region = "US")
{
    schema::Event made;
    made.id = {id};
    made.times.observedAt = Instant(std::chrono::seconds(second));
    made.region = std::move(region);
    return made;
}

constexpr auto kNoRevisions = EventCache::Revisions::None;

schema::EventColumns columnsOf(std::initializer_list<schema::Event> events)
{
    schema::EventColumns columns;
    for (const schema::Event &each : events)
        columns.append(each, 0, 0);
    return columns;
}

using Ids = QList<qint64>;

Ids idsOf(const schema::EventColumns &columns)
{
    return Ids(columns.id.begin(), columns.id.end());
}

/// A loader whose loading ends when the test says so.
struct HeldLoader {
    std::vector<std::function<void(Result<EventCache::Loaded>)>> begun;
    EventCache::Loader loader()
    {
        return [this](auto done) { begun.push_back(std::move(done)); };
    }
    void finish(Result<EventCache::Loaded> loaded)
    {
        const auto done = std::move(begun.front());
        begun.erase(begun.begin());
        done(std::move(loaded));
    }
};

} // namespace

class TestEventCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void joins_data();
    void joins();
    void nothingIsLoadedBeforeItIsAskedFor();
    void everyoneWhoWaitsGetsOneLoad();
    void whatIsStoredWhileLoadingIsInTheSnapshot();
    void aSnapshotIsNotChangedByLaterRows();
    void aNewRegionGrowsTheTable();
    void aRevisionReplacesItsRow();
    void aKnownEventIsNotToldAgain();
    void aFailedLoadIsTriedAgain();
    void aLoadThatWasOvertakenByAResetIsThrownAway();
    void whatIsTooOldStaysInTheDatabase();
};

void TestEventCache::joins_data()
{
    QTest::addColumn<Ids>("baseIds");
    QTest::addColumn<Ids>("tailIds"); // an id is also its time in seconds
    QTest::addColumn<Ids>("expected");
    QTest::newRow("nothing and nothing") << Ids{} << Ids{} << Ids{};
    QTest::newRow("only a base") << Ids{1, 2} << Ids{} << Ids{1, 2};
    QTest::newRow("only a tail, out of order") << Ids{} << Ids{3, 1, 2} << Ids{1, 2, 3};
    QTest::newRow("a later tail") << Ids{1, 2} << Ids{4, 3} << Ids{1, 2, 3, 4};
    QTest::newRow("an earlier tail") << Ids{3, 4} << Ids{2, 1} << Ids{1, 2, 3, 4};
    QTest::newRow("mixed") << Ids{1, 3, 5} << Ids{4, 2, 6} << Ids{1, 2, 3, 4, 5, 6};
    QTest::newRow("a row that is there already") << Ids{1, 2, 3} << Ids{2} << Ids{1, 2, 3};
    QTest::newRow("the same row twice in the tail") << Ids{1} << Ids{2, 2} << Ids{1, 2};
    QTest::newRow("all rows replaced") << Ids{1, 2} << Ids{2, 1} << Ids{1, 2};
}

void TestEventCache::joins()
{
    QFETCH(Ids, baseIds);
    QFETCH(Ids, tailIds);
    QFETCH(Ids, expected);
    schema::EventColumns base, tail;
    for (const qint64 id : baseIds)
        base.append(eventAt(id, static_cast<int>(id)), 0, 0);
    for (const qint64 id : tailIds)
        tail.append(eventAt(id, static_cast<int>(id)), 0, 0);
    const auto joined = joinColumns(base, tail);
    QCOMPARE(idsOf(joined), expected);
    QVERIFY(joined.isConsistent());
}

void TestEventCache::nothingIsLoadedBeforeItIsAskedFor()
{
    HeldLoader held;
    EventCache cache(held.loader());
    const std::vector events{eventAt(1, 1)};
    QCOMPARE(cache.add(events, "a", kNoRevisions).rows.size(), 0U);
    QVERIFY(held.begun.empty());
    QCOMPARE(cache.memoryBytes(), 0U);
}

void TestEventCache::everyoneWhoWaitsGetsOneLoad()
{
    HeldLoader held;
    EventCache cache(held.loader());
    int answers = 0;
    cache.request([&](const auto &result) { answers += result.has_value(); });
    cache.request([&](const auto &result) { answers += result.has_value(); });
    QCOMPARE(held.begun.size(), 1U);
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1)}), {"a"}, {""}});
    QCOMPARE(answers, 2);
}

void TestEventCache::whatIsStoredWhileLoadingIsInTheSnapshot()
{
    HeldLoader held;
    EventCache cache(held.loader());
    EventSnapshot seen;
    cache.request([&](const auto &result) { seen = *result; });
    const std::vector events{eventAt(2, 2, "FR"), eventAt(1, 1, "US")};
    (void)cache.add(events, "new", kNoRevisions);
    // The load saw event 1 as well: its commit was in time.
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1), eventAt(3, 3)}), {"old"}, {"", "US"}});
    QCOMPARE(idsOf(*seen.columns), (Ids{1, 2, 3}));
    QCOMPARE(seen.sources[seen.columns->source[1]], std::string("new"));
    QCOMPARE(seen.regions[seen.columns->region[1]], std::string("FR"));
    QCOMPARE(seen.regions[seen.columns->region[0]], std::string("US"));
}

void TestEventCache::aSnapshotIsNotChangedByLaterRows()
{
    HeldLoader held;
    EventCache cache(held.loader());
    EventSnapshot first, second;
    cache.request([&](const auto &result) { first = *result; });
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1)}), {"a"}, {""}});
    const std::vector events{eventAt(2, 2)};
    const EventDelta delta = cache.add(events, "a", kNoRevisions);
    QCOMPARE(idsOf(delta.rows), (Ids{2}));
    cache.request([&](const auto &result) { second = *result; });
    QCOMPARE(idsOf(*first.columns), (Ids{1}));
    QCOMPARE(idsOf(*second.columns), (Ids{1, 2}));
}

void TestEventCache::aNewRegionGrowsTheTable()
{
    HeldLoader held;
    EventCache cache(held.loader());
    cache.request([](const auto &) {});
    held.finish(EventCache::Loaded{{}, {"a"}, {"", "US"}});
    const std::vector known{eventAt(1, 1, "US")};
    QVERIFY(!cache.add(known, "a", kNoRevisions).tablesGrew);
    const std::vector fresh{eventAt(2, 2, "DE")};
    QVERIFY(cache.add(fresh, "a", kNoRevisions).tablesGrew);
    QCOMPARE(cache.regions().back(), std::string("DE"));
}

void TestEventCache::aRevisionReplacesItsRow()
{
    HeldLoader held;
    EventCache cache(held.loader());
    EventSnapshot seen;
    cache.request([](const auto &) {});
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1), eventAt(2, 2)}), {"a"}, {""}});
    const std::vector events{eventAt(1, 5)};
    const EventDelta delta = cache.add(events, "a", EventCache::Revisions::Some);
    QCOMPARE(delta.removed.size(), 1U);
    cache.request([&](const auto &result) { seen = *result; });
    QCOMPARE(idsOf(*seen.columns), (Ids{2, 1}));
}

void TestEventCache::aKnownEventIsNotToldAgain()
{
    HeldLoader held;
    EventCache cache(held.loader());
    cache.request([](const auto &) {});
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1)}), {"a"}, {""}});
    schema::Event again = eventAt(1, 1, "");
    again.times.ingestedAt = Instant(std::chrono::hours(5));
    const std::vector both{again, eventAt(2, 2, "")};
    QCOMPARE(idsOf(cache.add(both, "a", kNoRevisions).rows), (Ids{2}));
    // Neither from the base nor from what came since.
    const EventDelta delta = cache.add(both, "a", kNoRevisions);
    QCOMPARE(delta.rows.size(), 0U);
    QVERIFY(delta.removed.empty());
}

void TestEventCache::whatIsTooOldStaysInTheDatabase()
{
    HeldLoader held;
    EventCache cache(held.loader());
    EventSnapshot seen;
    const auto look = [&] { cache.request([&](const auto &result) { seen = *result; }); };
    look();
    const Instant since = Instant(std::chrono::seconds(10));
    held.finish(EventCache::Loaded{columnsOf({eventAt(10, 10), eventAt(11, 11)}), {"a"}, {""},
                                   since, 40});
    QCOMPARE(seen.since, std::optional(since));
    QCOMPARE(seen.older, 40U);
    const std::vector events{eventAt(9, 9), eventAt(12, 12)};
    QCOMPARE(idsOf(cache.add(events, "a", kNoRevisions).rows), (Ids{12}));
    look();
    QCOMPARE(idsOf(*seen.columns), (Ids{10, 11, 12}));
    QCOMPARE(seen.older, 41U);
    // One that is revised may have been here under another time: it is taken, and taken out.
    const std::vector moved{eventAt(11, 8)};
    const EventDelta delta = cache.add(moved, "a", EventCache::Revisions::Some);
    QCOMPARE(delta.removed.size(), 1U);
    look();
    QCOMPARE(idsOf(*seen.columns), (Ids{11, 10, 12}));
    cache.reset();
    look();
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1)}), {"a"}, {""}});
    QVERIFY(!seen.since);
    QCOMPARE(seen.older, 0U);
}

void TestEventCache::aFailedLoadIsTriedAgain()
{
    HeldLoader held;
    EventCache cache(held.loader());
    bool failed = false;
    cache.request([&](const auto &result) { failed = !result; });
    held.finish(fail(ErrorCode::Unavailable, "the database went away"));
    QVERIFY(failed);
    cache.request([](const auto &) {});
    QCOMPARE(held.begun.size(), 1U);
}

void TestEventCache::aLoadThatWasOvertakenByAResetIsThrownAway()
{
    HeldLoader held;
    EventCache cache(held.loader());
    EventSnapshot seen;
    cache.request([&](const auto &result) { seen = *result; });
    cache.reset();
    held.finish(EventCache::Loaded{columnsOf({eventAt(1, 1)}), {"a"}, {""}});
    QVERIFY(!seen.columns);
    QCOMPARE(held.begun.size(), 1U);
    held.finish(EventCache::Loaded{columnsOf({eventAt(2, 2)}), {"a"}, {""}});
    QCOMPARE(idsOf(*seen.columns), (Ids{2}));
}

QTEST_GUILESS_MAIN(TestEventCache)
#include "tst_event_cache.moc"
