// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scripted_venue.h"

#include "oracle_collectors.h"
#include "oracle_ears.h"

#include "chrona/connect/connector_library.h"
#include "chrona/sources/collector_post.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;
using sources::tests::kLong;
using Does = net::StreamStep::Kind;

/// Who listens for the oracle: a collector elsewhere, and how it is paired.
class TestOracleEars : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCollectorElsewhereIsHeard();
    void pairingsAreKept();
    void whatIsNoPairingIsRefused();
};

namespace {

OraclePlan planOfKraken()
{
    OraclePlan plan = planFor(std::vector<std::string>{"BTC/USD"},
                              std::vector<std::string>{"kraken"})
                          .value();
    plan.collectors = {"", "north"};
    return plan;
}

/// A collector whose venue is served by a script.
struct Elsewhere {
    Elsewhere() : venue(sources::tests::realVenue("kraken"), server)
    {
        server.stream("/ws", {net::StreamScript{.steps = {{Does::Expect, "subscribe"}}}});
        http = net::HttpClient::create(
                   {.userAgent = "Chrona/test"},
                   net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback))
                   .value();
        streams = net::makeWebSocketClient(net::AddressPolicy::PublicAndLoopback);
        source.key = "venue-test";
        source.hosts = {std::format("127.0.0.1:{}", server.port())};
        source.rate.requestsPerSecond = 100;
        sources::CollectorPost::Parts parts{
            .listening = {.port = 0, .identity = identity, .secret = secret,
                          .onlyThisMachine = true},
            .version = "test",
            .listen = [this](const sources::AssignedVenue &wanted, auto rows)
                -> Result<std::unique_ptr<sources::VenueCollector>> {
                return std::make_unique<sources::VenueCollector>(
                    sources::VenueCollector::Parts{.venue = venue,
                                                   .source = source,
                                                   .http = *http,
                                                   .streams = *streams,
                                                   .markets = wanted.markets,
                                                   .rows = std::move(rows)});
            }};
        post = sources::CollectorPost::start(std::move(parts)).value();
    }
    net::ReplayServer server;
    net::SelfSigned identity = net::makeSelfSigned(net::kLinkName).value();
    std::string secret = net::makeLinkSecret();
    sources::tests::ScriptedVenue venue;
    std::unique_ptr<net::HttpClient> http;
    std::unique_ptr<net::WebSocketClient> streams;
    schema::Source source;
    std::unique_ptr<sources::CollectorPost> post;
};

} // namespace

void TestOracleEars::aCollectorElsewhereIsHeard()
{
    Elsewhere elsewhere;
    const QTemporaryDir noVenues; // this computer listens to none
    const auto library = connect::ConnectorLibrary::load(noVenues.path().toStdString()).value();
    const OraclePlan plan = planOfKraken();
    const auto http =
        net::HttpClient::create({.userAgent = "Chrona/test"}, net::makeNetworkTransport({}))
            .value();
    const auto streams = net::makeWebSocketClient(net::AddressPolicy::PublicOnly);
    OracleEars ears(
        {.plan = plan,
         .venues = *library,
         .http = *http,
         .streams = *streams,
         .elsewhere = {{"north", std::format("127.0.0.1:{}", elsewhere.post->port()),
                        {elsewhere.identity.certificatePem, elsewhere.secret}}},
         .clock = std::make_shared<SystemClock>()});
    QTRY_VERIFY_WITH_TIMEOUT(!elsewhere.server.heard("/ws").empty(), kLong);
    elsewhere.server.say("/ws",
                         R"({"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD",)"
                         R"("bid":99,"bid_qty":1,"ask":101,"ask_qty":1,"last":100,"volume":10,)"
                         R"("vwap":1,"low":1,"high":1,"change":1,"change_pct":1}]})");
    std::vector<DeskTick> ticks;
    const auto hasTaken = [&] { // asked again after it said yes
        std::vector<DeskTick> some;
        ears.take(some, {});
        ticks.insert(ticks.end(), some.begin(), some.end());
        return !ticks.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasTaken(), kLong);
    QCOMPARE(ticks[0].collector, std::uint8_t{1});
    QCOMPARE(ticks[0].bid, 99.0);
    QVERIFY(ticks[0].heardMs > 0 && ticks[0].heardMs <= ticks[0].receivedMs);
    QTRY_COMPARE_WITH_TIMEOUT(ears.venuesHeard(), 1U, kLong);
    const auto venues = ears.venues();
    QCOMPARE(venues.size(), std::size_t{1});
    QCOMPARE(venues[0].collector, std::string("north"));
    QCOMPARE(venues[0].links.size(), std::size_t{1});
    QVERIFY(venues[0].links[0].used && venues[0].links[0].collector == "north");
    const auto collectors = ears.collectors();
    QCOMPARE(collectors.size(), std::size_t{1});
    QVERIFY(collectors[0].state == ipc::OracleCollectorState::Connected);
    QCOMPARE(collectors[0].venuesUsed, 1U);
    QCOMPARE(collectors[0].venuesHeard, 1U);
    QCOMPARE(collectors[0].version, std::string("test"));
    // A second of watching counts for the day, and the venue was heard in it.
    const Instant now = SystemClock().now();
    QVERIFY(ears.watch(now).front().isHeard);
    const auto heard = ears.watch(now + 1s).front();
    QCOMPARE(heard.today.watchedSeconds, 1.0);
    QCOMPARE(heard.today.heardSeconds, 1.0);
    elsewhere.post.reset();
    QTRY_COMPARE_WITH_TIMEOUT(ears.venuesHeard(), 0U, kLong);
    QVERIFY(ears.collectors()[0].state != ipc::OracleCollectorState::Connected);
}

void TestOracleEars::pairingsAreKept()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = std::filesystem::path(dir.path().toStdString()) / "c";
    const CollectorBook book(folder);
    QVERIFY(book.all().empty());
    const net::LinkPairing pairing{net::makeSelfSigned(net::kLinkName)->certificatePem,
                                   net::makeLinkSecret()};
    QVERIFY(book.add("south", "192.0.2.7:7444", net::writePairing(pairing)));
    QVERIFY(book.add("north", "vps.example.org:7444", net::writePairing(pairing) + "\n"));
    QVERIFY(book.add("north", "vps.example.org:7445", net::writePairing(pairing)));
    const auto all = book.all();
    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(all[0].name, std::string("north"));
    QCOMPARE(all[0].address, std::string("vps.example.org:7445"));
    QVERIFY(all[0].pairing == pairing);
    // Whoever can read it can be the service: nobody else can.
    using std::filesystem::perms;
    const perms open = perms::group_all | perms::others_all;
    QVERIFY((std::filesystem::status(folder / "north.collector").permissions() & open) ==
            perms::none);
    std::ofstream(folder / "broken.collector") << "host:1\nnonsense\n";
    QCOMPARE(book.all().size(), std::size_t{2});
    QVERIFY(book.remove("north"));
    QVERIFY(book.remove("north").error().code == ErrorCode::NotFound);
    QCOMPARE(book.all().size(), std::size_t{1});
}

void TestOracleEars::whatIsNoPairingIsRefused()
{
    const QTemporaryDir dir;
    const CollectorBook book(dir.path().toStdString());
    const std::string pairing = net::writePairing(
        {net::makeSelfSigned(net::kLinkName)->certificatePem, net::makeLinkSecret()});
    for (const char *name : {"", "North", "a b", "../x", "x/y"})
        QVERIFY(book.add(name, "host:1", pairing).error().code == ErrorCode::InvalidInput);
    QVERIFY(book.add("x", "host", pairing).error().code == ErrorCode::InvalidInput);
    QVERIFY(book.add("x", "host:1", pairing.substr(0, 40)).error().code == ErrorCode::InvalidInput);
    QVERIFY(book.remove("../x").error().code == ErrorCode::NotFound);
    for (std::size_t i = 0; i < CollectorBook::kCollectorsMax; ++i)
        QVERIFY(book.add(std::format("c{}", i), "host:1", pairing));
    QVERIFY(book.add("one-more", "host:1", pairing).error().code == ErrorCode::Exhausted);
    QVERIFY(book.add("c3", "host:2", pairing));
}

QTEST_GUILESS_MAIN(TestOracleEars)
#include "tst_oracle_ears.moc"
