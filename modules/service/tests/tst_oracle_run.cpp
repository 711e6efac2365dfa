// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_rig.h"

#include "oracle_record.h"
#include "oracle_tape.h"

#include "chrona/storage/partitions.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/retention.h"
#include "chrona/storage/source_store.h"

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::tests;
using namespace std::chrono_literals;

/// What the oracle says while it runs, and what it leaves in the database.
class TestOracleRun : public QObject, private OracleRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { begin(); }
    void aTapeIsPricedAndKept();
    void aClockSetBackIsFollowed();
    void theTapeComesFromTheSampleWorld();
    void aRestartGoesOnWithTheMinute();
    void epochsOutliveTheSeconds();
    void syntheticRowsCanBeTakenAway();
    void venueDaysAddUp();
};

void TestOracleRun::aTapeIsPricedAndKept()
{
    const std::int64_t startMs = m_clock->now().time_since_epoch() / 1ms;
    auto run = play(smallPlan(), startMs, 20);
    QVERIFY(run);
    QTRY_VERIFY_WITH_TIMEOUT(run->status(true).feedsSound == 2, 60'000);
    const ipc::OracleStatus status = run->status(true);
    QVERIFY(status.synthetic && status.mode == ipc::OracleMode::Replay);
    QCOMPARE(status.venuesHeard, 5U);
    const auto feeds = run->view().feeds("ETH/USD").feeds;
    QCOMPARE(feeds.size(), std::size_t{1});
    QVERIFY(feeds[0].spark.size() > 10);
    const auto newest = run->view().newest("ETH/USD", {});
    QVERIFY(newest);
    run.reset(); // writes what waits
    QVERIFY(count("SELECT count(*) FROM chrona_oracle.answer WHERE synthetic") >= 2 * 15);
    QVERIFY(count("SELECT count(*) FROM chrona_oracle.second_bar") >= 10 * 15);
    // What was said then is told again, to the bit.
    auto lease = m_pool->take();
    const auto stored = storage::loadOracleAnswer(**lease, "ETH/USD", newest->at);
    QVERIFY(stored && *stored);
    const auto read = readAnswer((*stored)->explanation);
    QVERIFY(read);
    QVERIFY(tellAnswer("ETH/USD", *read, (*stored)->isSynthetic) == *newest);
    QVERIFY(!*storage::loadOracleAnswer(**lease, "ETH/USD", newest->at - 24h));
    QVERIFY(!*storage::loadOracleAnswer(**lease, "NONE/USD", newest->at));
}

void TestOracleRun::aClockSetBackIsFollowed()
{
    auto run = play(smallPlan(), m_clock->now().time_since_epoch() / 1ms, 20);
    QVERIFY(run);
    const auto isSound = [&] { return run->status(false).feedsSound == 2; };
    QTRY_VERIFY_WITH_TIMEOUT(isSound(), 60'000);
    const Instant before = m_clock->now();
    m_clock->advance(-2h);
    const auto newest = [&] { return run->view().newest("ETH/USD", {})->at; };
    QTRY_VERIFY_WITH_TIMEOUT(newest() < before - 1h, 60'000);
    QVERIFY(goOn(*run, 15));
    QTRY_VERIFY_WITH_TIMEOUT(isSound(), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(newest() == std::chrono::floor<std::chrono::seconds>(m_clock->now()),
                             60'000);
    // What is said in the past is written there, and not kept for later.
    QTRY_VERIFY_WITH_TIMEOUT(count("SELECT count(*) FROM chrona_oracle.answer "
                                   "WHERE at < now() - interval '1 hour'") > 0,
                             60'000);
}

void TestOracleRun::theTapeComesFromTheSampleWorld()
{
    auto lease = m_pool->take();
    QCOMPARE(tapeName(**lease).value(), std::string());
    const OraclePlan plan = smallPlan();
    SmallMarket market(plan);
    std::vector<schema::Quote> quotes;
    for (int s = 0; s < 10; ++s)
        for (const DeskTick &tick : market.second(kStartMs + s * 1'000))
            quotes.push_back({plan.venues[tick.venue].name,
                              plan.venues[tick.venue].markets[tick.market].symbol(),
                              Instant(std::chrono::milliseconds(tick.receivedMs)),
                              Instant(std::chrono::milliseconds(tick.exchangeMs)), tick.bid,
                              tick.ask, tick.last, tick.size, tick.volume24h});
    QVERIFY(storage::bulkStoreQuotes(**lease, quotes, storage::Provenance::Synthetic));
    QCOMPARE(tapeName(**lease).value(), std::string()); // ticks alone are no sample world
    schema::Source source;
    source.key = "sample-world";
    source.name = "Sample world";
    source.synthetic = true;
    source.id = schema::sourceIdFor(source.key);
    QVERIFY(storage::storeSources(**lease, std::span(&source, 1)));
    QVERIFY(!tapeName(**lease).value().empty());
    const auto tape = loadTape(**lease);
    QVERIFY(tape);
    QCOMPARE(tape->tape.ticks.size(), quotes.size());
    QCOMPARE(tape->plan.feeds.size(), std::size_t{2});
    QVERIFY(tape->plan.isSynthetic);
    QVERIFY(std::abs(tape->plan.feeds[0].venues[0].halfSpreadBps - 1) < 0.01);
    QVERIFY(std::abs(tape->plan.feeds[0].venues[0].share - 0.2) < 1e-6);
}

void TestOracleRun::aRestartGoesOnWithTheMinute()
{
    auto lease = m_pool->take();
    const std::vector<std::string> feeds{"BTC/USD"}, venues{"alder"};
    const auto numbers = storage::oracleNumbers(**lease, feeds, venues);
    QVERIFY(numbers);
    storage::OracleBatch batch;
    storage::OracleBar bar{.opensAt =
                               Instant(std::chrono::milliseconds(kStartMs / 60'000 * 60'000)),
                           .widthMs = 60'000,
                           .feed = numbers->feeds[0],
                           .venue = numbers->venues[0],
                           .open = 10,
                           .high = 12,
                           .low = 9,
                           .close = 11,
                           .volume = 2,
                           .turnover = 22,
                           .ticks = 5};
    batch.bars = {bar};
    QVERIFY(storage::storeOracleBatch(**lease, batch));
    bar.high = 11;
    bar.low = 8;
    bar.close = 10;
    bar.volume = 2;
    bar.turnover = 18;
    bar.ticks = 3;
    batch.bars = {bar};
    QVERIFY(storage::storeOracleBatch(**lease, batch));
    const auto rows = (*lease)->query(
        "SELECT open, high, low, close, vwap, volume, ticks FROM chrona_oracle.quote_bar");
    QVERIFY(rows);
    QCOMPARE(rows->size(), std::size_t{1});
    const std::vector<double> expected{10, 12, 8, 10, 10, 4};
    for (int column = 0; column < 6; ++column)
        QCOMPARE(rows->first().float64(column), expected[static_cast<std::size_t>(column)]);
    QCOMPARE(rows->first().int32(6), 8);
}

void TestOracleRun::epochsOutliveTheSeconds()
{
    auto lease = m_pool->take();
    const std::vector<std::string> feeds{"BTC/USD"}, venues{"alder"};
    const auto numbers = storage::oracleNumbers(**lease, feeds, venues);
    const Instant now = SystemClock().now();
    for (const auto age : {10 * 24h, 1h}) {
        storage::OracleBatch batch;
        storage::StoredAnswer answer{
            .at = now - age, .feed = numbers->feeds[0], .price = 100, .explanation = "second"};
        batch.answers = {answer};
        answer.explanation = "epoch";
        answer.at -= 1s;
        batch.epochs = {{.answer = answer, .epoch = 1}};
        for (const char *table : {"chrona_oracle.answer", "chrona_oracle.epoch_answer"})
            QVERIFY(storage::ensurePartitions(**lease, table, {answer.at, answer.at + 1h}));
        QVERIFY(storage::storeOracleBatch(**lease, batch));
    }
    QVERIFY(storage::applyRetention(**lease, now));
    const auto old = storage::loadOracleAnswer(**lease, "BTC/USD", now - 5 * 24h);
    QVERIFY(old && *old);
    QCOMPARE((*old)->explanation, std::string("epoch"));
    const auto fresh = storage::loadOracleAnswer(**lease, "BTC/USD", now);
    QCOMPARE((*fresh)->explanation, std::string("second"));
}

void TestOracleRun::syntheticRowsCanBeTakenAway()
{
    play(smallPlan(), m_clock->now().time_since_epoch() / 1ms, 10).reset();
    QVERIFY(count("SELECT count(*) FROM chrona_oracle.answer") > 0);
    auto lease = m_pool->take();
    QVERIFY(storage::clearSynthetic(**lease));
    QCOMPARE(count("SELECT (SELECT count(*) FROM chrona_oracle.answer) "
                   "+ (SELECT count(*) FROM chrona_oracle.second_bar) "
                   "+ (SELECT count(*) FROM chrona_oracle.anomaly)"),
             std::int64_t{0});
}

void TestOracleRun::venueDaysAddUp()
{
    const OraclePlan plan = smallPlan();
    const Date today = std::chrono::floor<std::chrono::days>(SystemClock().now());
    {
        OracleJournal journal(plan, m_pool);
        journal.noteVenueDay(1, {today, 60, 50});
        journal.noteVenueDay(1, {today, 120, 110});
    }
    {
        OracleJournal again(plan, m_pool); // after a restart the day begins at nothing
        again.noteVenueDay(1, {today, 30, 30});
    }
    auto lease = m_pool->take();
    const auto watched = storage::loadVenueDays(**lease, "birch", today);
    QVERIFY(watched);
    QCOMPARE(watched->size(), std::size_t{1});
    QCOMPARE(watched->front().watchedSeconds, 150.0);
    QCOMPARE(watched->front().heardSeconds, 140.0);
}

QTEST_GUILESS_MAIN(TestOracleRun)
#include "tst_oracle_run.moc"
