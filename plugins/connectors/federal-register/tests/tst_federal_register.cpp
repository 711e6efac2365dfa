// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Event;

class TestFederalRegister : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void documentsBecomeEvents();
    void foreignPayloadsAreRefused();
    void pagesAreFollowed();

private:
    std::string m_fixture;
    LoadedConnector m_connector{"federal-register"};
};

void TestFederalRegister::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
    m_fixture = fixtureText("documents.json");
}

void TestFederalRegister::documentsBecomeEvents()
{
    const auto events = m_connector.all<Event>("documents", m_fixture);
    QCOMPARE(events.size(), 2U);
    QVERIFY(events[0].type == schema::EventType::Sanction);
    QCOMPARE(events[0].sourceRef, std::string("2026-00001"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-06-01T00:00:00Z"));
    // Six in the morning in Washington, in summer and in winter.
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2026-06-01T10:00:00Z"));
    QCOMPARE(timeOf(events[1].times.publishedAt), std::string("2026-01-05T11:00:00Z"));
    QVERIFY(events[1].type == schema::EventType::Legislation);
    QVERIFY(std::abs(events[1].severity - 0.6F) < 1e-6F);
    QCOMPARE(events[1].summary, std::string("What it does."));
    QCOMPARE(textAt(events[1].attributes, "agencies"), std::string("test-agency"));
    const auto rejected = m_connector.all<Rejected>("documents", m_fixture);
    QCOMPARE(rejected.size(), 1U);
    QCOMPARE(rejected[0].sourceRef, std::string("2026-00003"));
}

void TestFederalRegister::foreignPayloadsAreRefused()
{
    for (const char *payload : {"", "<html/>", "[]", "{}", R"({"results":[)"})
        QVERIFY2(!m_connector.normalize("documents", payload).has_value(), payload);
    const auto none = m_connector.normalize("documents", R"({"count":0})");
    QVERIFY(none.has_value() && none->empty());
}

void TestFederalRegister::pagesAreFollowed()
{
    const Instant now(std::chrono::seconds(1'795'248'000));
    RouteFetcher fetcher;
    fetcher.answers["gte]=2026-11-07"] = ok(m_fixture);
    fetcher.answers["?page=2"] = ok(R"({"count":3,"results":[]})");
    const auto first = m_connector.fetch(fetcher, {}, now);
    QVERIFY(first.has_value());
    QCOMPARE(first->items.size(), 2U);
    QCOMPARE(first->nextCursor, std::string("2026-11-21"));
    // The day read last and two more are asked for again; a page that fails fails the fetch.
    QVERIFY(!m_connector.fetch(fetcher, first->nextCursor, now).has_value());
    QVERIFY(fetcher.asked.back().contains("gte]=2026-11-19"));
}

QTEST_GUILESS_MAIN(TestFederalRegister)
#include "tst_federal_register.moc"
