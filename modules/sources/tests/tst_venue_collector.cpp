// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_rig.h"

#include <QTest>

using namespace chrona;
using namespace chrona::sources;
using tests::kLong;
using tests::priceFrame;
using namespace std::chrono_literals;
using Does = net::StreamStep::Kind;
using net::StreamScript;

/// The collector with real venues' rules, over real sockets, against scripted sessions.
class TestVenueCollector : public QObject, private tests::VenueRig {
    Q_OBJECT

private Q_SLOTS:
    void init() { openRig(); }
    void cleanup();
    void subscribesAndHandsRowsOver();
    void comesBackAfterAFault_data();
    void comesBackAfterAFault();
    void pollsUntilTheStreamIsBack();
    void aStormArrivesWholeAndInOrder();
    void aBlockedPlaceIsNotAskedAgain();
    void maintenanceIsWaitedFor();
    void afterASleepItConnectsAnew();
    void aClockSetBackHoldsNothingUp();
    void aStreamWithoutPricesIsOpenedAnew();
    void theNextConnectionTakesOverBeforeTheEnd();
    void aTicketIsAskedForByPost();
    void aMarketThatIsGoneLeavesTheOthers();
    void anUnlistedMarketIsNotSubscribed();
    void oneUnknownMarketDoesNotTakeTheOthersAlong();
    void aForeignHostIsNotAsked();
    void stoppingIsQuick();

private:
    [[nodiscard]] std::size_t count() const { return rows().size(); }
};

namespace {

constexpr Instant kNewYear{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};

std::string tickerBody(double last)
{
    return std::format(R"({{"error":[],"result":{{"XXBTZUSD":{{"a":["{}","1","1"],)"
                       R"("b":["{}","1","1"],"c":["{}","1"],"v":["1","2"],"p":["1","1"],)"
                       R"("t":[1,1],"l":["1","1"],"h":["1","1"],"o":"1"}}}}}})",
                       last + 0.5, last - 0.5, last);
}

StreamScript talk(std::vector<net::StreamStep> after)
{
    std::vector<net::StreamStep> steps{{Does::Expect, "subscribe"}};
    steps.insert(steps.end(), after.begin(), after.end());
    return {.steps = std::move(steps)};
}

} // namespace

void TestVenueCollector::cleanup()
{
    if (m_collector && QTest::currentTestFailed())
        qWarning("the collector says: %s", m_collector->health().detail.c_str());
    closeRig();
}

void TestVenueCollector::subscribesAndHandsRowsOver()
{
    begin("kraken", {talk({{Does::Say, priceFrame(100)}, {Does::Say, priceFrame(101)}})});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() >= 2, kLong);
    QCOMPARE(rows()[0].bid, 99.5);
    QCOMPARE(rows()[1].last, 101.0);
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Streaming, kLong);
    const VenueHealth health = m_collector->health();
    QCOMPARE(health.connects, std::uint64_t{1});
    QCOMPARE(health.marketsHeard, 1U);
    QVERIFY(m_server->heard("/ws")[0].find("BTC/USD") != std::string::npos);
}

void TestVenueCollector::comesBackAfterAFault_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a reset") << int(Does::Drop) << QByteArray();
    QTest::newRow("garbage") << int(Does::Garbage) << QByteArray("\xff\xff\xff\xff\xff");
    QTest::newRow("an orderly end") << int(Does::Close) << QByteArray("bye");
}

void TestVenueCollector::comesBackAfterAFault()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, text);
    begin("kraken", {talk({{Does::Say, priceFrame(100)},
                           {static_cast<Does>(kind), text.toStdString(), 1001}}),
                     talk({{Does::Say, priceFrame(200)}})});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!rows().empty() && rows().back().last == 200, kLong);
    QVERIFY(m_server->opened("/ws") >= 2);
    QVERIFY(m_collector->health().failures >= 1);
}

void TestVenueCollector::pollsUntilTheStreamIsBack()
{
    begin("kraken", {StreamScript{.status = 503}, StreamScript{.status = 503},
                     talk({{Does::Say, priceFrame(300)}})});
    m_server->answer("/ticker", net::Answer{.body = tickerBody(250)});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::any_of(rows(), [](const VenueRow &row) { return row.isPolled; }), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 300, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Streaming, kLong);
    QVERIFY(rows().front().isPolled);
    QCOMPARE(rows().front().last, 250.0);
}

void TestVenueCollector::aStormArrivesWholeAndInOrder()
{
    std::vector<net::StreamStep> steps;
    constexpr int kMessages = 20'000;
    for (int i = 0; i < kMessages; ++i)
        steps.push_back({Does::Say, priceFrame(1000 + i)});
    begin("kraken", {talk(std::move(steps))});
    start();
    QTRY_COMPARE_WITH_TIMEOUT(count(), std::size_t{kMessages}, kLong);
    const auto all = rows();
    QVERIFY(std::ranges::is_sorted(all, {}, &VenueRow::last));
    QCOMPARE(m_collector->health().connects, std::uint64_t{1});
}

void TestVenueCollector::aBlockedPlaceIsNotAskedAgain()
{
    begin("kraken", {StreamScript{.status = 451}});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Blocked, kLong);
    QVERIFY(m_collector->health().until);
    QCOMPARE(m_server->opened("/ws"), std::size_t{1});
}

void TestVenueCollector::maintenanceIsWaitedFor()
{
    const auto clock = std::make_shared<ManualClock>(SystemClock().now());
    m_clock = clock;
    begin("kraken", {talk({{Does::Say, priceFrame(100)},
                           {Does::Say, R"({"channel":"status","type":"update","data":[{"system":)"
                                       R"("maintenance","api_version":"v2"}]})"}}),
                     talk({{Does::Say, priceFrame(200)}})});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Maintenance, kLong);
    QVERIFY(m_collector->health().until && *m_collector->health().until > clock->now());
    QCOMPARE(m_server->opened("/ws"), std::size_t{1});
    QCOMPARE(rows().back().last, 100.0); // and nothing is polled meanwhile
    clock->advance(61s);
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 200, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Streaming, kLong);
}

void TestVenueCollector::afterASleepItConnectsAnew()
{
    const auto clock = std::make_shared<ManualClock>(SystemClock().now());
    m_clock = clock;
    begin("kraken", {talk({{Does::Say, priceFrame(100)}}), talk({{Does::Say, priceFrame(200)}})});
    m_venue->rules.silenceMax = 4min; // only the sleep tells that nobody is there any more
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() == 1, kLong);
    clock->advance(2min);
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 200, kLong);
    const VenueHealth health = m_collector->health();
    QVERIFY2(health.days.back().watchedSeconds < 60, "the minutes of sleep were not watched");
}

void TestVenueCollector::aClockSetBackHoldsNothingUp()
{
    const auto clock = std::make_shared<ManualClock>(SystemClock().now());
    m_clock = clock;
    begin("kraken", {StreamScript{.status = 451}, talk({{Does::Say, priceFrame(200)}})});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Blocked, kLong);
    clock->advance(-3h); // a quarter of an hour of rest is over in three hours
    QTRY_VERIFY_WITH_TIMEOUT(!rows().empty() && rows().back().last == 200, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Streaming, kLong);
}

void TestVenueCollector::aStreamWithoutPricesIsOpenedAnew()
{
    const auto clock = std::make_shared<ManualClock>(SystemClock().now());
    m_clock = clock;
    begin("kraken", {talk({{Does::Say, priceFrame(100)}}), talk({{Does::Say, priceFrame(200)}})});
    m_venue->rules.silenceMax = 4min; // not yet taken for dead when it is given up
    m_server->answer("/ticker", net::Answer{.body = tickerBody(150)});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() == 1, kLong);
    for (double seconds = 10; seconds <= 310; seconds += 10) { // more at once were a sleep
        clock->advance(10s);
        QTRY_VERIFY_WITH_TIMEOUT(m_collector->health().days.back().watchedSeconds >= seconds,
                                 kLong);
    }
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 200, kLong);
    QVERIFY(std::ranges::any_of(rows(), [](const VenueRow &row) { return row.isPolled; }));
    QCOMPARE(m_collector->health().detail, std::string("the stream gave no prices"));
}

void TestVenueCollector::theNextConnectionTakesOverBeforeTheEnd()
{
    const auto clock = std::make_shared<ManualClock>(SystemClock().now());
    m_clock = clock;
    begin("kraken", {talk({{Does::Say, priceFrame(100)}}), talk({{Does::Say, priceFrame(200)}})});
    m_venue->rules.lifetime = 1min;
    m_venue->rules.silenceMax = 10min;
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() == 1, kLong);
    const auto watched = [this] { return m_collector->health().days.back().watchedSeconds; };
    for (const double seconds : {10.0, 20.0}) {
        clock->advance(10s);
        QTRY_VERIFY_WITH_TIMEOUT(watched() >= seconds, kLong); // seen: this is no sleep
    }
    clock->advance(11s); // half of its life is over, so the next one is opened
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 200, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->opened("/ws"), std::size_t{2}, kLong);
    QCOMPARE(m_collector->health().failures, std::uint64_t{0});
}

void TestVenueCollector::aTicketIsAskedForByPost()
{
    m_clock = std::make_shared<ManualClock>(kNewYear);
    begin("kucoin", {talk({{Does::Say, R"({"type":"message","topic":"/market/ticker:BTC-USDT",)"
                                       R"("subject":"trade.ticker","data":{"sequence":"1",)"
                                       R"("price":"100","size":"1","bestAsk":"101",)"
                                       R"("bestBid":"99","time":1767225600000})"
                                       "}"}})});
    m_markets = {{"BTC", "USDT"}};
    m_server->answer("/ticket",
                     net::Answer{.body = R"({"code":"200000","data":{"token":"abc-1_2==",)"
                                         R"("instanceServers":[{"endpoint":)"
                                         R"("wss://ws-api-spot.kucoin.com/"}]}})"});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() >= 1, kLong);
    QCOMPARE(rows()[0].bid, 99.0);
    const auto received = m_server->received();
    QCOMPARE(received[0].method, std::string("POST"));
    QVERIFY(received[1].target.starts_with("/ws?token=abc-1_2==&connectId="));
}

void TestVenueCollector::aMarketThatIsGoneLeavesTheOthers()
{
    begin("kraken", {StreamScript{.status = 503}});
    m_markets = {{"GONE", "USD"}, {"BTC", "USD"}};
    m_server->answer("/ticker", {net::Answer{.body = R"({"error":["EQuery:Unknown asset pair"]})"},
                                 net::Answer{.body = tickerBody(100)}});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() >= 1, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(m_collector->health().marketsOff, 1U, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Polling, kLong);
}

void TestVenueCollector::anUnlistedMarketIsNotSubscribed()
{
    begin("kraken", {talk({{Does::Say, priceFrame(100)}})});
    m_venue->listsAll = true;
    m_markets = {{"RENAMED", "USD"}, {"BTC", "USD"}};
    m_server->answer("/tickers", net::Answer{.body = tickerBody(99)});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() >= 1, kLong);
    for (const std::string &words : m_server->heard("/ws"))
        QVERIFY(words.find("RENAMED") == std::string::npos);
    QCOMPARE(m_collector->health().marketsOff, 1U);
}

void TestVenueCollector::oneUnknownMarketDoesNotTakeTheOthersAlong()
{
    m_clock = std::make_shared<ManualClock>(kNewYear);
    // A venue that answers a frame of two markets with one error, and then each for itself.
    begin("coinbase",
          {talk({{Does::Say, R"({"type":"error","message":"Failed to subscribe",)"
                             R"("reason":"GONE-USD is not a valid product"})"},
                 {Does::Expect, "GONE-USD"},
                 {Does::Expect, "BTC-USD"},
                 {Does::Say, R"({"type":"ticker","sequence":1,"product_id":"BTC-USD",)"
                             R"("price":"100","best_bid":"99","best_ask":"101","side":"buy",)"
                             R"("volume_24h":"5","last_size":"1","trade_id":1,)"
                             R"("time":"2026-01-01T00:00:00.000000Z"})"}})});
    m_markets = {{"GONE", "USD"}, {"BTC", "USD"}};
    start();
    QTRY_VERIFY_WITH_TIMEOUT(count() >= 1, kLong);
    QCOMPARE(rows()[0].bid, 99.0);
    // Both at once, then each by itself.
    QTRY_VERIFY_WITH_TIMEOUT(m_server->heard("/ws").size() >= 3, kLong);
}

void TestVenueCollector::aForeignHostIsNotAsked()
{
    begin("kraken", {talk({})});
    m_source.hosts = {"ws.kraken.com"};
    start();
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Blocked, kLong);
    QCOMPARE(m_server->opened("/ws"), std::size_t{0});
}

void TestVenueCollector::stoppingIsQuick()
{
    begin("kraken", {StreamScript{.isStalled = true}});
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->opened("/ws"), std::size_t{1}, kLong);
    m_collector.reset(); // in the middle of opening
    QVERIFY(count() == 0);
}

QTEST_GUILESS_MAIN(TestVenueCollector)
#include "tst_venue_collector.moc"
