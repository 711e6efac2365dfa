// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/event_titles.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/test_database.h"
#include "sample_events.h"

#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <optional>
#include <set>
#include <thread>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

class TestEventColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void rowsAreOrderedAndComplete();
    void packedIsWhatTheServerWouldMake();
    void windowKeepsTheTables();
    void twoConnectionsReadWhatOneReads();
    void oneConnectionIsEnough();
    void bothHalvesSeeOneSnapshot();
    void settledRowsNeedNoMarkingByReaders();
    void titlesAreFoundByWords();
    void titlesAreRanked();
    void formerRevisionsAreThoseThatStood();

private:
    /// Enough for the load to be shared, and no more: half a per cent of them is the sample.
    static constexpr std::size_t kManyEvents = 40'000;

    void store(std::span<const Event> events)
    {
        const auto report = storeEvents(*m_connection, events);
        QVERIFY2(report, report ? "" : report.error().what.c_str());
    }

    std::unique_ptr<TestDatabase> m_database;
    std::string m_connectionString;
    std::optional<Connection> m_connection;
};

namespace {

bool isSame(const EventColumns &left, const EventColumns &right)
{
    return left.id == right.id && left.observedAt == right.observedAt &&
           left.availableAt == right.availableAt && left.longitude == right.longitude &&
           left.latitude == right.latitude && left.type == right.type &&
           left.severity == right.severity && left.confidence == right.confidence &&
           left.flags == right.flags && left.source == right.source && left.region == right.region;
}

/// As reading gives them: in the order of time, which sampleEvents() keeps.
EventColumns columnsOf(std::span<const Event> events, EventTables &tables)
{
    EventColumns columns;
    for (const Event &event : events) {
        const std::uint16_t source = tables.sourceIndex(event.source);
        columns.append(event, source, tables.regionIndex(event.region));
    }
    return columns;
}

} // namespace

void TestEventColumns::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestEventColumns::init()
{
    m_connectionString = m_database->freshConnectionString();
    auto connection = Connection::open(m_connectionString);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
}

void TestEventColumns::rowsAreOrderedAndComplete()
{
    auto events = sampleEvents(1000);
    events[5].state = EventState::Retracted;
    events[6].synthetic = true;
    for (std::size_t i = 481; i < 520; ++i) // one moment in both halves: by id then
        events[i].times.observedAt = events[480].times.observedAt;
    store(std::span(events).subspan(500));
    store(std::span(events).first(500)); // the older ones later
    std::ranges::sort(
        events, {}, [](const Event &event) { return std::pair(event.times.observedAt, event.id); });
    EventColumns columns;
    EventTables tables;
    const Status loaded = loadEventColumns(*m_connection, columns, tables);
    QVERIFY2(loaded, loaded ? "" : loaded.error().what.c_str());
    QVERIFY(columns.isConsistent());
    QVERIFY(isSame(columns, columnsOf(events, tables)));
    QCOMPARE(tables.regions.size(), std::size_t{3});
    QCOMPARE(tables.sources.size(), std::size_t{3});
}

/// Rows from before the column got it from the server: by the migration's own expression.
void TestEventColumns::packedIsWhatTheServerWouldMake()
{
    auto events = sampleEvents(50);
    events[1].geometry = {};
    events[2].geometry = {Geometry::Kind::Lines, {}, {{{-123.4, 48.9}, {179.99, -0.1}}}, {}};
    events[3].region = "a\\b\\";
    events[4].synthetic = !events[4].synthetic;
    events[5].state = EventState::Retracted;
    store(events);
    const std::string_view sql =
        std::ranges::find(builtInMigrations(), 23, &Migration::version)->sql;
    const auto from = sql.find("AS (") + 3, to = sql.find(" STORED");
    QVERIFY(from < to && to != sql.npos);
    const auto rows = m_connection->query(
        std::format("SELECT count(*), count(*) FILTER (WHERE packed = {}) FROM chrona_world.event",
                    sql.substr(from, to - from))
            .c_str());
    QVERIFY2(rows, rows ? "" : rows.error().what.c_str());
    QCOMPARE(rows->at(0).int64(0), 50);
    QCOMPARE(rows->at(0).int64(1), 50);
}

void TestEventColumns::windowKeepsTheTables()
{
    const auto events = sampleEvents(100);
    store(events);
    EventColumns columns;
    EventTables tables;
    const Instant middle = events[60].times.observedAt;
    QVERIFY(loadEventColumns(*m_connection, columns, tables, {.to = middle}));
    QCOMPARE(columns.size(), std::size_t{60});
    const auto regions = tables.regions;
    QVERIFY(loadEventColumns(*m_connection, columns, tables, {.from = middle}));
    QCOMPARE(columns.size(), std::size_t{100});
    QVERIFY(tables.regions == regions);
    QVERIFY(std::ranges::is_sorted(columns.observedAt));
}

void TestEventColumns::twoConnectionsReadWhatOneReads()
{
    auto events = sampleEvents(kManyEvents);
    // A region and a source that only the newer half has: its tables are not the older half's.
    events[0].region = "MX";
    events.back().region = "BR";
    events.back().source = {77};
    store(events);
    auto pool = Pool::open(m_connectionString, 2);
    QVERIFY(pool);
    EventColumns columns;
    EventTables tables;
    const Status loaded = loadEventColumns(**pool, columns, tables);
    QVERIFY2(loaded, loaded ? "" : loaded.error().what.c_str());
    QVERIFY(isSame(columns, columnsOf(events, tables)));
    QCOMPARE(tables.regions[columns.region.back()], std::string("BR"));
    QCOMPARE(tables.sources[columns.source.back()].value, 77);
    // Both connections came back, and neither is left within the snapshot.
    const auto first = (*pool)->take(), second = (*pool)->take();
    QVERIFY(first && second);
    QVERIFY((*pool)->takeIfFree() == std::nullopt);
}

void TestEventColumns::oneConnectionIsEnough()
{
    const auto events = sampleEvents(200);
    store(events);
    auto pool = Pool::open(m_connectionString, 1);
    QVERIFY(pool);
    EventColumns columns;
    EventTables tables;
    QVERIFY(loadEventColumns(**pool, columns, tables));
    QVERIFY(isSame(columns, columnsOf(events, tables)));
}

void TestEventColumns::bothHalvesSeeOneSnapshot()
{
    store(sampleEvents(kManyEvents));
    auto pool = Pool::open(m_connectionString, 2);
    QVERIFY(pool);
    // Pairs of an old and a new event, each stored in one transaction while the columns are read:
    // one snapshot holds both of a pair or neither.
    const std::jthread writer([this](const std::stop_token &stop) {
        auto own = Connection::open(m_connectionString);
        for (std::size_t pair = 0; own && !stop.stop_requested(); ++pair) {
            auto events = sampleEvents(2, kManyEvents + 2 * pair);
            events[0].times = sampleEvents(1, 7)[0].times;
            std::ignore = storeEvents(*own, events);
        }
    });
    for (int round = 0; round < 5; ++round) {
        EventColumns columns;
        EventTables tables;
        QVERIFY(loadEventColumns(**pool, columns, tables));
        QCOMPARE(columns.size() % 2, std::size_t{0});
    }
}

void TestEventColumns::settledRowsNeedNoMarkingByReaders()
{
    store(sampleEvents(5'000));
    const auto pages = [this](const char *sum) {
        const auto rows = m_connection->query(
            std::format("SELECT coalesce(sum({}), 0)::bigint FROM pg_class "
                        "WHERE relkind = 'r' AND relname LIKE 'event\\_%' AND relispartition",
                        sum)
                .c_str());
        return rows ? rows->first().int64(0) : -1;
    };
    QCOMPARE(pages("relallvisible"), 0);
    QVERIFY(settleTables(*m_connection));
    QVERIFY(pages("relpages") > 100);
    // Postgres extends tables by several pages at once; the last of them may still be empty.
    QVERIFY(pages("relallvisible") * 100 >= pages("relpages") * 95);
}

void TestEventColumns::titlesAreFoundByWords()
{
    auto events = sampleEvents(4);
    events[0].title = "Storm over the Gulf";
    events[1].title = "GULF states meet";
    events[2].title = "Growth of 100% in Ägypten";
    events[3].title = "Growth of 1000";
    store(events);
    const auto found = [this](std::vector<std::string> words) {
        auto ids = eventsTitled(*m_connection, words);
        std::set<std::int64_t> set;
        if (ids)
            set.insert(ids->begin(), ids->end());
        return set;
    };
    const auto id = [&events](std::size_t index) { return events[index].id.value; };
    QVERIFY((found({"gulf"}) == std::set{id(0), id(1)}));
    QVERIFY((found({"gulf", "storm"}) == std::set{id(0)}));
    QVERIFY((found({"100%"}) == std::set{id(2)})); // no pattern, and no statement either
    QVERIFY((found({"ägypten"}) == std::set{id(2)}));
    QVERIFY((found({"'; DROP TABLE chrona_world.event; --"}).empty()));
    QVERIFY((found({"1_0"}).empty()));
    QVERIFY(!eventsTitled(*m_connection, {}));
}

void TestEventColumns::titlesAreRanked()
{
    auto events = sampleEvents(4);
    events[0].title = "beta";
    events[1].title = "Alpha";
    events[2].title = "alpha";
    events[3].title = "Gamma";
    store(events);
    const auto ranks = rankTitles(*m_connection);
    QVERIFY(ranks);
    std::map<std::int64_t, std::uint32_t> byId;
    for (std::size_t row = 0; row < ranks->id.size(); ++row)
        byId[ranks->id[row]] = ranks->rank[row];
    QCOMPARE(byId.size(), 4U);
    QCOMPARE(byId[events[1].id.value], 1U);
    QCOMPARE(byId[events[2].id.value], 1U);
    QCOMPARE(byId[events[0].id.value], 2U);
    QCOMPARE(byId[events[3].id.value], 3U);
}

void TestEventColumns::formerRevisionsAreThoseThatStood()
{
    auto events = sampleEvents(3);
    store(events);
    const Event first = events[1];
    const auto again = [&first](const char *title, std::chrono::minutes later) {
        Event event = first;
        event.title = title;
        event.contentHash = hashOf({event.title});
        event.times.publishedAt = *event.times.publishedAt + later;
        event.times.ingestedAt += later;
        return event;
    };
    const Event second = again("second", std::chrono::minutes(60));
    const Event third = again("third", std::chrono::minutes(120));
    store({&second, 1});
    store({&third, 1});
    const Instant published = *first.times.publishedAt;
    const auto titles = [&](std::chrono::minutes after) {
        std::vector<std::string> found;
        const auto former = loadFormer(*m_connection, published + after);
        if (former)
            for (const Event &event : *former)
                found.push_back(event.title);
        return found;
    };
    using Titles = std::vector<std::string>;
    QCOMPARE(titles(std::chrono::minutes(-1)), Titles{}); // nobody knew of it
    QCOMPARE(titles(std::chrono::minutes(30)), Titles{first.title});
    QCOMPARE(titles(std::chrono::minutes(90)), Titles{"second"});
    QCOMPARE(titles(std::chrono::minutes(500)), Titles{}); // what stands now is no former one
    const std::vector<EventId> ids{first.id, events[0].id};
    const auto called = loadTexts(*m_connection, ids, published + std::chrono::minutes(90));
    QVERIFY(called.has_value());
    QCOMPARE(called->size(), std::size_t{2});
    for (const EventText &text : *called)
        QCOMPARE(text.title, text.id == first.id ? "second" : events[0].title);
    QVERIFY(loadFormer(*m_connection, published + std::chrono::minutes(30), 0).error().code ==
            ErrorCode::Exhausted);
}

QTEST_GUILESS_MAIN(TestEventColumns)
#include "tst_event_columns.moc"
