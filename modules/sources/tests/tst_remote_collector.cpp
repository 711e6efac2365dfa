// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scripted_venue.h"

#include "chrona/sources/collector_post.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>
#include <mutex>

using namespace chrona;
using namespace chrona::sources;
using tests::kLong;
using tests::priceFrame;
using namespace std::chrono_literals;
using Does = net::StreamStep::Kind;
using net::StreamScript;

namespace {

/// A venue at a port of this machine, whoever serves it.
class VenueAtPort final : public tests::MovedVenue {
public:
    explicit VenueAtPort(std::uint16_t port)
        : MovedVenue(tests::realVenue("kraken")), m_url(std::format("ws://127.0.0.1:{}/ws", port))
    {
    }
    connect::StreamRules stream() const override
    {
        return {.url = m_url, .connectEvery = std::chrono::milliseconds(0)};
    }

private:
    std::string m_url;
};

/// A clock that is so far ahead of the system's.
class ShiftedClock final : public Clock {
public:
    explicit ShiftedClock(Duration ahead) : m_ahead(ahead) {}
    Instant now() const override { return SystemClock().now() + m_ahead; }

private:
    Duration m_ahead;
};

/// All that a collector is made of, in whichever process.
struct CollectorHere {
    CollectorHere(std::uint16_t venuePort, Duration clockAhead)
        : clock(std::make_shared<ShiftedClock>(clockAhead)), venue(venuePort)
    {
        net::HttpClient::Options options;
        options.userAgent = "Chrona/test";
        http = net::HttpClient::create(
                   options, net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback))
                   .value();
        streams = net::makeWebSocketClient(net::AddressPolicy::PublicAndLoopback, {}, clock);
        source.key = "venue-test";
        source.hosts = {std::format("127.0.0.1:{}", venuePort)};
        source.rate.requestsPerSecond = 100;
    }
    void start(net::SelfSigned identity, std::string secret, std::uint16_t port = 0)
    {
        post = CollectorPost::start(
                   {.listening = {.port = port,
                                  .identity = std::move(identity),
                                  .secret = std::move(secret),
                                  .onlyThisMachine = true},
                    .version = "test",
                    .listen = [this](const AssignedVenue &wanted,
                                     auto rows) -> Result<std::unique_ptr<VenueCollector>> {
                        if (wanted.venue != "kraken")
                            return fail(ErrorCode::NotFound, "there is no such venue here");
                        return std::make_unique<VenueCollector>(
                            VenueCollector::Parts{.venue = venue,
                                                  .source = source,
                                                  .http = *http,
                                                  .streams = *streams,
                                                  .markets = wanted.markets,
                                                  .rows = std::move(rows),
                                                  .clock = clock,
                                                  .seed = 3});
                    },
                    .clock = clock})
                   .value();
    }

    std::shared_ptr<const Clock> clock;
    VenueAtPort venue;
    std::unique_ptr<net::HttpClient> http;
    std::unique_ptr<net::WebSocketClient> streams;
    schema::Source source;
    std::unique_ptr<CollectorPost> post;
};

} // namespace

/// A collector on the other side of a link: rows, clocks, breaks, two processes.
class TestRemoteCollector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void rowsComeOverAndClocksAreSetRight();
    void anUnknownVenueIsTold();
    void aBrokenLinkIsTakenUpWhereItBroke();
    void theWrongSecretIsToldAsRefused();
    void anotherProcessIsDialledAndReplaced();

private:
    void dial(std::uint16_t port, std::vector<AssignedVenue> venues);
    [[nodiscard]] std::vector<VenueRow> rows() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_rows;
    }
    [[nodiscard]] bool isConnected() const
    {
        return m_remote->health().state == CollectorState::Connected;
    }
    std::unique_ptr<net::ReplayServer> m_server;
    net::SelfSigned m_identity;
    std::string m_secret;
    mutable std::mutex m_mutex;
    std::vector<VenueRow> m_rows;
    std::unique_ptr<RemoteCollector> m_remote;
    const std::vector<AssignedVenue> m_kraken{{"kraken", {{"BTC", "USD"}}}};
};

void TestRemoteCollector::init()
{
    m_server = std::make_unique<net::ReplayServer>();
    m_server->stream("/ws", {StreamScript{.steps = {{Does::Expect, "subscribe"}}}});
    m_identity = net::makeSelfSigned(net::kLinkName).value();
    m_secret = net::makeLinkSecret();
    m_rows.clear();
}

void TestRemoteCollector::cleanup()
{
    if (m_remote && QTest::currentTestFailed())
        qWarning("the collector's health says: %s", m_remote->health().detail.c_str());
    m_remote.reset();
}

void TestRemoteCollector::dial(std::uint16_t port, std::vector<AssignedVenue> venues)
{
    m_remote = std::make_unique<RemoteCollector>(
        RemoteCollector::Parts{.address = {"127.0.0.1", port},
                               .pairing = {m_identity.certificatePem, m_secret},
                               .venues = std::move(venues),
                               .rows =
                                   [this](std::size_t, std::span<const VenueRow> some) {
                                       const std::scoped_lock lock(m_mutex);
                                       m_rows.insert(m_rows.end(), some.begin(), some.end());
                                   },
                               .seed = 5});
}

void TestRemoteCollector::rowsComeOverAndClocksAreSetRight()
{
    CollectorHere there(m_server->port(), 90s); // its clock is a minute and a half ahead
    there.start(m_identity, m_secret);
    dial(there.post->port(), m_kraken);
    QTRY_VERIFY_WITH_TIMEOUT(!m_server->heard("/ws").empty(), kLong);
    const std::int64_t before = SystemClock().now().time_since_epoch() / 1ms;
    m_server->say("/ws", priceFrame(100));
    QTRY_VERIFY_WITH_TIMEOUT(!rows().empty(), kLong);
    const std::int64_t after = SystemClock().now().time_since_epoch() / 1ms;
    const VenueRow row = rows()[0];
    QCOMPARE(row.bid, 99.5);
    QVERIFY(row.receivedMs >= before && row.receivedMs <= after);
    QVERIFY(row.heardMs >= before - 500 && row.heardMs <= row.receivedMs);
    // The ticker has no stamp, so it was stamped by a clock that is ahead, and set right.
    QVERIFY(row.isOwnStamp && row.exchangeMs >= before - 1'000 && row.exchangeMs <= after);
    QTRY_VERIFY_WITH_TIMEOUT(m_remote->health().venues.size() == 1 &&
                                 m_remote->health().venues[0].state == VenueState::Streaming,
                             kLong);
    const CollectorHealth health = m_remote->health();
    QCOMPARE(health.version, std::string("test"));
    QVERIFY(health.clockOffset > 89s && health.clockOffset < 91s);
    QVERIFY(health.roundTrip < 20s);
    QCOMPARE(health.lateRows + health.lostRows, std::uint64_t{0});
    QCOMPARE(health.venues[0].connections.size(), std::size_t{1});
}

void TestRemoteCollector::anUnknownVenueIsTold()
{
    CollectorHere there(m_server->port(), 0s);
    there.start(m_identity, m_secret);
    dial(there.post->port(), {{"nowhere", {{"BTC", "USD"}}}, m_kraken[0]});
    QTRY_VERIFY_WITH_TIMEOUT(m_remote->health().venues.size() == 2, kLong);
    QCOMPARE(m_remote->health().venues[0].detail, std::string("there is no such venue here"));
    QVERIFY(m_remote->health().venues[0].state == VenueState::Silent);
    QCOMPARE(there.post->venuesAsked(), std::size_t{1});
}

void TestRemoteCollector::aBrokenLinkIsTakenUpWhereItBroke()
{
    CollectorHere there(m_server->port(), 0s);
    there.start(m_identity, m_secret);
    const std::uint16_t port = there.post->port();
    dial(port, m_kraken);
    QTRY_VERIFY_WITH_TIMEOUT(!m_server->heard("/ws").empty(), kLong);
    m_server->say("/ws", priceFrame(100));
    QTRY_COMPARE_WITH_TIMEOUT(rows().size(), std::size_t{1}, kLong);
    m_remote.reset(); // the service goes; the collector goes on listening
    QTRY_VERIFY_WITH_TIMEOUT(!there.post->isDialled(), kLong);
    m_server->say("/ws", priceFrame(101));
    dial(port, m_kraken); // another service, that knows nothing of the first row's arrival
    QTRY_VERIFY_WITH_TIMEOUT(!rows().empty() && rows().back().last == 101, kLong);
    QCOMPARE(m_server->opened("/ws"), std::size_t{1}); // the venue was not asked anew
    // Each row once: what had been acknowledged is not sent again.
    m_server->say("/ws", priceFrame(102));
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 102, kLong);
    QCOMPARE(std::ranges::count(rows(), 101.0, &VenueRow::last), 1);
}

void TestRemoteCollector::theWrongSecretIsToldAsRefused()
{
    CollectorHere there(m_server->port(), 0s);
    there.start(m_identity, net::makeLinkSecret());
    dial(there.post->port(), m_kraken);
    QTRY_VERIFY_WITH_TIMEOUT(m_remote->health().state == CollectorState::Refused, kLong);
    QVERIFY(!there.post->isDialled());
    QCOMPARE(there.post->venuesAsked(), std::size_t{0});
}

/// This program again, as a collector: `--collector VENUE_PORT PORT`, with the pairing and the key
/// on its input. It says its port.
static std::unique_ptr<QProcess> otherProcess(const net::SelfSigned &identity,
                                              const std::string &secret, std::uint16_t venuePort,
                                              std::uint16_t port)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(
        QCoreApplication::applicationFilePath(),
        {QStringLiteral("--collector"), QString::number(venuePort), QString::number(port)});
    const std::string words =
        net::writePairing({identity.certificatePem, secret}) + "\n" + identity.keyPem;
    process->write(words.data(), static_cast<qint64>(words.size()));
    process->closeWriteChannel();
    return process;
}

static std::uint16_t portOf(QProcess &process)
{
    while (!process.canReadLine())
        if (!process.waitForReadyRead(kLong))
            return 0;
    return process.readLine().trimmed().toUShort();
}

void TestRemoteCollector::anotherProcessIsDialledAndReplaced()
{
    auto process = otherProcess(m_identity, m_secret, m_server->port(), 0);
    const std::uint16_t port = portOf(*process);
    QVERIFY(port != 0);
    dial(port, m_kraken);
    QTRY_VERIFY_WITH_TIMEOUT(!m_server->heard("/ws").empty(), kLong);
    m_server->say("/ws", priceFrame(100));
    QTRY_VERIFY_WITH_TIMEOUT(!rows().empty() && rows().back().last == 100, kLong);
    process->kill(); // no goodbye
    QVERIFY(process->waitForFinished(kLong));
    QTRY_VERIFY_WITH_TIMEOUT(!isConnected(), kLong);
    QVERIFY(m_remote->health().venues.empty()); // nothing is said of venues that nobody hears
    process = otherProcess(m_identity, m_secret, m_server->port(), port);
    QCOMPARE(portOf(*process), port);
    QTRY_VERIFY_WITH_TIMEOUT(isConnected(), kLong);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->opened("/ws"), std::size_t{2}, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->heard("/ws").size(), std::size_t{4}, kLong);
    m_server->say("/ws", priceFrame(200));
    QTRY_VERIFY_WITH_TIMEOUT(rows().back().last == 200, kLong);
    process->terminate();
    QVERIFY(process->waitForFinished(kLong));
}

static int runCollector(QCoreApplication &application)
{
    const QStringList words = QCoreApplication::arguments();
    std::string input;
    for (int byte = std::getchar(); byte != EOF; byte = std::getchar())
        input += static_cast<char>(byte);
    const std::size_t end = input.find('\n');
    const auto pairing = net::readPairing(input.substr(0, end)).value();
    CollectorHere here(words[2].toUShort(), 0s);
    here.start({pairing.certificatePem, input.substr(end + 1)}, pairing.secret,
               words[3].toUShort());
    std::printf("%u\n", unsigned(here.post->port()));
    std::fflush(stdout);
    return application.exec();
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == "--collector")
        return runCollector(application);
    TestRemoteCollector test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_remote_collector.moc"
