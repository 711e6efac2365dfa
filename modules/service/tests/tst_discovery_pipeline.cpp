// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cancelled_job.h"
#include "discovery_pipeline.h"
#include "feature_pipeline.h"

#include "chrona/base/clock.h"
#include "chrona/schema/calendar.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/signal_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <cmath>
#include <format>
#include <random>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;

/// A search from stored series and prices to stored signals, as the job does it.
class TestDiscoveryPipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void whatLeadsIsStoredWithItsEvidence();
    void theSameSearchAgainIsNoFurtherTrial();
    void aCancelledSearchLeavesNothing();

private:
    static constexpr int kSessions = 1'100;

    void run(const JobRunner::Kind &kind)
    {
        RunningJob job(jobs::ClaimedJob{});
        const auto done = kind.work(*m_connection, job);
        QVERIFY2(done, done ? "" : done.error().what.c_str());
        if (done->store)
            QVERIFY(done->store(*m_connection));
    }
    void storeWorld();
    void storeSeries(const char *key, const std::vector<double> &values);
    void storePrices(const char *symbol, const std::vector<double> &returns);
    [[nodiscard]] std::int64_t count(const char *sql)
    {
        const auto rows = m_connection->query(sql);
        return rows ? rows->first().int64(0) : -1;
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_where;
    std::optional<storage::Connection> m_connection;
    std::vector<Date> m_days;
};

void TestDiscoveryPipeline::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    const Date today = std::chrono::floor<std::chrono::days>(SystemClock().now());
    for (Date day = today - std::chrono::days(2); std::ssize(m_days) < kSessions;
         day -= std::chrono::days(1))
        if (schema::sessionOn(schema::Calendar::NewYork, day))
            m_days.insert(m_days.begin(), day);
}

void TestDiscoveryPipeline::init()
{
    m_where = m_database->freshConnectionString();
    auto connection = storage::Connection::open(m_where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    storeWorld();
}

void TestDiscoveryPipeline::storeSeries(const char *key, const std::vector<double> &values)
{
    schema::Series series;
    series.key = key;
    series.id = schema::seriesIdFor(series.key);
    series.name = key;
    series.frequency = schema::Frequency::Day;
    QVERIFY(storage::storeSeries(*m_connection, {&series, 1}));
    std::vector<schema::Observation> observations;
    for (std::size_t t = 0; t < values.size(); ++t) {
        schema::FactTimes times;
        times.observedAt = m_days[t] + 15h;
        times.ingestedAt = times.observedAt + 1h;
        observations.push_back({series.id, times, values[t]});
    }
    QVERIFY(storage::bulkStoreObservations(*m_connection, observations));
}

void TestDiscoveryPipeline::storePrices(const char *symbol, const std::vector<double> &returns)
{
    schema::Instrument instrument;
    instrument.symbol = symbol;
    instrument.id = schema::instrumentIdFor(symbol);
    instrument.name = symbol;
    instrument.isTarget = true;
    QVERIFY(storage::storeInstruments(*m_connection, {&instrument, 1}));
    std::vector<schema::PriceBar> bars;
    double price = 100;
    for (std::size_t t = 0; t < returns.size(); ++t) {
        price *= std::exp(returns[t]);
        schema::PriceBar bar;
        bar.instrument = instrument.id;
        bar.opensAt = m_days[t];
        bar.times.observedAt = m_days[t] + 20h;
        bar.times.ingestedAt = bar.times.observedAt + 10min;
        bar.open = bar.high = bar.low = bar.close = bar.adjustedClose = price;
        bars.push_back(bar);
    }
    QVERIFY(storage::bulkStoreBars(*m_connection, bars));
}

/// The series "test:lead" moves ONE three sessions later; the others are noise.
void TestDiscoveryPipeline::storeWorld()
{
    std::mt19937_64 random(11);
    std::normal_distribution<double> noise;
    const auto draw = [&](double size) {
        std::vector<double> values;
        for (int t = 0; t < kSessions; ++t)
            values.push_back(size * noise(random));
        return values;
    };
    const auto lead = draw(1);
    storeSeries("test:lead", lead);
    for (const char *key : {"test:a", "test:b", "test:c"})
        storeSeries(key, draw(1));
    auto returns = draw(0.01);
    for (std::size_t t = 3; t < returns.size(); ++t)
        returns[t] += 0.004 * lead[t - 3];
    storePrices("ONE", returns);
    storePrices("TWO", draw(0.01));
}

void TestDiscoveryPipeline::whatLeadsIsStoredWithItsEvidence()
{
    run(featureKinds().front());
    run(discoveryKinds().front());
    const auto last = storage::latestRun(*m_connection);
    QVERIFY(last && *last);
    const auto signals = storage::findSignals(*m_connection, {.run = (*last)->id});
    QVERIFY(signals);
    QVERIFY(!signals->empty());
    const storage::SignalRecord &best = signals->front();
    QCOMPARE(best.feature, std::string("series.level.series_test_lead"));
    QCOMPARE(best.target, std::string("ONE"));
    QVERIFY(best.signal.effect > 0.2);
    QCOMPARE(best.signal.distribution.blocks.size(), std::size_t(8));
    QCOMPARE(best.signal.folds.size(), std::size_t(6));
    for (const schema::FoldEffect &fold : best.signal.folds) {
        QVERIFY(fold.trainedUntil < fold.begin && fold.begin < fold.end);
        QVERIFY(fold.effect > 0 && fold.sampleSize > 50);
    }
    QVERIFY(best.signal.folds.back().end > m_days.back());
    QVERIFY(best.lagCurve.size() == 21 && best.lagCurve[2] > 0.2);
    QVERIFY(best.signal.regimes.size() >= 5 && !best.signal.episodes.empty());
    QCOMPARE((*last)->pairsTested, 8); // four series, two targets
    QCOMPARE((*last)->refused, count("SELECT count(*) FROM chrona_signal.refused"));
}

void TestDiscoveryPipeline::theSameSearchAgainIsNoFurtherTrial()
{
    run(featureKinds().front());
    run(discoveryKinds().front());
    run(discoveryKinds().front());
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.discovery_run"), 2);
    QCOMPARE(count("SELECT count(DISTINCT trials_after) FROM chrona_signal.discovery_run"), 1);
    QCOMPARE(count("SELECT count(DISTINCT input_hash) FROM chrona_signal.discovery_run"), 1);
    // And finds the same, to the last bit.
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.signal a JOIN chrona_signal.signal b "
                   "USING (id) WHERE a.run_id < b.run_id AND (a.effect, a.t, a.q, a.rank, "
                   "a.opinions, a.lag_curve, a.fold_effects) IS DISTINCT FROM (b.effect, b.t, b.q, "
                   "b.rank, b.opinions, b.lag_curve, b.fold_effects)"),
             0);
}

void TestDiscoveryPipeline::aCancelledSearchLeavesNothing()
{
    run(featureKinds().front());
    testing::runCancelled(*m_connection, m_where, discoveryKinds().front());
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.discovery_run"), 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.signal"), 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.refused"), 0);
}

QTEST_GUILESS_MAIN(TestDiscoveryPipeline)
#include "tst_discovery_pipeline.moc"
