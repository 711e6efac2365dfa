// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cancelled_job.h"
#include "discovery_pipeline.h"
#include "discovery_world.h"
#include "feature_pipeline.h"

#include "chrona/storage/signal_store.h"
#include "chrona/storage/test_database.h"
#include "chrona/storage/watchlist_store.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::service;

/// A search from stored series and prices to stored signals, as the job does it.
class TestDiscoveryPipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void whatLeadsIsStoredWithItsEvidence();
    void howFarATargetMovesIsATargetOfItsOwn();
    void whatIsWatchedIsSearchedToo();
    void theSameSearchAgainIsNoFurtherTrial();
    void columnsInAFileFindTheSame();
    void aCancelledSearchLeavesNothing();

private:
    /// What the job says at its end.
    std::string run(const JobRunner::Kind &kind)
    {
        RunningJob job(jobs::ClaimedJob{});
        const auto done = kind.work(*m_connection, job);
        if (!done)
            return describe(done.error());
        if (done->store && !done->store(*m_connection))
            return "not stored";
        return done->resultJson;
    }
    std::string search() { return run(discoveryKinds(*m_settings).front()); }
    [[nodiscard]] std::vector<storage::SignalRecord> signalsFound()
    {
        const auto last = storage::latestRun(*m_connection);
        if (!last || !*last)
            return {};
        return storage::findSignals(*m_connection, {.run = (*last)->id})
            .value_or(std::vector<storage::SignalRecord>{});
    }
    [[nodiscard]] std::int64_t count(const char *sql)
    {
        const auto rows = m_connection->query(sql);
        return rows ? rows->first().int64(0) : -1;
    }
    /// Signals of one run that the other has not, to the last bit.
    [[nodiscard]] std::int64_t differences()
    {
        return count("SELECT count(*) FROM (SELECT to_jsonb(s) - 'run_id' AS found, count(*) AS "
                     "runs FROM chrona_signal.signal s GROUP BY 1) x WHERE runs <> 2");
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_where;
    std::optional<storage::Connection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    testing::DiscoveryWorld m_world;
};

void TestDiscoveryPipeline::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestDiscoveryPipeline::init()
{
    m_where = m_database->freshConnectionString();
    auto connection = storage::Connection::open(m_where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    m_folder = std::make_unique<QTemporaryDir>();
    auto settings = Settings::open(m_folder->filePath(QStringLiteral("config.json")).toStdString());
    QVERIFY(settings);
    m_settings = std::move(*settings);
    m_world.store(*m_connection);
    QVERIFY(run(featureKinds().front()).starts_with('{'));
}

void TestDiscoveryPipeline::whatLeadsIsStoredWithItsEvidence()
{
    QVERIFY(search().contains(R"("columns_in_file":false)"));
    const auto signals = signalsFound();
    const auto found = std::ranges::find(signals, "series.level.series_test_lead",
                                         &storage::SignalRecord::feature);
    QVERIFY(found != signals.end());
    QCOMPARE(found->target, std::string("ONE"));
    QVERIFY(found->signal.measure == schema::TargetMeasure::Return);
    QVERIFY(found->signal.effect > 0.2);
    QCOMPARE(found->signal.distribution.blocks.size(), std::size_t(8));
    QCOMPARE(found->signal.folds.size(), std::size_t(6));
    for (const schema::FoldEffect &fold : found->signal.folds) {
        QVERIFY(fold.trainedUntil < fold.begin && fold.begin < fold.end);
        QVERIFY(fold.effect > 0 && fold.sampleSize > 50);
    }
    QVERIFY(found->signal.folds.back().end > m_world.days.back());
    QVERIFY(found->lagCurve.size() == 21 && found->lagCurve[2] > 0.2);
    QVERIFY(found->signal.regimes.size() >= 5 && !found->signal.episodes.empty());
    const auto last = storage::latestRun(*m_connection);
    QVERIFY(last && *last);
    QCOMPARE((*last)->pairsTested, 16); // four series, two targets, return and volatility
    QVERIFY((*last)->parameters.contains(R"("volatility_targets": true)"));
    QCOMPARE((*last)->refused, count("SELECT count(*) FROM chrona_signal.refused"));
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.search_part"), 0); // it has ended
}

void TestDiscoveryPipeline::howFarATargetMovesIsATargetOfItsOwn()
{
    search();
    const auto signals = signalsFound();
    const auto found = std::ranges::find(signals, "series.level.series_test_wild",
                                         &storage::SignalRecord::feature);
    QVERIFY(found != signals.end());
    const schema::Signal &signal = found->signal;
    QCOMPARE(found->target, std::string("TWO"));
    QVERIFY(signal.measure == schema::TargetMeasure::Volatility);
    QVERIFY(signal.effect > 0.2);
    QCOMPARE(signal.id, schema::signalIdFor(signal.feature, signal.target, signal.effect,
                                            schema::TargetMeasure::Volatility));
    QVERIFY(signal.id != schema::signalIdFor(signal.feature, signal.target, signal.effect));
    // What followed an episode is the usual size of a day's move, never below 0.
    QVERIFY(!signal.episodes.empty());
    for (const schema::Episode &episode : signal.episodes)
        QVERIFY(std::isnan(episode.forwardReturn) || episode.forwardReturn >= 0);
}

void TestDiscoveryPipeline::whatIsWatchedIsSearchedToo()
{
    const auto isFound = [this] {
        return std::ranges::contains(signalsFound(), std::string("OWN"),
                                     &storage::SignalRecord::target);
    };
    search();
    QVERIFY(!isFound());
    storage::WatchlistRecord mine;
    mine.name = "Mine";
    mine.items = {{"instrument:OWN", "", {}}, {"country:JP", "", {}}};
    QVERIFY(storage::saveWatchlist(*m_connection, mine));
    search();
    QVERIFY(isFound());
}

void TestDiscoveryPipeline::theSameSearchAgainIsNoFurtherTrial()
{
    search();
    search();
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.discovery_run"), 2);
    QCOMPARE(count("SELECT count(DISTINCT trials_after) FROM chrona_signal.discovery_run"), 1);
    QCOMPARE(count("SELECT count(DISTINCT input_hash) FROM chrona_signal.discovery_run"), 1);
    QVERIFY(!signalsFound().empty());
    QCOMPARE(differences(), 0);
}

void TestDiscoveryPipeline::columnsInAFileFindTheSame()
{
    search();
    // More values than may be in memory, as if there were ten million.
    QVERIFY(m_settings->set("discovery.memory_values", "1000"));
    QVERIFY(search().contains(R"("columns_in_file":true)"));
    QCOMPARE(count("SELECT count(DISTINCT input_hash) FROM chrona_signal.discovery_run"), 1);
    QVERIFY(!signalsFound().empty());
    QCOMPARE(differences(), 0);
    // Nothing of it is left.
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("columns*")}).size(), 0);
}

void TestDiscoveryPipeline::aCancelledSearchLeavesNothing()
{
    testing::runCancelled(*m_connection, m_where, discoveryKinds(*m_settings).front());
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.discovery_run"), 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.signal"), 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_signal.refused"), 0);
}

QTEST_GUILESS_MAIN(TestDiscoveryPipeline)
#include "tst_discovery_pipeline.moc"
