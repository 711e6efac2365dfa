// SPDX-License-Identifier: AGPL-3.0-or-later
#include "own_source_rig.h"

using namespace chrona;
using namespace std::chrono_literals;
using sources::OwnFeed;

/// From an address that a person gives to stored events, over real HTTP into a real Postgres.
class TestOwnFeed : public OwnSourceRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openAll(); }
    void init() { prepare(); }
    void cleanup() { finish(); }
    void entryIsComplete();
    void addressIsJudged_data();
    void addressIsJudged();
    void openQuestionsAreRefused();
    void feedIsReadAndComesBackAfterARestart();
    void feedIsTakenOut();
    void feedThatLeadsElsewhereFails();
    void whatAConnectorBringsStays();
};

void TestOwnFeed::entryIsComplete()
{
    const auto source = sources::ownFeedSource(desk(), kToday);
    QVERIFY2(source, source ? "" : source.error().what.c_str());
    QVERIFY(schema::validate(*source).empty());
    QVERIFY(source->key.starts_with("own.desk.example.org."));
    QCOMPARE(source->termsCheckedOn, std::string("2026-11-21"));
    QCOMPARE(source->hosts, std::vector<std::string>{"desk.example.org"});
    QCOMPARE(source->attribution, std::string("A desk"));
    QCOMPARE(source->cadence, Duration(30min));
    QVERIFY(sources::isOwn(*source));
    QVERIFY(source->keepsToRobots);
    const auto same = sources::ownFeedSource(desk("https://desk.example.org/feed.xml#top"), kToday);
    QCOMPARE(same->key, source->key);
    const auto other = sources::ownFeedSource(desk("https://desk.example.org/other.xml"), kToday);
    QVERIFY(other->key != source->key);
}

void TestOwnFeed::addressIsJudged_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("a public name") << QByteArray("https://news.example.com/rss") << true;
    QTest::newRow("without encryption") << QByteArray("http://news.example.com/rss") << true;
    QTest::newRow("this machine") << QByteArray("http://localhost/rss") << false;
    QTest::newRow("this machine by number") << QByteArray("http://127.0.0.1/rss") << false;
    QTest::newRow("this machine in short") << QByteArray("http://127.1/rss") << false;
    QTest::newRow("this machine in hex") << QByteArray("http://0x7f000001/rss") << false;
    QTest::newRow("this machine as one number") << QByteArray("http://2130706433/rss") << false;
    QTest::newRow("this machine in IPv6") << QByteArray("http://[::1]/rss") << false;
    QTest::newRow("the home network") << QByteArray("http://192.168.1.10/rss") << false;
    QTest::newRow("a cloud's metadata") << QByteArray("http://169.254.169.254/latest") << false;
    QTest::newRow("a name of the home network") << QByteArray("http://printer.local/") << false;
    QTest::newRow("a name without a dot") << QByteArray("http://intranet/feed") << false;
    QTest::newRow("an unusual port") << QByteArray("https://news.example.com:8080/rss") << false;
    QTest::newRow("with a password") << QByteArray("https://me:pw@news.example.com/rss") << false;
    QTest::newRow("a file") << QByteArray("file:///etc/passwd") << false;
    QTest::newRow("no address") << QByteArray("feed") << false;
}

void TestOwnFeed::addressIsJudged()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, allowed);
    const auto source = sources::ownFeedSource(desk(address.toStdString()), kToday);
    QCOMPARE(source.has_value(), allowed);
}

void TestOwnFeed::openQuestionsAreRefused()
{
    OwnFeed feed = desk();
    feed.termsUrl.clear();
    const auto withoutTerms = sources::ownFeedSource(feed, kToday);
    QVERIFY(!withoutTerms && withoutTerms.error().what.contains("terms_url"));
    feed = desk();
    feed.licence.clear();
    const auto withoutLicence = sources::ownFeedSource(feed, kToday);
    QVERIFY(!withoutLicence && withoutLicence.error().what.contains("licence"));
    feed = desk();
    feed.mode = schema::IngestMode::OwnKeyLocal; // never leaves, so it cannot be passed on
    QVERIFY(!sources::ownFeedSource(feed, kToday));
    feed = desk();
    feed.every = 10s;
    QVERIFY(!sources::ownFeedSource(feed, kToday));
}

void TestOwnFeed::feedIsReadAndComesBackAfterARestart()
{
    begin();
    const auto source = sources::ownFeedSource(desk(), kToday);
    QVERIFY(m_acquisition->add(*source));
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(view(source->key).health.lastSuccessAt.has_value());
    const auto twice = m_acquisition->add(*source);
    QVERIFY(!twice && twice.error().code == ErrorCode::Conflict);

    const std::size_t asked = requests("/feed.xml");
    m_clock->advance(1h);
    begin();
    QCOMPARE(view(source->key).source.address, source->address);
    QTRY_VERIFY(requests("/feed.xml") > asked);
    QCOMPARE(eventCount(), 1U);
}

void TestOwnFeed::feedIsTakenOut()
{
    begin();
    const auto source = sources::ownFeedSource(desk(), kToday);
    QVERIFY(m_acquisition->add(*source));
    QTRY_VERIFY(view(source->key).health.lastSuccessAt.has_value());
    QTRY_COMPARE(eventCount(), 1U);
    QVERIFY(m_acquisition->remove(source->key));
    QVERIFY2(view(source->key).source.connector.empty(), "its entry stays beside its events");
    QCOMPARE(eventCount(), 1U);
    QVERIFY(!m_acquisition->runNow(source->key));
    QVERIFY(!m_acquisition->enable(source->key));

    auto unused = sources::ownFeedSource(desk("https://quiet.example.org/none.xml"), kToday);
    m_server->answer("/none.xml", net::Answer{.status = 503});
    QVERIFY(m_acquisition->add(*unused));
    QTRY_VERIFY(view(unused->key).health.failuresInRow > 0);
    QVERIFY(m_acquisition->remove(unused->key));
    QVERIFY2(view(unused->key).source.key.empty(), "nothing came from it, so nothing stays");
    QVERIFY(!m_acquisition->remove(unused->key));

    begin(); // and it is not read again by the next process
    QVERIFY(view(source->key).source.connector.empty());
    QVERIFY(m_acquisition->add(*source)); // a person may change their mind
    QVERIFY(view(source->key).source.enabled);
}

void TestOwnFeed::feedThatLeadsElsewhereFails()
{
    m_server->answer(
        "/feed.xml",
        net::Answer{.status = 302, .headers = {{"Location", "http://169.254.169.254/"}}});
    begin();
    const auto source = sources::ownFeedSource(desk(), kToday);
    QVERIFY(m_acquisition->add(*source));
    QTRY_VERIFY(view(source->key).health.failuresInRow > 0);
    QVERIFY(!view(source->key).health.lastError.empty());
    QCOMPARE(requests("/feed.xml"), 1U);
    QCOMPARE(requests("/"), 0U);
}

void TestOwnFeed::whatAConnectorBringsStays()
{
    begin();
    const auto refused = m_acquisition->remove("un-news");
    QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
    QVERIFY(!m_acquisition->remove("nobody"));
}

QTEST_GUILESS_MAIN(TestOwnFeed)
#include "tst_own_feed.moc"
