// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_market.h"

#include "oracle_record.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::tests;

class TestOracleRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void explanationsKeepEveryBit();
    void hostileExplanationsAreRefused();
    void plansKnowWhoQuotesInWhat();
    void unfitPlansAreRefused();
};

void TestOracleRecord::explanationsKeepEveryBit()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 60, sinks);
    std::string bytes;
    const std::vector<std::string> collectors{"", "frankfurt"};
    const std::vector<std::uint8_t> heardBy{0, 1, 0, 0, 0};
    writeAnswer(desk.plan().feeds[0], sink.answers.back(), {heardBy, collectors}, bytes);
    const auto read = readAnswer(bytes);
    QVERIFY(read);
    QCOMPARE(read->venues.size(), std::size_t{5});
    std::string again;
    oracle::FeedSetup setup;
    setup.currencies = read->currencies;
    for (const std::string &venue : read->venues)
        setup.venues.push_back({.name = venue});
    const std::vector<std::string> named(read->collectors);
    const std::vector<std::uint8_t> places{0, 1, 2, 3, 4};
    writeAnswer(setup, read->answer, {places, named}, again);
    QVERIFY(bytes == again);
    const auto told = tellAnswer("BTC/USD", *read, true);
    QCOMPARE(told.votes[1].venue, std::string("birch"));
    QCOMPARE(told.votes[1].collector, std::string("frankfurt"));
    QCOMPARE(told.votes[0].collector, std::string());
    QVERIFY(told.votes[1].share > 0 && told.votes[1].halfSpreadBps > 0);
    QCOMPARE(told.price, sink.answers.back().price);
    QCOMPARE(told.stateHash.size(), std::size_t{16});
}

void TestOracleRecord::hostileExplanationsAreRefused()
{
    std::string bytes;
    const auto plan = smallPlan();
    oracle::Answer answer;
    answer.rates = {1};
    answer.venues.resize(5);
    writeAnswer(plan.feeds[0], answer, {}, bytes);
    QVERIFY(readAnswer(bytes));
    for (std::size_t length = 0; length < bytes.size(); ++length)
        QVERIFY(!readAnswer(std::string_view(bytes).substr(0, length)));
    QVERIFY(!readAnswer(bytes + "x"));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] = '\xff';
        (void)readAnswer(damaged); // whatever it says, it ends
    }
}

void TestOracleRecord::plansKnowWhoQuotesInWhat()
{
    const std::vector<std::string> feeds{"BTC/USD", "USDT/USD"};
    const std::vector<std::string> venues{"binance", "kraken", "coinbase"};
    const auto plan = planFor(feeds, venues);
    QVERIFY(plan);
    QCOMPARE(plan->feeds[0].currencies, (std::vector<std::string>{"USD", "USDT"}));
    QCOMPARE(plan->feeds[0].venues.size(), std::size_t{3});
    // A stable currency has no price in itself.
    QCOMPARE(plan->feeds[1].venues.size(), std::size_t{2});
    // Kraken's USDT/USD is one market for two uses: a feed's price and another's rate.
    int rates = 0, prices = 0;
    for (const FeedRoute &route : plan->routes)
        if (plan->venues[route.venue].name == "kraken" &&
            plan->venues[route.venue].markets[route.market].symbol() == "USDT/USD")
            ++(route.kind == oracle::TickKind::Rate ? rates : prices);
    QCOMPARE(rates, 1);
    QCOMPARE(prices, 1);
    QVERIFY(OracleDesk::create(*plan));
}

void TestOracleRecord::unfitPlansAreRefused()
{
    const std::vector<std::string> venues{"kraken"};
    for (const std::vector<std::string> &feeds : {std::vector<std::string>{},
                                                  {"BTC"},
                                                  {"/USD"},
                                                  {"BTC/"},
                                                  {"A/B/C"},
                                                  std::vector<std::string>(65, "BTC/USD")})
        QVERIFY(!planFor(feeds, venues));
    QVERIFY(!planFor(std::vector<std::string>{"BTC/USD"}, {}));
    OraclePlan plan = smallPlan();
    plan.routes[0].feed = 9;
    QVERIFY(!OracleDesk::create(plan));
    plan = smallPlan();
    plan.epochMs = 0;
    QVERIFY(!OracleDesk::create(plan));
}

QTEST_GUILESS_MAIN(TestOracleRecord)
#include "tst_oracle_record.moc"
