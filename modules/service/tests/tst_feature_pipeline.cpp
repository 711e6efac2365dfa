// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cancelled_job.h"
#include "feature_pipeline.h"
#include "feature_sources.h"
#include "feature_trigger.h"

#include "chrona/base/clock.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <algorithm>
#include <format>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;

/// The table must be what a build from nothing makes of the same facts, whatever way it came about.
class TestFeaturePipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void countsAreTheEventsOfTheirDay();
    void laterStatementsAreAppended();
    void nothingNewAddsNothing();
    void historyFilledInIsBuiltAnew();
    void seriesAreRefreshedAlone();
    void brokenOffRefreshGoesOnWhereItWas();
    void cancelledRefreshLeavesNothing();
    void eventsAskForOneRefreshSoon();
    void ownDefinitionsAreComputedLikeTheShipped();
    void anImpossibleOwnDefinitionHoldsUpNoOther();
    void eventNamesTheFeaturesThatCountIt();

private:
    void refresh(const char *expected = nullptr)
    {
        RunningJob job(jobs::ClaimedJob{});
        const auto done = featureKinds().front().work(*m_connection, job);
        QVERIFY2(done, done ? "" : done.error().what.c_str());
        if (expected)
            QVERIFY2(done->resultJson.contains(expected), done->resultJson.c_str());
    }
    /// Every value there is, as one text.
    [[nodiscard]] std::string table()
    {
        const auto rows = m_connection->query(
            "SELECT coalesce(string_agg(format('%s %s %s %s %s', f.key, v.bucket_at, v.known_at, "
            "v.value, v.basis), E'\\n' ORDER BY f.key, v.bucket_at, v.known_at), '') "
            "FROM chrona_signal.feature_value v JOIN chrona_signal.feature f "
            "ON f.id = v.feature_id");
        return rows ? rows->first().string(0) : rows.error().what;
    }
    [[nodiscard]] std::string builtFromNothing()
    {
        if (!storage::forgetRefreshes(*m_connection))
            return "failed";
        refresh();
        return table();
    }
    void store(const std::vector<schema::Event> &events)
    {
        const auto stored = storage::bulkStoreEvents(*m_connection, events);
        QVERIFY2(stored, stored ? "" : stored.error().what.c_str());
    }
    [[nodiscard]] static schema::Event quake(int number, Instant observedAt)
    {
        schema::Event event;
        event.type = schema::EventType::Earthquake;
        event.title = std::format("Quake {}", number);
        event.sourceRef = std::format("quake:{}", number);
        event.source = {1};
        event.region = number % 2 == 0 ? "JP" : "US-CA";
        event.times.observedAt = observedAt;
        event.times.publishedAt = observedAt + 10min;
        event.times.ingestedAt = observedAt + 11min;
        event.times.basis = schema::AvailabilityBasis::Stated;
        event.severity = 0.5F;
        event.attributes = {{"magnitude", 4.5 + 0.1 * (number % 10)}};
        event.contentHash = hashOf({event.title});
        event.id = schema::eventIdFor(event);
        return event;
    }
    /// One every seven hours up to two days ago.
    [[nodiscard]] std::vector<schema::Event> quakes(int count) const
    {
        std::vector<schema::Event> events;
        for (int number = 0; number < count; ++number)
            events.push_back(quake(number, m_now - 48h - number * 7h));
        return events;
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_where;
    std::optional<storage::Connection> m_connection;
    Instant m_now;
};

void TestFeaturePipeline::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestFeaturePipeline::init()
{
    m_where = m_database->freshConnectionString();
    auto connection = storage::Connection::open(m_where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    m_now = SystemClock().now();
}

void TestFeaturePipeline::countsAreTheEventsOfTheirDay()
{
    store(quakes(100));
    refresh();
    const auto rows = m_connection->query(
        // A quake just before the end of its bucket is known after it, in a second value.
        "SELECT sum(value) FROM (SELECT DISTINCT ON (v.bucket_at) v.value "
        "FROM chrona_signal.feature_value v JOIN chrona_signal.feature f ON f.id = v.feature_id "
        "WHERE f.key = 'events.count.earthquake.JP' ORDER BY v.bucket_at, v.known_at DESC) latest");
    QVERIFY(rows);
    QCOMPARE(rows->first().float64(0), 50.0);
    const auto strongest = storage::findFeatures(*m_connection, {.text = "severity.earthquake"});
    QVERIFY(strongest);
    QCOMPARE(strongest->size(), 1U);
    QCOMPARE(strongest->front().unit, std::string("magnitude"));
}

void TestFeaturePipeline::laterStatementsAreAppended()
{
    auto events = quakes(100);
    store(events);
    refresh();
    const std::string before = table();
    // One is taken back, one is said to be stronger and elsewhere, and one is heard of only now.
    QVERIFY(storage::retractEvent(*m_connection, events[10].id, m_now));
    auto revised = events[20];
    revised.times.ingestedAt = m_now;
    revised.times.basis = schema::AvailabilityBasis::Measured;
    revised.region = "MX";
    revised.attributes = {{"magnitude", 7.5}};
    revised.contentHash = hashOf({"revised"});
    auto late = quake(1'000, m_now - 300h);
    late.times.ingestedAt = m_now;
    late.times.basis = schema::AvailabilityBasis::Measured;
    store({revised, late});
    refresh("\"rebuilt\":0");
    const std::string after = table();
    QVERIFY(after != before);
    QVERIFY(after.contains("events.count.earthquake.MX"));
    QCOMPARE(builtFromNothing(), after);
}

void TestFeaturePipeline::nothingNewAddsNothing()
{
    store(quakes(60));
    refresh();
    const std::string before = table();
    refresh("\"values_added\":0");
    QCOMPARE(table(), before);
}

void TestFeaturePipeline::historyFilledInIsBuiltAnew()
{
    auto events = quakes(100);
    store(events);
    refresh();
    // Imported today, and said to have been public then: what was told of that day is wrong.
    auto imported = quake(2'000, events[30].times.observedAt);
    imported.times.ingestedAt = m_now;
    store({imported});
    refresh();
    const std::string after = table();
    QCOMPARE(builtFromNothing(), after);
}

void TestFeaturePipeline::seriesAreRefreshedAlone()
{
    schema::Series series;
    series.key = "test:series";
    series.id = schema::seriesIdFor(series.key);
    series.name = "A series";
    series.frequency = schema::Frequency::Day;
    QVERIFY(storage::storeSeries(*m_connection, {&series, 1}));
    std::vector<schema::Observation> observations;
    for (int day = 0; day < 40; ++day) {
        schema::FactTimes times;
        times.observedAt = m_now - std::chrono::days(50 - day);
        times.ingestedAt = times.observedAt + 1h;
        observations.push_back({series.id, times, 10.0 + day});
    }
    QVERIFY(storage::bulkStoreObservations(*m_connection, observations));
    refresh();
    QVERIFY(table().contains("series.level.series_test_series"));
    const auto named = storage::findFeatures(*m_connection, {.text = "A series"});
    QVERIFY(named && !named->empty());
    for (const schema::Feature &feature : *named) // by what people call it, not by its key
        QVERIFY(feature.name.starts_with("A series: ") && !feature.name.contains("test"));
    // A revision that became known now.
    observations[35].times.ingestedAt = m_now;
    observations[35].value = 99;
    QVERIFY(storage::bulkStoreObservations(*m_connection, {&observations[35], 1}));
    refresh("\"rebuilt\":0");
    const std::string after = table();
    QVERIFY(after.contains(" 99 "));
    QCOMPARE(builtFromNothing(), after);
}

/// What a killed service leaves: some definitions done, some not begun.
void TestFeaturePipeline::brokenOffRefreshGoesOnWhereItWas()
{
    store(quakes(60));
    refresh();
    const std::string whole = table();
    QVERIFY(m_connection->script(
        "DELETE FROM chrona_signal.feature_value v USING chrona_signal.feature f, "
        "chrona_signal.definition d WHERE v.feature_id = f.id AND d.key = f.definition "
        "AND d.position > 3; "
        "UPDATE chrona_signal.definition SET refreshed_at = NULL WHERE position > 3"));
    QVERIFY(table() != whole);
    refresh();
    QCOMPARE(table(), whole);
}

void TestFeaturePipeline::cancelledRefreshLeavesNothing()
{
    store(quakes(60));
    testing::runCancelled(*m_connection, m_where, featureKinds().front());
    const auto count = [this](const char *sql) {
        const auto rows = m_connection->query(sql);
        return rows ? rows->first().int64(0) : -1;
    };
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.feature"), 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.definition WHERE refreshed_at IS NOT NULL"),
             0);
}

void TestFeaturePipeline::eventsAskForOneRefreshSoon()
{
    FeatureTrigger trigger;
    const auto first = trigger.eventsCame(m_now);
    QCOMPARE(first, std::optional(m_now + FeatureTrigger::kSettle));
    // What comes until then is in it; a flood afterwards waits its turn.
    QVERIFY(!trigger.eventsCame(m_now + 1s));
    QVERIFY(!trigger.eventsCame(*first));
    const auto second = trigger.eventsCame(*first + 1s);
    QCOMPARE(second, std::optional(*first + FeatureTrigger::kDistance));
    QVERIFY(!trigger.eventsCame(*first + 5min));
    QCOMPARE(trigger.eventsCame(*second + 3h), std::optional(*second + 3h + 2min));
    // Two that wait are one job.
    QVERIFY(jobs::enqueue(*m_connection, featureRefreshAt(*second)) == jobs::Enqueued::New);
    QVERIFY(jobs::enqueue(*m_connection, featureRefreshAt(*first)) == jobs::Enqueued::Waiting);
    const auto waiting = m_connection->query("SELECT count(*), min(run_at) FROM chrona_ops.job");
    QVERIFY(waiting);
    QCOMPARE(waiting->first().int64(0), 1);
    QCOMPARE(waiting->first().instant(1), *first);
}

void TestFeaturePipeline::ownDefinitionsAreComputedLikeTheShipped()
{
    store(quakes(60));
    refresh();
    const storage::FeatureDefinition own{
        .key = "own.strong",
        .rule = "key=own.strong types=earthquake aggregate=figure_max figure=magnitude "
                "axis=country",
        .isOwn = true};
    QVERIFY(storage::storeDefinitions(*m_connection, {&own, 1}));
    refresh();
    const std::string after = table();
    QVERIFY(after.contains("own.strong.JP"));
    QVERIFY(after.contains("own.strong.US"));
    // Incrementally as from nothing, and gone when disabled values are asked for no more.
    store({quake(3'000, m_now - 80h)});
    refresh();
    QCOMPARE(table(), builtFromNothing());
    QVERIFY(storage::removeDefinition(*m_connection, "own.strong"));
    refresh();
    QVERIFY(!table().contains("own.strong"));
}

void TestFeaturePipeline::anImpossibleOwnDefinitionHoldsUpNoOther()
{
    store(quakes(60));
    // As an older program may have stored it.
    const std::vector<storage::FeatureDefinition> own{
        {.key = "own.broken", .rule = "key=own.broken aggregate=median", .isOwn = true},
        {.key = "own.fine", .rule = "key=own.fine types=earthquake", .isOwn = true}};
    QVERIFY(storage::storeDefinitions(*m_connection, own));
    refresh();
    QVERIFY(table().contains("own.fine"));
    const auto stored = storage::loadDefinitions(*m_connection);
    QVERIFY(stored);
    const auto broken = std::ranges::find(*stored, "own.broken", &storage::FeatureDefinition::key);
    QVERIFY(broken != stored->end());
    QVERIFY2(broken->fault.contains("median"), broken->fault.c_str());
    QVERIFY(storage::featureTotals(*m_connection).value().refreshedAt);
}

void TestFeaturePipeline::eventNamesTheFeaturesThatCountIt()
{
    const schema::Event only = quake(2, m_now - 72h);
    store({only});
    refresh();
    const auto counting = featuresCounting(*m_connection, std::vector{only.id});
    QVERIFY2(counting, counting ? "" : counting.error().what.c_str());
    // It is alone: whatever is not nothing counts it.
    const auto rows = m_connection->query(
        "SELECT DISTINCT f.key FROM chrona_signal.feature_value v JOIN chrona_signal.feature f "
        "ON f.id = v.feature_id WHERE v.value <> 0 AND f.key LIKE 'events.%'");
    QVERIFY(rows.has_value() && !rows->isEmpty());
    for (const storage::Row row : *rows)
        QVERIFY2(counting->contains(row.string(0)), row.string(0).c_str());
    for (const std::string &key : *counting)
        QVERIFY2(!key.contains("wildfire") && !key.ends_with(".US"), key.c_str());
    QVERIFY(featuresCounting(*m_connection, std::vector{schema::EventId{77}})->empty());
}

QTEST_GUILESS_MAIN(TestFeaturePipeline)
#include "tst_feature_pipeline.moc"
