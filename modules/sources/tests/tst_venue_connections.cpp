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

/// A venue that limits what one connection may ask for, over several of them.
class TestVenueConnections : public QObject, private tests::VenueRig {
    Q_OBJECT

private Q_SLOTS:
    void init() { openRig(); }
    void cleanup() { closeRig(); }
    void manyMarketsAreSpreadOverConnections();
    void connectionsAreOpenedAtThePaceThatAVenueBears();
    void whatOneConnectionIsToldAllObey();
};

void TestVenueConnections::manyMarketsAreSpreadOverConnections()
{
    begin("kraken", {StreamScript{.steps = {{Does::Expect, "subscribe"}}}});
    m_venue->rules.marketsPerConnection = 2;
    m_markets = {{"ADA", "USD"}, {"ETH", "USD"}, {"SOL", "USD"}, {"XRP", "USD"}, {"BTC", "USD"}};
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->opened("/ws"), std::size_t{3}, kLong);
    // Ticker and trades of each connection, and each market on one of them only.
    QTRY_COMPARE_WITH_TIMEOUT(m_server->heard("/ws").size(), std::size_t{6}, kLong);
    int named = 0;
    for (const std::string &frame : m_server->heard("/ws"))
        named += frame.find("BTC/USD") != std::string::npos ? 1 : 0;
    QCOMPARE(named, 2);
    m_server->say("/ws", priceFrame(100)); // to all, but only one asked for it
    QTRY_VERIFY_WITH_TIMEOUT(!rows().empty(), kLong);
    QCOMPARE(rows()[0].market, 4U); // its place in the whole list
    QTRY_VERIFY_WITH_TIMEOUT(state() == VenueState::Streaming, kLong);
    // The server has heard them all; the collector counts what it was told back.
    QTRY_COMPARE_WITH_TIMEOUT(m_collector->health().connects, std::uint64_t{3}, kLong);
    const VenueHealth health = m_collector->health();
    QCOMPARE(health.connections.size(), std::size_t{3});
    QCOMPARE(health.marketsAsked, 5U);
    QCOMPARE(health.marketsHeard, 1U);
    QCOMPARE(std::ranges::count(health.connections, VenueState::Streaming, &VenueConnection::state),
             1);
    // One that breaks comes back, and the others are not touched.
    m_server->drop("/ws");
    QTRY_COMPARE_WITH_TIMEOUT(m_server->opened("/ws"), std::size_t{6}, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(m_collector->health().failures, std::uint64_t{3}, kLong);
}

void TestVenueConnections::connectionsAreOpenedAtThePaceThatAVenueBears()
{
    const auto clock = std::make_shared<ManualClock>(SystemClock().now());
    m_clock = clock;
    begin("kraken", {StreamScript{.steps = {{Does::Expect, "subscribe"}}}});
    m_venue->rules.marketsPerConnection = 1;
    m_venue->rules.connectEvery = 3s;
    m_venue->rules.silenceMax = 10min;
    m_markets = {{"ADA", "USD"}, {"ETH", "USD"}, {"BTC", "USD"}};
    start();
    const auto secondsWatched = [this] { // no day is told before its first second
        const VenueHealth health = m_collector->health();
        return health.days.empty() ? 0.0 : health.days.back().watchedSeconds;
    };
    for (std::size_t opened = 1; opened <= 3; ++opened) {
        QTRY_COMPARE_WITH_TIMEOUT(m_server->opened("/ws"), opened, kLong);
        clock->advance(1s);
        const double watched = secondsWatched();
        clock->advance(1s); // seen by all, and too soon for the next
        QTRY_VERIFY_WITH_TIMEOUT(secondsWatched() > watched + 0.5, kLong);
        QCOMPARE(m_server->opened("/ws"), opened);
        clock->advance(1s);
    }
}

void TestVenueConnections::whatOneConnectionIsToldAllObey()
{
    // The first that comes is refused by place; the others, which may be open by then, rest too.
    begin("kraken",
          {StreamScript{.status = 451}, StreamScript{.steps = {{Does::Expect, "subscribe"}}}});
    m_venue->rules.marketsPerConnection = 1;
    m_markets = {{"ADA", "USD"}, {"ETH", "USD"}, {"BTC", "USD"}};
    start();
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(m_collector->health().connections,
                                                 VenueState::Blocked, &VenueConnection::state),
                              3, kLong);
    QVERIFY(state() == VenueState::Blocked);
    QVERIFY(m_server->opened("/ws") <= 3);
}

QTEST_GUILESS_MAIN(TestVenueConnections)
#include "tst_venue_connections.moc"
