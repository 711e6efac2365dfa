// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Event;

class TestGdacs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itemBecomesEvent();
    void itemWithoutPlaceIsRejectedAlone();
    void recordedListsAreRead();
    void refusals_data();
    void refusals();
    void fetchReadsTheWeekAfterAGap();

private:
    std::string m_fixture;
    LoadedConnector m_connector{"gdacs"};
};

void TestGdacs::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
    m_fixture = fixtureText("rss.xml");
}

void TestGdacs::itemBecomesEvent()
{
    const auto events = m_connector.all<Event>("rss", m_fixture);
    QCOMPARE(events.size(), 1U);
    QVERIFY(events[0].type == schema::EventType::Flood);
    QCOMPARE(events[0].sourceRef, std::string("FL1"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-05-31T00:00:00Z"));
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2026-06-01T10:00:00Z"));
    QCOMPARE(timeOf(events[0].endsAt), std::string("2026-06-02T00:00:00Z"));
    QCOMPARE(events[0].geometry, schema::Geometry::at({-20.25, 10.5}));
    QCOMPARE(events[0].severity, 0.6F);
    QCOMPARE(textAt(events[0].attributes, "glide"), std::string("FL-2026-000001-TST"));
    QCOMPARE(textAt(events[0].attributes, "episode_id"), std::string("3"));
    QCOMPARE(numberAt(events[0].attributes, "severity_value"), 7.0);
    QCOMPARE(numberAt(events[0].attributes, "alert_score"), 1.5);
}

void TestGdacs::itemWithoutPlaceIsRejectedAlone()
{
    const auto rejected = m_connector.all<Rejected>("rss", m_fixture);
    QCOMPARE(rejected.size(), 1U);
    QCOMPARE(rejected[0].sourceRef, std::string("FL2"));
    QVERIFY(rejected[0].reason.contains("neither a point nor a polygon"));
}

void TestGdacs::recordedListsAreRead()
{
    const auto events = m_connector.all<Event>("rss", sampleText("gdacs/gdacs-1.xml"));
    QCOMPARE(events.size(), 4U);
    QCOMPARE(events[0].sourceRef, std::string("TC1000643"));
    QVERIFY(events[0].type == schema::EventType::TropicalCyclone);
    QCOMPARE(events[0].geometry, schema::Geometry::at({59.8, -19.4}));
    QCOMPARE(events[0].severity, 0.25F);
    QCOMPARE(numberAt(events[0].attributes, "severity_value"), 92.592);
    QCOMPARE(textAt(events[0].attributes, "severity_unit"), std::string("km/h"));
    QCOMPARE(textAt(events[0].attributes, "event_name"), std::string("CALVINIA-19"));
    QCOMPARE(formatInstant(events[1].times.observedAt), std::string("2019-12-28T15:36:35Z"));
    QVERIFY(events[1].type == schema::EventType::Earthquake);
    QCOMPARE(formatInstant(events[2].times.observedAt), std::string("2019-10-21T00:00:00Z"));
    QCOMPARE(timeOf(events[2].endsAt), std::string("2019-12-30T01:27:00Z"));
    QCOMPARE(textAt(events[3].attributes, "country"), std::string("Australia"));
    QVERIFY(m_connector.all<Rejected>("rss", sampleText("gdacs/gdacs-1.xml")).empty());

    QVERIFY(m_connector.all<Event>("rss", sampleText("gdacs/gdacs-2.xml")).empty());
    const auto rejected = m_connector.all<Rejected>("rss", sampleText("gdacs/gdacs-2.xml"));
    QCOMPARE(rejected.size(), 1U);
    QCOMPARE(rejected[0].sourceRef, std::string("TC1000643"));
}

void TestGdacs::refusals_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("a bomb") << QByteArray("<rss") << QByteArray("<!DOCTYPE rss []><rss")
                            << QByteArray("DOCTYPE");
    QTest::newRow("cut short") << QByteArray("</rss>") << QByteArray() << QByteArray("no element");
    QTest::newRow("Atom") << QByteArray("<rss version=\"2.0\"") << QByteArray("<feed")
                          << QByteArray("not <rss>");
    QTest::newRow("latitude NaN") << QByteArray("10.5") << QByteArray("NaN") << QByteArray("NaN");
    QTest::newRow("a score that is none")
        << QByteArray(">1.5<") << QByteArray(">1e999<") << QByteArray("alert_score");
    QTest::newRow("year 0") << QByteArray("31 May 2026") << QByteArray("31 May 0000")
                            << QByteArray("1900 to 2199");
    QTest::newRow("a day that no month has")
        << QByteArray("31 May 2026") << QByteArray("31 Jun 2026") << QByteArray("not a time");
}

void TestGdacs::refusals()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, reason);
    const std::string said = complaintsOf(
        m_connector.normalize("rss", with(m_fixture, from.toStdString(), to.toStdString())));
    QVERIFY2(QByteArray::fromStdString(said).contains(reason), said.c_str());
}

void TestGdacs::fetchReadsTheWeekAfterAGap()
{
    const Instant now(std::chrono::seconds(1'795'248'000));
    RouteFetcher fetcher;
    fetcher.answers["gdacs.org"] = ok(m_fixture);
    const auto first = m_connector.fetch(fetcher, {}, now);
    QVERIFY(first.has_value());
    QCOMPARE(first->items.size(), 1U);
    QVERIFY(fetcher.asked.back().ends_with("rss_7d.xml"));
    const auto later = m_connector.fetch(fetcher, first->nextCursor, now + std::chrono::minutes(5));
    QVERIFY(later.has_value());
    QVERIFY(fetcher.asked.back().ends_with("/rss.xml"));
    fetcher.answers["gdacs.org"] = ok("<html>");
    QVERIFY(!m_connector.fetch(fetcher, {}, now).has_value());
}

QTEST_GUILESS_MAIN(TestGdacs)
#include "tst_gdacs.moc"
