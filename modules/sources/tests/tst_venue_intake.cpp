// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/venue_intake.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::sources;
using namespace std::chrono_literals;

class TestVenueIntake : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tickerBecomesARow();
    void whatIsNoSpotMarketOfOursStaysOut_data();
    void whatIsNoSpotMarketOfOursStaysOut();
    void repeatedTradesCountOnce();
    void tradesComeAsTheyHappened();
    void historyIsNoPriceOfNow();
    void aWrongClockIsSetRight();
    void aLeapSecondIsNoFault();
    void aStampFromTheFutureIsNotBelieved();
    void crossedBooksAreTheEnginesToJudge();
};

namespace {

using connect::Ticker;
using connect::Trade;
using connect::Trades;

constexpr Instant kReceived{std::chrono::sys_days(std::chrono::year(2026) / 6 / 30)};
const std::vector<std::string> kSymbols{"BTC/USD", "ETH/USD"};

std::int64_t ms(Instant instant)
{
    return instant.time_since_epoch() / 1ms;
}

connect::Reading ticker(std::string symbol, std::optional<Instant> stamp,
                        connect::InstrumentKind kind = connect::InstrumentKind::Spot)
{
    Ticker out;
    out.market = {"native", std::move(symbol), kind};
    out.bid = "99.5";
    out.ask = "100.5";
    if (stamp)
        out.timestampMs = ms(*stamp);
    return {{}, {out}};
}

connect::Reading trades(std::vector<Instant> stamps)
{
    Trades out;
    out.market = {"native", "BTC/USD"};
    double price = 100;
    for (const Instant stamp : stamps)
        out.trades.push_back({{}, std::to_string(price++), "2", connect::Side::Unknown, ms(stamp)});
    return {{}, {out}};
}

} // namespace

void TestVenueIntake::tickerBecomesARow()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    intake.take(ticker("ETH/USD", kReceived - 80ms), {.receivedAt = kReceived}, rows);
    intake.take(ticker("BTC/USD", {}), {kReceived, 40ms, true}, rows);
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].market, 1U);
    QCOMPARE(rows[0].exchangeMs, ms(kReceived) - 80);
    QCOMPARE(rows[0].ask, 100.5);
    QVERIFY(std::isnan(rows[0].last));
    // Without a stamp: the arrival less half the round trip.
    QCOMPARE(rows[1].exchangeMs, ms(kReceived) - 40);
    QVERIFY(rows[1].isPolled);
    VenueHealth health;
    intake.report(health);
    QCOMPARE(health.marketsHeard, 2U);
    QCOMPARE(health.latencyMs, 80.0);
}

void TestVenueIntake::whatIsNoSpotMarketOfOursStaysOut_data()
{
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<int>("kind");
    QTest::newRow("a swap of the same name") << "BTC/USD" << int(connect::InstrumentKind::Swap);
    QTest::newRow("a test market") << "BTC/USD" << int(connect::InstrumentKind::Test);
    QTest::newRow("a market that was renamed")
        << "BTCOLD/USD" << int(connect::InstrumentKind::Spot);
    QTest::newRow("a market that nobody can name") << "" << int(connect::InstrumentKind::Spot);
}

void TestVenueIntake::whatIsNoSpotMarketOfOursStaysOut()
{
    QFETCH(QString, symbol);
    QFETCH(int, kind);
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    intake.take(ticker(symbol.toStdString(), kReceived, static_cast<connect::InstrumentKind>(kind)),
                {.receivedAt = kReceived}, rows);
    QVERIFY(rows.empty());
}

void TestVenueIntake::repeatedTradesCountOnce()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    connect::Reading again = trades({kReceived});
    again.verdict.outcome = connect::Outcome::Dedupe;
    intake.take(again, {.receivedAt = kReceived}, rows);
    QVERIFY(rows.empty());
    VenueHealth health;
    intake.report(health);
    QCOMPARE(health.duplicates, std::uint64_t{1});
}

void TestVenueIntake::tradesComeAsTheyHappened()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    intake.take(trades({kReceived - 10ms, kReceived - 30ms, kReceived - 20ms}),
                {.receivedAt = kReceived}, rows);
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0].last, 101.0);
    QCOMPARE(rows[2].last, 100.0);
    QCOMPARE(rows[2].size, 2.0);
}

void TestVenueIntake::historyIsNoPriceOfNow()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    // What a subscription begins with: trades of the last minutes, before any other stamp.
    intake.take(trades({kReceived - 5min, kReceived - 1min, kReceived - 1s}),
                {.receivedAt = kReceived}, rows);
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].last, 102.0);
}

void TestVenueIntake::aWrongClockIsSetRight()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    // Its clock is 7 s behind; the way takes 50 ms at best.
    for (const auto delay : {50ms, 90ms, 60ms})
        intake.take(ticker("BTC/USD", kReceived - 7s - delay), {.receivedAt = kReceived}, rows);
    QCOMPARE(rows.back().exchangeMs, ms(kReceived) - 10);
    intake.take(trades({kReceived - 7s - 55ms}), {.receivedAt = kReceived}, rows);
    QCOMPARE(rows.size(), std::size_t{4});
    intake.forgetClock();
    VenueHealth health;
    intake.report(health);
    QVERIFY(!health.clockOffset);
}

void TestVenueIntake::aLeapSecondIsNoFault()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    for (int i = 0; i < 10; ++i)
        intake.take(ticker("BTC/USD", kReceived - 50ms), {.receivedAt = kReceived}, rows);
    // The venue repeats a second, we do not; then it smears it away.
    for (const auto step : {1000ms, 800ms, 400ms, 0ms})
        intake.take(ticker("BTC/USD", kReceived - 50ms - step), {.receivedAt = kReceived}, rows);
    VenueHealth health;
    intake.report(health);
    QCOMPARE(health.doubtfulStamps, std::uint64_t{0});
    QCOMPARE(rows.size(), std::size_t{14});
}

void TestVenueIntake::aStampFromTheFutureIsNotBelieved()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    intake.take(ticker("BTC/USD", kReceived - 50ms), {.receivedAt = kReceived}, rows);
    intake.take(ticker("BTC/USD", kReceived + 60s), {.receivedAt = kReceived}, rows);
    intake.take(ticker("BTC/USD", kReceived - 50ms), {.receivedAt = kReceived}, rows);
    QCOMPARE(rows[1].exchangeMs, ms(kReceived));      // our own clock stands in
    QCOMPARE(rows[2].exchangeMs, ms(kReceived) - 50); // and the others are believed as before
    VenueHealth health;
    intake.report(health);
    QCOMPARE(health.doubtfulStamps, std::uint64_t{1});
}

void TestVenueIntake::crossedBooksAreTheEnginesToJudge()
{
    VenueIntake intake(kSymbols);
    std::vector<VenueRow> rows;
    connect::Reading crossed = ticker("BTC/USD", kReceived);
    std::get<Ticker>(crossed.messages[0]).bid = "101";
    crossed.verdict = {connect::Outcome::AcceptFlag, "crossed_book", {}, {}};
    intake.take(crossed, {.receivedAt = kReceived}, rows);
    QCOMPARE(rows.size(), std::size_t{1});
    QVERIFY(rows[0].bid > rows[0].ask);
    VenueHealth health;
    intake.report(health);
    QCOMPARE(health.rejected, std::uint64_t{1});
}

QTEST_GUILESS_MAIN(TestVenueIntake)
#include "tst_venue_intake.moc"
