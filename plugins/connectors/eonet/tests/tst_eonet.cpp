// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Event;

class TestEonet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eventsAreRead();
    void brokenEventsAreRejectedAlone();
    void foreignPayloadsAreRefused();
    void fetchAsksOpenAndClosed();

private:
    std::string m_fixture;
    LoadedConnector m_connector{"eonet"};
};

void TestEonet::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
    m_fixture = fixtureText("events.json");
}

void TestEonet::eventsAreRead()
{
    const auto events = m_connector.all<Event>("json", m_fixture);
    QCOMPARE(events.size(), 2U);
    QVERIFY(events[0].type == schema::EventType::Wildfire);
    QCOMPARE(events[0].sourceRef, std::string("EONET_1"));
    QCOMPARE(events[0].geometry, schema::Geometry::at({-120.5, 38.25}));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-06-01T10:00:00Z"));
    QCOMPARE(timeOf(events[0].endsAt), std::string("none"));
    QCOMPARE(events[0].severity, 0.01F);
    // A storm is a track, begun with its first place and published with its last.
    QVERIFY(events[1].type == schema::EventType::TropicalCyclone);
    QVERIFY(events[1].geometry.kind == schema::Geometry::Kind::Lines);
    QCOMPARE(events[1].geometry.lines[0].size(), 2U);
    QCOMPARE(formatInstant(events[1].times.observedAt), std::string("2026-06-01T00:00:00Z"));
    QCOMPARE(timeOf(events[1].times.publishedAt), std::string("2026-06-02T00:00:00Z"));
    QCOMPARE(timeOf(events[1].endsAt), std::string("2026-06-05T00:00:00Z"));
    QCOMPARE(numberAt(events[1].attributes, "magnitude"), 70.0);
    QCOMPARE(events[1].severity, 0.5F);
}

void TestEonet::brokenEventsAreRejectedAlone()
{
    const auto rejected = m_connector.all<Rejected>("json", m_fixture);
    QCOMPARE(rejected.size(), 2U);
    QCOMPARE(rejected[0].sourceRef, std::string("EONET_3"));
    QVERIFY(rejected[1].reason.contains("not a time"));
}

void TestEonet::foreignPayloadsAreRefused()
{
    for (const char *payload : {"", "<html/>", "[]", R"({"events":{}})", R"({"events":[)"})
        QVERIFY2(!m_connector.normalize("json", payload).has_value(), payload);
}

void TestEonet::fetchAsksOpenAndClosed()
{
    RouteFetcher fetcher;
    fetcher.answers["status=open"] = ok(m_fixture);
    fetcher.answers["status=closed"] = {.status = 304, .notModified = true};
    const auto fetched = m_connector.fetch(fetcher, {}, Instant{});
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->items.size(), 1U);
    QCOMPARE(fetcher.asked.size(), 2U);
}

QTEST_GUILESS_MAIN(TestEonet)
#include "tst_eonet.moc"
