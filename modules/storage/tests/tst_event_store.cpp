// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/private_cluster.h"
#include "chrona/storage/provenance.h"
#include "sample_events.h"

#include <QTest>

#include <set>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

using Geometries = std::vector<Geometry>;

class TestEventStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { beginFresh(); }
    void eventComesBackAsItWas_data();
    void eventComesBackAsItWas();
    void repeatedBatchIsDuplicates();
    void repeatsWithinABatchAreCounted();
    void changedContentIsARevision();
    void revisionsWithinABatchAreTakenInOrder();
    void readingTheLogAgainChangesNothing();
    void returnToAnEarlierStatementIsARevision();
    void revisionMayMoveInTime();
    void retractionErasesNothing();
    void asOfShowsWhatWasSaidThen();
    void refusedEventLeavesNothing();
    void storeIsPartOfTheCallersTransaction();
    void oldAndFarEventsFindTheirRange();
    void query_data();
    void query();
    void pagesCoverEverythingOnce();
    void boxMayCrossTheAntimeridian();
    void clearingTakesSyntheticOnly();

private:
    [[nodiscard]] std::int64_t count(const char *table)
    {
        const std::string sql = std::string("SELECT count(*) FROM chrona_world.") + table;
        return m_connection->query(sql.c_str())->first().int64(0);
    }
    StoreReport store(std::span<const Event> events)
    {
        const auto report = storeEvents(*m_connection, events);
        if (!report)
            QTest::qFail(report.error().what.c_str(), __FILE__, __LINE__);
        return report.value_or(StoreReport{-1, -1, -1});
    }
};

void TestEventStore::eventComesBackAsItWas_data()
{
    QTest::addColumn<Geometry>("geometry");
    const auto row = [](const char *name, Geometry geometry) { QTest::newRow(name) << geometry; };
    const Ring square{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    const Ring hole{{2, 2}, {2, 3}, {3, 3}, {3, 2}, {2, 2}};
    row("without a place", {});
    row("at a point of many digits", Geometry::at({1.0 / 3, -89.999999999}));
    row("at the corner of the world", Geometry::at({-180, 90}));
    row("at several points", {Geometry::Kind::Point, {{1, 2}, {3.5, -4.25}}, {}, {}});
    row("along lines", {Geometry::Kind::Lines, {}, {{{0, 0}, {1, 1.5}}, {{5, 5}, {6, 6}}}, {}});
    row("in areas with a hole", {Geometry::Kind::Areas, {}, {}, {{square, hole}, {square}}});
    row("along a line of many digits", {Geometry::Kind::Lines, {}, {{{0.1, 1.0 / 3}, {2, 2}}}, {}});
}

void TestEventStore::eventComesBackAsItWas()
{
    QFETCH(Geometry, geometry);
    Event event = sampleEvents(2)[1];
    event.geometry = geometry;
    QVERIFY(validate(event).empty());
    QCOMPARE(store({&event, 1}).accepted, 1);
    const auto loaded = loadEvent(*m_connection, event.id);
    QVERIFY2(loaded, loaded ? "" : loaded.error().what.c_str());
    QVERIFY(*loaded == event);
}

void TestEventStore::repeatedBatchIsDuplicates()
{
    const auto events = sampleEvents(500);
    QVERIFY((store(events) == StoreReport{500, 0, 0}));
    QVERIFY((store(events) == StoreReport{0, 500, 0}));
    const auto overlapping = sampleEvents(500, 300);
    QVERIFY((store(overlapping) == StoreReport{300, 200, 0}));
    QCOMPARE(count("event"), 800);
    QCOMPARE(count("event_key"), 800);
    QCOMPARE(count("event_entity"), 1600);
    QCOMPARE(count("event_revision"), 0);
}

void TestEventStore::repeatsWithinABatchAreCounted()
{
    auto events = sampleEvents(10);
    events.push_back(events[3]);
    events.push_back(events[3]);
    QVERIFY((store(events) == StoreReport{10, 2, 0}));
    QCOMPARE(count("event"), 10);
}

static Event revised(Event event, std::string title, std::chrono::minutes later)
{
    event.title = std::move(title);
    event.contentHash = hashOf({event.title});
    event.times.publishedAt = *event.times.publishedAt + later;
    event.times.ingestedAt += later;
    return event;
}

void TestEventStore::changedContentIsARevision()
{
    const auto events = sampleEvents(3);
    store(events);
    const Event second = revised(events[1], "Magnitude 5.1, was 4.9", std::chrono::minutes(30));
    QVERIFY((store({&second, 1}) == StoreReport{0, 0, 1}));
    QVERIFY((store({&second, 1}) == StoreReport{0, 1, 0}));
    const auto revisions = loadRevisions(*m_connection, second.id);
    QVERIFY2(revisions, revisions ? "" : revisions.error().what.c_str());
    QCOMPARE(revisions->size(), std::size_t{2});
    QVERIFY(revisions->front() == events[1]);
    Event expected = second;
    expected.revision = 2;
    expected.state = EventState::Revised;
    QVERIFY(revisions->back() == expected);
    QCOMPARE(count("event"), 3);
    QCOMPARE(count("event_entity"), 6);
}

void TestEventStore::revisionsWithinABatchAreTakenInOrder()
{
    auto events = sampleEvents(2);
    events.push_back(revised(events[0], "second", std::chrono::minutes(1)));
    events.push_back(revised(events[0], "third", std::chrono::minutes(2)));
    QVERIFY((store(events) == StoreReport{2, 0, 2}));
    const auto revisions = loadRevisions(*m_connection, events[0].id);
    QCOMPARE(revisions->size(), std::size_t{3});
    QCOMPARE(revisions->at(1).title, std::string("second"));
    QCOMPARE(revisions->at(2).title, std::string("third"));
    QCOMPARE(revisions->at(2).revision, 3U);
}

void TestEventStore::readingTheLogAgainChangesNothing()
{
    const Event first = sampleEvents(1)[0];
    const Event second = revised(first, "second", std::chrono::minutes(1));
    store({&first, 1});
    store({&second, 1});
    QVERIFY((store({&first, 1}) == StoreReport{0, 1, 0}));
    QVERIFY((store({&second, 1}) == StoreReport{0, 1, 0}));
    QCOMPARE(loadEvent(*m_connection, first.id)->title, std::string("second"));
}

void TestEventStore::returnToAnEarlierStatementIsARevision()
{
    const Event first = sampleEvents(1)[0];
    const Event second = revised(first, "second", std::chrono::minutes(1));
    const Event third = revised(first, first.title, std::chrono::minutes(2));
    Event back = third;
    back.contentHash = first.contentHash;
    store({&first, 1});
    store({&second, 1});
    QVERIFY((store({&back, 1}) == StoreReport{0, 0, 1}));
    QCOMPARE(loadEvent(*m_connection, first.id)->revision, 3U);
}

void TestEventStore::revisionMayMoveInTime()
{
    const Event first = sampleEvents(1)[0];
    store({&first, 1});
    Event second = revised(first, "later than thought", std::chrono::minutes(5));
    second.times.observedAt += std::chrono::days(200); // another range
    second.times.publishedAt = second.times.observedAt;
    QVERIFY((store({&second, 1}) == StoreReport{0, 0, 1}));
    QCOMPARE(count("event"), 1);
    QVERIFY(loadEvent(*m_connection, first.id)->times.observedAt == second.times.observedAt);
    QVERIFY((store({&second, 1}) == StoreReport{0, 1, 0}));
}

void TestEventStore::retractionErasesNothing()
{
    const Event event = sampleEvents(1)[0];
    store({&event, 1});
    const Instant at = event.times.ingestedAt + std::chrono::hours(1);
    QVERIFY(retractEvent(*m_connection, event.id, at));
    QVERIFY(retractEvent(*m_connection, event.id, at));
    const auto revisions = loadRevisions(*m_connection, event.id);
    QCOMPARE(revisions->size(), std::size_t{2});
    QVERIFY(revisions->front() == event);
    QVERIFY(revisions->back().state == EventState::Retracted);
    QCOMPARE(revisions->back().title, event.title);
    QVERIFY(findEvents(*m_connection, {})->empty());
    QCOMPARE(findEvents(*m_connection, {.withRetracted = true})->size(), std::size_t{1});
    QCOMPARE(findEvents(*m_connection, {.asOf = at - std::chrono::minutes(1)})->size(),
             std::size_t{1});
    const Status unknown = retractEvent(*m_connection, {12345}, at);
    QVERIFY(!unknown);
    QVERIFY(unknown.error().code == ErrorCode::NotFound);
}

void TestEventStore::asOfShowsWhatWasSaidThen()
{
    const Event first = sampleEvents(1)[0];
    Event second = revised(first, "second", std::chrono::minutes(60));
    second.entities = {{{77}, EntityRole::Actor, 1.0F}};
    store({&first, 1});
    store({&second, 1});
    const Instant published = *first.times.publishedAt;
    const auto at = [&](Instant asOf) { return findEvents(*m_connection, {.asOf = asOf}); };
    QVERIFY(at(published - std::chrono::minutes(1))->empty());
    QVERIFY(at(published)->front() == first);
    QVERIFY(at(published + std::chrono::minutes(59))->front() == first);
    QCOMPARE(at(published + std::chrono::minutes(60))->front().title, std::string("second"));
    QCOMPARE(at(published + std::chrono::minutes(60))->size(), std::size_t{1});
    const EntityId former = first.entities.front().entity;
    QCOMPARE(findEvents(*m_connection, {.entity = former, .asOf = published})->size(),
             std::size_t{1});
    QVERIFY(findEvents(*m_connection, {.entity = former})->empty());
    QCOMPARE(findEvents(*m_connection, {.entity = EntityId{77}})->size(), std::size_t{1});
}

void TestEventStore::refusedEventLeavesNothing()
{
    auto events = sampleEvents(100);
    events[50].confidence = 7; // breaks a check of the table
    const auto stored = storeEvents(*m_connection, events);
    QVERIFY(!stored);
    QVERIFY(stored.error().code == ErrorCode::InvalidInput);
    QVERIFY(!stored.error().retryable);
    QCOMPARE(count("event_key"), 0);
    events[50].confidence = 0.5F;
    events[50].title = std::string("a\0b", 3);
    QVERIFY(!storeEvents(*m_connection, events));
    events[50].title = "whole";
    QVERIFY((store(events) == StoreReport{100, 0, 0}));
}

void TestEventStore::storeIsPartOfTheCallersTransaction()
{
    const auto events = sampleEvents(10);
    {
        auto transaction = Transaction::begin(*m_connection);
        QVERIFY(transaction);
        store(events);
    }
    QCOMPARE(count("event"), 0);
    QCOMPARE(count("event_key"), 0);
    auto transaction = Transaction::begin(*m_connection);
    store(events);
    QVERIFY(transaction->commit());
    QCOMPARE(count("event"), 10);
}

void TestEventStore::oldAndFarEventsFindTheirRange()
{
    auto events = sampleEvents(3);
    const char *moments[] = {"0001-01-01", "1969-07-20T20:17:40Z", "2016-02-29T23:59:59Z"};
    for (std::size_t i = 0; i < 3; ++i)
        events[i].times.observedAt = parseInstant(moments[i]).value();
    QCOMPARE(store(events).accepted, 3);
    QVERIFY(rowsInDefaultPartitions(*m_connection)->empty());
    auto far = sampleEvents(1, 10);
    far[0].times.observedAt = parseInstant("9999-12-31").value();
    QCOMPARE(store(far).accepted, 1);
    const auto alarm = rowsInDefaultPartitions(*m_connection);
    QCOMPARE(alarm->size(), std::size_t{2}); // the event and its links
    QCOMPARE(alarm->front().rows, 1);
    QVERIFY(loadEvent(*m_connection, far[0].id));
}

void TestEventStore::query_data()
{
    QTest::addColumn<EventQuery>("query");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char *name, EventQuery query, qint64 expected) {
        QTest::newRow(name) << query << expected;
    };
    const Instant begin = parseInstant("2024-01-01").value();
    row("everything", {}, 240);
    row("from a moment on", {.from = begin + std::chrono::minutes(37 * 200)}, 40);
    row("before a moment", {.to = begin + std::chrono::minutes(37 * 200)}, 200);
    row("of one type", {.types = {EventType::Earthquake}}, 10);
    row("of two types", {.types = {EventType::Earthquake, EventType::Flood}}, 20);
    row("of a source", {.sources = {{2}}}, 80);
    row("of a country takes its states", {.regions = {"US"}}, 120);
    row("of a state", {.regions = {"US-TX"}}, 120);
    row("of an unknown region", {.regions = {"U"}}, 0);
    row("about an entity", {.entity = EntityId{7}}, 5);
    row("text in any case", {.text = "NUMBER 23"}, 11);
    row("a pattern is only text", {.text = "%"}, 0);
    row("sure enough", {.confidenceMin = 0.5F}, 144);
    row("severe enough", {.severityMin = 0.95F}, 21);
    row("in a box", {.box = GeoBox{-180, -90, -170, 90}}, 8);
    row("a quote in the text is harmless", {.text = "'; DROP TABLE x; --"}, 0);
    row("not more than asked for", {.limit = 7}, 7);
}

void TestEventStore::query()
{
    QFETCH(EventQuery, query);
    QFETCH(qint64, expected);
    store(sampleEvents(240));
    for (const Order order : {Order::NewestFirst, Order::OldestFirst}) {
        query.order = order;
        const auto found = findEvents(*m_connection, query);
        QVERIFY2(found, found ? "" : found.error().what.c_str());
        QCOMPARE(static_cast<qint64>(found->size()), expected);
        QVERIFY(std::ranges::is_sorted(*found, [order](const Event &left, const Event &right) {
            return order == Order::NewestFirst ? left.times.observedAt > right.times.observedAt
                                               : left.times.observedAt < right.times.observedAt;
        }));
    }
    query.asOf = parseInstant("2030-01-01").value(); // all was available by then
    QCOMPARE(static_cast<qint64>(findEvents(*m_connection, query)->size()), expected);
    query.limit = 1000;
    if (expected != 7)
        QCOMPARE(countEvents(*m_connection, query).value(), expected);
}

void TestEventStore::pagesCoverEverythingOnce()
{
    auto events = sampleEvents(100);
    for (Event &event : events) // many at one moment: the id decides
        event.times.observedAt = events.front().times.observedAt;
    store(events);
    for (const Order order : {Order::NewestFirst, Order::OldestFirst}) {
        std::set<std::int64_t> seen;
        EventQuery query{.order = order, .limit = 7};
        for (;;) {
            const auto page = findEvents(*m_connection, query);
            QVERIFY(page);
            if (page->empty())
                break;
            for (const Event &event : *page)
                QVERIFY(seen.insert(event.id.value).second);
            query.after = {page->back().times.observedAt, page->back().id};
        }
        QCOMPARE(seen.size(), std::size_t{100});
    }
}

void TestEventStore::boxMayCrossTheAntimeridian()
{
    auto events = sampleEvents(3);
    events[0].geometry = Geometry::at({179, 0});
    events[1].geometry = Geometry::at({-179, 0});
    events[2].geometry = Geometry::at({0, 0});
    store(events);
    const auto found = findEvents(*m_connection, {.box = GeoBox{170, -10, -170, 10}});
    QCOMPARE(found->size(), std::size_t{2});
}

void TestEventStore::clearingTakesSyntheticOnly()
{
    auto events = sampleEvents(300);
    // A mixed range, and the last quarter of the sample all synthetic.
    for (std::size_t i = 100; i < 300; ++i)
        events[i].synthetic = true;
    for (std::size_t i = 200; i < 300; ++i)
        events[i].times.observedAt += std::chrono::days(400);
    store(events);
    const auto cleared = clearSynthetic(*m_connection);
    QVERIFY2(cleared, cleared ? "" : cleared.error().what.c_str());
    QCOMPARE(*cleared, 200);
    QCOMPARE(count("event"), 100);
    QCOMPARE(count("event_key"), 100);
    QCOMPARE(count("event_entity"), 200);
    QVERIFY((store(events) == StoreReport{200, 100, 0}));
}

QTEST_GUILESS_MAIN(TestEventStore)
#include "tst_event_store.moc"
