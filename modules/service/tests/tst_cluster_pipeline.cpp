// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cluster_pipeline.h"

#include "chrona/events/canonical_event.h"
#include "chrona/storage/cluster_store.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr Instant kStoryDay{std::chrono::sys_days(std::chrono::year(2026) / 11 / 18)};

struct Told {
    const char *ref;
    Duration at; ///< after kStoryDay
    const char *title;
    const char *publisher;
};

constexpr Told kReports[] = {
    {"1", 9h, "Abville harbour strike halts ferries to Corstadt", "reuters.com"},
    {"2", 10h, "Ferries to Corstadt halted as Abville harbour strike begins", "bbc.co.uk"},
    {"3", 32h, "Abville harbour strike enters second day, Corstadt ferries idle", "in.reuters.com"},
    {"4", 33h, "Dunbrook observatory finds comet with green tail", "reuters.com"},
    {"5", 55h, "Corstadt ferries still idle as Abville harbour strike goes on", "dw.com"},
    {"6", 56h, "Eldson cheese fair opens with record wheel of cheese", "bbc.co.uk"},
    {"7", 57h, "Record wheel of cheese at Eldson cheese fair", "dw.com"},
};

} // namespace

/// The stories must be what the stored reports say, whatever way these came in.
class TestClusterPipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void reportsBecomeStories();
    void wayOfArrivalDoesNotMatter();
    void nothingNewChangesNothing();
    void retractedReportLeavesItsStory();
    void pastMomentsKnowLess();
    void filtersFind();
    void clearedReportsLeaveNoStory();

private:
    [[nodiscard]] schema::Event eventOf(const Told &told) const;
    void store(std::initializer_list<int> numbers);
    ClustersMade refresh();
    [[nodiscard]] std::string table();
    [[nodiscard]] std::vector<schema::Cluster> find(const storage::ClusterQuery &query = {});

    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<storage::Connection> m_connection;
    schema::Source m_source;
};

void TestClusterPipeline::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestClusterPipeline::init()
{
    m_connection = std::make_unique<storage::Connection>(m_database->fresh());
    m_source = {};
    m_source.key = "desk";
    m_source.id = schema::sourceIdFor(m_source.key);
    m_source.name = "The desk";
    m_source.licence = "CC0-1.0";
    m_source.publisherFamily = "desk";
    QVERIFY(storage::storeSources(*m_connection, std::span(&m_source, 1)));
    QVERIFY(storage::ensurePartitions(*m_connection, "chrona_world.event",
                                      {kStoryDay - days(1), kStoryDay + days(7)}));
    QVERIFY(storage::ensurePartitions(*m_connection, "chrona_world.event_entity",
                                      {kStoryDay - days(1), kStoryDay + days(7)}));
}

schema::Event TestClusterPipeline::eventOf(const Told &told) const
{
    schema::Event event;
    event.type = schema::EventType::News;
    event.title = told.title;
    event.sourceRef = told.ref;
    event.times.observedAt = kStoryDay + told.at;
    event.times.publishedAt = event.times.observedAt;
    event.region = "US";
    schema::set(event.attributes, "publisher", std::string(told.publisher));
    return events::canonicalEvent(std::move(event), {m_source.id, schema::IngestMode::Full,
                                                     kStoryDay + told.at + 5min})
        .value();
}

void TestClusterPipeline::store(std::initializer_list<int> numbers)
{
    std::vector<schema::Event> events;
    for (const int number : numbers)
        events.push_back(eventOf(kReports[number - 1]));
    const auto stored = storage::storeEvents(*m_connection, events);
    QVERIFY2(stored, stored ? "" : stored.error().what.c_str());
}

ClustersMade TestClusterPipeline::refresh()
{
    const auto made = refreshClusters(*m_connection, kStoryDay - days(10), {});
    if (!made)
        qWarning("%s", made.error().what.c_str());
    return made.value_or(ClustersMade{-1, -1});
}

/// Everything that is kept of stories, as one text.
std::string TestClusterPipeline::table()
{
    std::string all;
    for (const char *sql : {"SELECT coalesce(string_agg(m::text, E'\\n' ORDER BY event_id), '') "
                            "FROM chrona_world.cluster_member m",
                            "SELECT coalesce(string_agg(c::text, E'\\n' ORDER BY id), '') FROM "
                            "chrona_world.cluster c"}) {
        const auto rows = m_connection->query(sql);
        all += (rows ? rows->first().string(0) : rows.error().what) + "\n";
    }
    return all;
}

std::vector<schema::Cluster> TestClusterPipeline::find(const storage::ClusterQuery &query)
{
    const auto page = storage::findClusters(*m_connection, query);
    if (!page)
        qWarning("%s", page.error().what.c_str());
    return page ? page->clusters : std::vector<schema::Cluster>{};
}

void TestClusterPipeline::reportsBecomeStories()
{
    store({1, 2, 3, 4, 5, 6, 7});
    QCOMPARE(refresh().days, 3);
    const auto stories = find();
    QCOMPARE(stories.size(), std::size_t{3}); // newest first
    const schema::Cluster &fair = stories[0], &strike = stories[1], &comet = stories[2];
    for (const schema::Cluster &story : stories)
        QVERIFY2(schema::validate(story).empty(),
                 schema::describe(schema::validate(story)).c_str());
    QCOMPARE(fair.members.size(), std::size_t{2});
    QCOMPARE(strike.members.size(), std::size_t{4});
    QCOMPARE(strike.publisherFamilies, 3U); // two feeds of Reuters confirm a report once
    QCOMPARE(strike.firstAt, kStoryDay + 9h);
    QCOMPARE(strike.firstSeenAt, kStoryDay + 9h + 5min);
    QCOMPARE(strike.lastAt, kStoryDay + 55h);
    QCOMPARE(strike.region, std::string("US"));
    QVERIFY(strike.id == schema::clusterIdFor(eventOf(kReports[0]).id));
    QCOMPARE(strike.confidence, 0.875F);
    QVERIFY(strike.novelty > 0.9F);
    QCOMPARE(comet.members.size(), std::size_t{1});
    QCOMPARE(comet.title, std::string(kReports[3].title));
}

void TestClusterPipeline::wayOfArrivalDoesNotMatter()
{
    store({1, 2, 3, 4, 5, 6, 7});
    refresh();
    const std::string atOnce = table();
    init();
    for (const int number : {6, 3, 1, 7, 5, 2, 4}) { // late ones change what was made before
        store({number});
        refresh();
    }
    QCOMPARE(table(), atOnce);
}

void TestClusterPipeline::nothingNewChangesNothing()
{
    store({1, 2, 3});
    QCOMPARE(refresh().days, 2);
    const std::string before = table();
    QCOMPARE(refresh().days, 0);
    QCOMPARE(table(), before);
}

void TestClusterPipeline::retractedReportLeavesItsStory()
{
    store({1, 2, 3});
    refresh();
    schema::Event gone = eventOf(kReports[1]);
    gone.state = schema::EventState::Retracted;
    gone.times.publishedAt = *gone.times.publishedAt + 1h;
    gone.contentHash = hashOf({"retracted"});
    QVERIFY(storage::storeEvents(*m_connection, std::span(&gone, 1)));
    refresh();
    QCOMPARE(find().front().members.size(), std::size_t{2});
    QCOMPARE(find().front().publisherFamilies, 1U);
}

void TestClusterPipeline::pastMomentsKnowLess()
{
    store({1, 2, 3, 4, 5, 6, 7});
    refresh();
    const auto then = find({.text = "Abville", .asOf = kStoryDay + 12h});
    QCOMPARE(then.size(), std::size_t{1});
    QCOMPARE(then[0].members.size(), std::size_t{2});
    QCOMPARE(then[0].lastAt, kStoryDay + 10h);
    QCOMPARE(then[0].publisherFamilies, 2U);
    QVERIFY(schema::validate(then[0]).empty());
    QVERIFY(find({.asOf = kStoryDay + 1h}).empty());
}

void TestClusterPipeline::filtersFind()
{
    store({1, 2, 3, 4, 5, 6, 7});
    refresh();
    QCOMPARE(find({.membersMin = 2}).size(), std::size_t{2});
    QCOMPARE(find({.text = "comet"}).size(), std::size_t{1});
    QCOMPARE(find({.confidenceMin = 0.8F}).size(), std::size_t{1});
    QCOMPARE(find({.from = kStoryDay + 34h}).size(), std::size_t{2});
    QCOMPARE(find({.to = kStoryDay + 24h}).size(), std::size_t{1});
    QCOMPARE(find({.types = {schema::EventType::Speech}}).size(), std::size_t{0});
    QCOMPARE(find({.events = {eventOf(kReports[6]).id}}).front().members.size(), std::size_t{2});
    const auto first = storage::findClusters(*m_connection, {.limit = 2});
    QVERIFY(first && first->next);
    const auto rest = storage::findClusters(*m_connection, {.after = first->next, .limit = 2});
    QVERIFY(rest && !rest->next);
    QCOMPARE(first->clusters.size() + rest->clusters.size(), std::size_t{3});
}

void TestClusterPipeline::clearedReportsLeaveNoStory()
{
    store({1, 2});
    refresh();
    QVERIFY(m_connection->exec("DELETE FROM chrona_world.event"));
    QCOMPARE(refresh().days, 1);
    QVERIFY(find().empty());
    QCOMPARE(table(), std::string("\n\n"));
}

QTEST_GUILESS_MAIN(TestClusterPipeline)
#include "tst_cluster_pipeline.moc"
