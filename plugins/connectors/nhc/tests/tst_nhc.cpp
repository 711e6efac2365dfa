// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Event;

class TestNhc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void summaryBecomesEvent();
    void advisoryOfNewYearsEveKeepsItsYear();
    void currentStormsAreRead();
    void noStormIsNoEvent();
    void brokenStormsAreRejected_data();
    void brokenStormsAreRejected();
    void fetchAsksThreeBasins();

private:
    LoadedConnector m_connector{"nhc"};
};

void TestNhc::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
}

void TestNhc::summaryBecomesEvent()
{
    const auto events = m_connector.all<Event>("rss", fixtureText("index-at.xml"));
    QCOMPARE(events.size(), 1U);
    QVERIFY(events[0].type == schema::EventType::TropicalCyclone);
    QCOMPARE(events[0].sourceRef, std::string("AL092026"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-08-09T00:00:00Z"));
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2026-08-09T00:35:00Z"));
    QCOMPARE(events[0].geometry, schema::Geometry::at({-75.1, 25.5}));
    QCOMPARE(numberAt(events[0].attributes, "wind_mph"), 40.0);
    QCOMPARE(numberAt(events[0].attributes, "pressure_mb"), 1002.0);
    QVERIFY(std::abs(events[0].severity - 17.0F / 134.0F) < 1e-6F);
}

void TestNhc::advisoryOfNewYearsEveKeepsItsYear()
{
    std::string feed =
        with(fixtureText("index-at.xml"), "Sun, 09 Aug 2026 00:35:00", "Fri, 01 Jan 2027 03:05:00");
    feed = with(feed, "8:00 PM EDT Sat Aug 8", "10:00 PM EST Thu Dec 31");
    const auto events = m_connector.all<Event>("rss", feed);
    QCOMPARE(events.size(), 1U);
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2027-01-01T03:00:00Z"));
}

void TestNhc::currentStormsAreRead()
{
    const auto events =
        m_connector.all<Event>("current-storms", fixtureText("current-storms.json"));
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].sourceRef, std::string("AL092026"));
    QCOMPARE(events[0].geometry, schema::Geometry::at({-80, 24.5}));
    QVERIFY(std::abs(numberAt(events[0].attributes, "wind_mph") - 86.3085) < 1e-3);
    QCOMPARE(m_connector.all<Rejected>("current-storms", fixtureText("current-storms.json")).size(),
             1U);
}

void TestNhc::noStormIsNoEvent()
{
    const auto drafts = m_connector.normalize(
        "rss", "<rss><channel><item><title>There are no tropical cyclones</title></item></channel>"
               "</rss>");
    QVERIFY(drafts.has_value() && drafts->empty());
    QVERIFY(!m_connector.normalize("rss", "<feed/>").has_value());
    QVERIFY(!m_connector.normalize("current-storms", "{}").has_value());
}

void TestNhc::brokenStormsAreRejected_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("a centre off Earth")
        << QByteArray("25.5, -75.1") << QByteArray("95.5, -75.1") << QByteArray("not on Earth");
    QTest::newRow("a time that is none")
        << QByteArray("8:00 PM EDT Sat Aug 8") << QByteArray("25:00 PM") << QByteArray("datetime");
    QTest::newRow("no id") << QByteArray("<nhc:atcf>AL092026") << QByteArray("<nhc:atcf>")
                           << QByteArray("ATCF");
    QTest::newRow("a wind beyond Earth")
        << QByteArray("40 mph") << QByteArray("4000 mph") << QByteArray("wind");
}

void TestNhc::brokenStormsAreRejected()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, reason);
    const auto rejected = m_connector.all<Rejected>(
        "rss", with(fixtureText("index-at.xml"), from.toStdString(), to.toStdString()));
    QCOMPARE(rejected.size(), 1U);
    QVERIFY2(rejected[0].reason.contains(reason.toStdString()), rejected[0].reason.c_str());
}

void TestNhc::fetchAsksThreeBasins()
{
    RouteFetcher fetcher;
    fetcher.answers["index-at"] = ok(fixtureText("index-at.xml"));
    const auto fetched = m_connector.fetch(fetcher, {}, Instant{});
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->items.size(), 1U);
    QCOMPARE(fetched->warnings.size(), 2U);
}

QTEST_GUILESS_MAIN(TestNhc)
#include "tst_nhc.moc"
