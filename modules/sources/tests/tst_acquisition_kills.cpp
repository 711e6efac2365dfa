// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canonicalise.h"

#include "chrona/net/loopback.h"
#include "chrona/schema/entity.h"
#include "chrona/sources/acquisition.h"
#include "chrona/sources/own_feed.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <cstdio>
#include <format>
#include <thread>

using namespace chrona;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 20;
constexpr int kFeeds = 6;
constexpr int kFreshEntries = 40; ///< of a feed in a round; those of before stay in it
constexpr int kLongMs = 60'000;
/// Fixed, so that a failure can be had again; the machine's own timing does the rest.
constexpr quint32 kSeed = 20'261'126;
constexpr const char *kSubject = "organization:kill-test";
constexpr const char *kHosts = ".example.org";

std::string pathOf(int feed)
{
    return std::format("/feed-{}.xml", feed);
}

constexpr const char *kPoisonPath = "/poison.xml";

/// Asked as often as may be; else an entry of the registry like any other.
schema::Source feedSource(const std::string &path)
{
    auto source = sources::ownFeedSource(
                      {.address = "https://desk.example.org" + path,
                       .name = "Desk " + path,
                       .licence = "CC-BY-4.0",
                       .termsUrl = "https://desk.example.org/terms",
                       .redistribution = schema::Redistribution::WithAttribution,
                       .retention = schema::RetentionClass::Days90,
                       .mode = schema::IngestMode::Full,
                       .attribution = {},
                       .publisherFamily = {},
                       .every = {}},
                      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()))
                      .value();
    source.cadence = 1s;
    source.rate = {
        .requestsPerSecond = 100, .burst = 100, .requestsPerDay = std::nullopt, .concurrentMax = 1};
    return source;
}

std::string feedOf(int feed, int rounds)
{
    std::string body = "<rss version=\"2.0\"><channel><title>Desk</title>";
    for (int entry = 0; entry < rounds * kFreshEntries; ++entry)
        body += std::format("<item><title>Berth {0} of quay {1} is free</title>"
                            "<guid isPermaLink=\"false\">{1}:{0}</guid>"
                            "<pubDate>Fri, 20 Nov 2026 {2:02}:{3:02}:00 GMT</pubDate></item>",
                            entry, feed, entry / 60 % 24, entry % 60);
    return body + "</channel></rss>";
}

/// Passes the first look of its connector, and nothing of it can be a fact.
std::string poisonOf(int round)
{
    return std::format("<rss version=\"2.0\"><channel><title>Desk</title>"
                       "<item><link>https://desk.example.org/{}</link></item></channel></rss>",
                       round);
}

std::vector<schema::Entity> linkToSubject(schema::Event &event)
{
    schema::Entity subject;
    subject.kind = schema::EntityKind::Organization;
    subject.key = kSubject;
    subject.name = "Harbour authority";
    subject.id = schema::entityIdFor(subject.key);
    event.entities.push_back({subject.id, schema::EntityRole::Subject, 1});
    return {subject};
}

} // namespace

/// Kills the process that fetches, normalises and enriches at random moments, round after round:
/// nothing that a server has shown is lost, for a server that says "not modified" would never show
/// it again, and nothing is there twice: neither a payload, nor an event, its links or its
/// revision, nor what is in quarantine.
class TestAcquisitionKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsLostAndNothingIsDoubled();

private:
    void publish(int rounds);
    [[nodiscard]] std::unique_ptr<QProcess> startReader() const;
    [[nodiscard]] qint64 count(const char *sql);
    [[nodiscard]] qint64 events() { return count("SELECT count(*) FROM chrona_world.event"); }
    /// All entries are events, and the log is read to its end.
    [[nodiscard]] bool isCaughtUp(int rounds);

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_way;
    std::optional<storage::Connection> m_connection;
    net::ReplayServer m_server;
};

void TestAcquisitionKills::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    m_way = m_database->freshConnectionString();
    m_connection = storage::Connection::open(m_way).value();
    const auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY(library.has_value());
    // What the connectors bring would ask the world.
    for (const auto &entry : (*library)->entries()) {
        QVERIFY(storage::storeSources(*m_connection, entry.description.sources));
        for (const schema::Source &source : entry.description.sources)
            QVERIFY(
                storage::setSourceEnabled(*m_connection, source.id, storage::SourceSwitch::Off));
    }
    std::vector<schema::Source> own{feedSource(kPoisonPath)};
    for (int feed = 0; feed < kFeeds; ++feed)
        own.push_back(feedSource(pathOf(feed)));
    QVERIFY(storage::storeSources(*m_connection, own));
}

void TestAcquisitionKills::publish(int rounds)
{
    const auto answer = [&](std::string body) {
        return net::Answer{.headers = {{"Content-Type", "application/rss+xml"},
                                       {"ETag", std::format("\"{}\"", rounds)}},
                           .body = std::move(body)};
    };
    for (int feed = 0; feed < kFeeds; ++feed)
        m_server.answer(pathOf(feed), answer(feedOf(feed, rounds)));
    m_server.answer(kPoisonPath, answer(poisonOf(rounds)));
}

std::unique_ptr<QProcess> TestAcquisitionKills::startReader() const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(
        QCoreApplication::applicationFilePath(),
        {u"--reader"_s, QString::fromStdString(m_server.url("")), QString::fromStdString(m_way)});
    return process;
}

qint64 TestAcquisitionKills::count(const char *sql)
{
    const auto rows = m_connection->query(sql);
    return rows ? rows->first().int64(0) : -1;
}

bool TestAcquisitionKills::isCaughtUp(int rounds)
{
    return events() == qint64{rounds} * kFeeds * kFreshEntries &&
           count("SELECT count(*) FROM chrona_world.raw_item i WHERE (i.xid, i.id) > "
                 "(SELECT c.xid, c.id FROM chrona_world.raw_cursor c WHERE name = 'normalise')") ==
               0;
}

void TestAcquisitionKills::nothingIsLostAndNothingIsDoubled()
{
    QRandomGenerator random(kSeed);
    publish(1);
    // How long the machine takes without a knife says where the knife may fall.
    QElapsedTimer clock;
    clock.start();
    auto reader = startReader();
    QTRY_VERIFY_WITH_TIMEOUT(isCaughtUp(1), kLongMs);
    const auto lengthMs = static_cast<quint32>(clock.elapsed()) + 200;
    reader->kill();
    QVERIFY(reader->waitForFinished(kLongMs));

    int interrupted = 0;
    for (int round = 2; round <= kRounds + 1; ++round) {
        publish(round);
        reader = startReader();
        QVERIFY(!reader->waitForFinished(static_cast<int>(random.bounded(lengthMs))));
        reader->kill();
        QVERIFY(reader->waitForFinished(kLongMs));
        interrupted += isCaughtUp(round) ? 0 : 1;
    }
    reader = startReader();
    QTRY_VERIFY_WITH_TIMEOUT(isCaughtUp(kRounds + 1), kLongMs);
    reader->kill();
    QVERIFY(reader->waitForFinished(kLongMs));
    // A round that was quicker than the knife proves nothing; most must be cut.
    QVERIFY2(interrupted >= kRounds / 2, qPrintable(QString::number(interrupted)));

    const qint64 all = events();
    QCOMPARE(count("SELECT count(DISTINCT source_ref) FROM chrona_world.event"), all);
    QCOMPARE(count("SELECT count(*) FROM chrona_world.event_key"), all);
    QCOMPARE(count("SELECT count(*) FROM chrona_world.event WHERE revision <> 1"), 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_world.event_entity l JOIN chrona_world.entity e "
                   "ON e.id = l.entity_id AND e.key = 'organization:kill-test'"),
             all);
    QCOMPARE(count("SELECT count(*) FROM (SELECT source_id, url, payload FROM "
                   "chrona_world.raw_item GROUP BY 1, 2, 3 HAVING count(*) > 1) AS twice"),
             0);
    // Each poison that was acknowledged is in quarantine, and nothing else is.
    QCOMPARE(count("SELECT count(*) FROM chrona_world.raw_quarantine"),
             count("SELECT count(*) FROM chrona_world.raw_item WHERE url LIKE '%poison%'"));
    QVERIFY(count("SELECT count(*) FROM chrona_world.raw_quarantine") > 0);
}

/// This program again, as what fetches and normalises: `--reader URL DATABASE`. Ends when killed.
static int runReader(QCoreApplication &application)
{
    const QStringList words = QCoreApplication::arguments();
    const auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    auto pool = storage::Pool::open(words[3].toStdString(), 6);
    if (!library || !pool)
        return 1;
    net::HttpClient::Options options;
    options.userAgent = "Chrona/test";
    options.hostRate = {.perSecond = 1000, .burst = 1000, .concurrentMax = 8};
    const auto http = net::HttpClient::create(
        options, std::make_unique<net::LoopbackTransport>(words[2].toStdString(), kHosts));
    if (!http)
        return 1;
    const auto acquisition =
        sources::Acquisition::start({*pool, **library, **http, canonicalise, {}, linkToSubject}, {},
                                    {.workers = 4, .batchItems = 2, .jitterSeed = 7});
    return acquisition ? application.exec() : 1;
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == "--reader")
        return runReader(application);
    TestAcquisitionKills test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_acquisition_kills.moc"
