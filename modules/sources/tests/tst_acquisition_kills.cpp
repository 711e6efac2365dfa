// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canonicalise.h"
#include "many_feeds.h"

#include "chrona/net/loopback.h"
#include "chrona/schema/entity.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/held_table.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include "test_knife.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <cstdio>
#include <format>
#include <thread>

using namespace chrona;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kChanceRounds = 20; ///< beside one at each step
constexpr std::size_t kKillFeeds = 6;
constexpr int kKillMs = 60'000;
/// Fixed, so that a failure can be had again; the machine's own timing does the rest.
constexpr quint32 kSeed = 20'261'126;
constexpr const char *kSubject = "organization:kill-test";
constexpr const char *kPoisonPath = "/poison.xml";

/// Asked as often as may be; else an entry of the registry like any other.
schema::Source askedOften(schema::Source source)
{
    source.cadence = 1s;
    source.rate = {
        .requestsPerSecond = 100, .burst = 100, .requestsPerDay = std::nullopt, .concurrentMax = 1};
    return source;
}

/// Passes the first look of its connector, and nothing of it can be a fact.
std::string poisonOf(std::size_t issue)
{
    return std::format("<rss version=\"2.0\"><channel><title>Desk</title>"
                       "<item><link>https://desk.example.org/{}</link></item></channel></rss>",
                       issue);
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

/// Kills the process that fetches, normalises and enriches, round after round, at each of its steps
/// and at random moments. Nothing that a server has shown is lost: one that says "not modified"
/// never shows it again, so what a round published must come before the next. And nothing is there
/// twice: neither a payload, nor an event, its links or its revision, nor what is in quarantine.
class TestAcquisitionKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aStepThatNeverHappensIsTakenAgain_data();
    void aStepThatNeverHappensIsTakenAgain();
    void nothingIsLostAtAnyMoment();
    void cleanupTestCase();

private:
    void publishNext();
    void startReader();
    void killReader();
    /// A new process finds what the killed one left, and nothing new is published.
    void catchUp();
    void verifyOnce();
    [[nodiscard]] qint64 count(const char *sql);
    [[nodiscard]] qint64 events() { return count("SELECT count(*) FROM chrona_world.event"); }
    /// All entries are events, and the log is read to its end.
    [[nodiscard]] bool isCaughtUp();

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_way;
    std::optional<storage::Connection> m_connection;
    net::ReplayServer m_server;
    sources::ManyFeeds m_feeds{
        m_server, kKillFeeds, {.shown = sources::FeedShape::kAll, .fresh = 20}};
    std::size_t m_issues = 0;
    std::unique_ptr<QProcess> m_reader;
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
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    std::vector<schema::Source> own{
        askedOften(sources::ManyFeeds::sourceAt("desk", kPoisonPath, today).value())};
    for (std::size_t feed = 0; feed < kKillFeeds; ++feed)
        own.push_back(askedOften(m_feeds.source(feed, today).value()));
    QVERIFY(storage::storeSources(*m_connection, own));
}

void TestAcquisitionKills::publishNext()
{
    m_feeds.publish(m_issues);
    m_feeds.publishAt(kPoisonPath, m_issues, poisonOf(m_issues));
    ++m_issues;
}

void TestAcquisitionKills::startReader()
{
    m_reader = std::make_unique<QProcess>();
    m_reader->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_reader->start(
        QCoreApplication::applicationFilePath(),
        {u"--reader"_s, QString::fromStdString(m_server.url("")), QString::fromStdString(m_way)});
}

void TestAcquisitionKills::killReader()
{
    m_reader->kill();
    QVERIFY(m_reader->waitForFinished(kKillMs));
}

void TestAcquisitionKills::catchUp()
{
    startReader();
    QTRY_VERIFY_WITH_TIMEOUT(isCaughtUp(), kKillMs);
    killReader();
}

qint64 TestAcquisitionKills::count(const char *sql)
{
    const auto rows = m_connection->query(sql);
    return rows ? rows->first().int64(0) : -1;
}

bool TestAcquisitionKills::isCaughtUp()
{
    // A poison that was never fetched would be missing as well.
    return events() == static_cast<qint64>(m_feeds.entriesSoFar(m_issues)) &&
           count("SELECT count(*) FROM chrona_world.raw_quarantine") ==
               static_cast<qint64>(m_issues) &&
           count("SELECT count(*) FROM chrona_world.raw_item i WHERE (i.xid, i.id) > "
                 "(SELECT c.xid, c.id FROM chrona_world.raw_cursor c WHERE name = 'normalise')") ==
               0;
}

void TestAcquisitionKills::verifyOnce()
{
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
}

void TestAcquisitionKills::aStepThatNeverHappensIsTakenAgain_data()
{
    QTest::addColumn<QString>("table");
    // First, because nothing is known yet that events name.
    QTest::newRow("what an event names is written") << u"chrona_world.entity"_s;
    QTest::newRow("a payload is written") << u"chrona_world.raw_item"_s;
    QTest::newRow("its hash is kept") << u"chrona_world.raw_latest"_s;
    QTest::newRow("the source's cursor moves") << u"chrona_world.source_cursor"_s;
    QTest::newRow("its health is saved") << u"chrona_ops.source_health"_s;
    QTest::newRow("an event is claimed") << u"chrona_world.event_key"_s;
    QTest::newRow("an event is written") << u"chrona_world.event"_s;
    QTest::newRow("its links are written") << u"chrona_world.event_entity"_s;
    QTest::newRow("poison is set aside") << u"chrona_world.raw_quarantine"_s;
    QTest::newRow("the log's cursor moves") << u"chrona_world.raw_cursor"_s;
}

void TestAcquisitionKills::aStepThatNeverHappensIsTakenAgain()
{
    QFETCH(QString, table);
    publishNext();
    {
        auto held = storage::HeldTable::hold(m_way, table.toStdString());
        QVERIFY2(held.has_value(), held ? "" : held.error().what.c_str());
        startReader();
        QTRY_VERIFY_WITH_TIMEOUT(held->hasWaiter(), kKillMs);
        killReader();
        const auto ended = held->endOthers(*m_connection);
        QVERIFY2(ended.has_value(), ended ? "" : ended.error().what.c_str());
    }
    catchUp();
    verifyOnce();
}

void TestAcquisitionKills::nothingIsLostAtAnyMoment()
{
    publishNext();
    // How long the machine takes without a knife says where the knife may fall.
    QElapsedTimer clock;
    clock.start();
    catchUp();
    TestKnife knife(kSeed, kChanceRounds, clock.elapsed() + 200);

    while (knife.hasNext()) {
        publishNext();
        startReader();
        QVERIFY(!m_reader->waitForFinished(knife.nextMs()));
        killReader();
        knife.fell(!isCaughtUp());
        catchUp();
    }
    QVERIFY2(knife.hasCutEnough(), qPrintable(QString::number(knife.cuts())));
    verifyOnce();
}

void TestAcquisitionKills::cleanupTestCase()
{
    m_reader.reset(); // after a failure one may still run
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
    const auto http =
        net::HttpClient::create(options, std::make_unique<net::LoopbackTransport>(
                                             words[2].toStdString(), sources::ManyFeeds::kHosts));
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
