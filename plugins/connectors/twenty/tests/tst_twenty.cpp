// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestTwenty : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void peopleAndCompanies();
    void refusals_data();
    void refusals();
    void listsTakeTurns();

private:
    LoadedConnector m_connector{"twenty"};
};

void TestTwenty::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(!m_connector.description().sources.at(0).enabled);
}

void TestTwenty::peopleAndCompanies()
{
    const auto drafts = m_connector.drafts(
        "people", R"({"data":{"people":[{"id":"u-1","name":{"firstName":"Ada","lastName":"Byron"},
        "emails":{"primaryEmail":"ada@example.test"},"jobTitle":"Analyst","deletedAt":null},
        {"id":"u-2","name":{"firstName":"Gone","lastName":""},"deletedAt":"2026-01-01T00:00:00Z"},
        {"name":{}}]},"pageInfo":{"hasNextPage":false},"totalCount":3})");
    const auto people = only<schema::Entity>(drafts);
    QCOMPARE(people.size(), 1U);
    QCOMPARE(only<Rejected>(drafts).size(), 1U);
    QVERIFY(people[0].kind == schema::EntityKind::Person);
    QCOMPARE(people[0].key, std::string("twenty:person:u-1"));
    QCOMPARE(people[0].name, std::string("Ada Byron"));
    const auto companies = only<schema::Entity>(m_connector.drafts(
        "companies", R"({"data":{"company":{"id":"c-1","name":"Example Ltd","domainName":
        {"primaryLinkUrl":"https://example.test"},"employees":12,"annualRecurringRevenue":
        {"amountMicros":1500000000,"currencyCode":"EUR"}}}})"));
    QVERIFY(companies.at(0).kind == schema::EntityKind::Organization);
    QCOMPARE(companies.at(0).externalIds.at(1).value, std::string("https://example.test"));
    QCOMPARE(std::get<double>(*schema::find(companies.at(0).attributes, "recurring_revenue")),
             1500.);
}

void TestTwenty::refusals_data()
{
    QTest::addColumn<QString>("payload");
    QTest::newRow("no permission")
        << R"({"statusCode":403,"error":"Forbidden","messages":["Token invalid"]})";
    QTest::newRow("a page") << "<html/>";
    QTest::newRow("another list") << R"({"data":{"notes":[]}})";
}

void TestTwenty::refusals()
{
    QFETCH(QString, payload);
    QVERIFY(!m_connector.normalize("people", payload.toStdString()).has_value());
    QVERIFY(!m_connector.normalize("companies", payload.toStdString()).has_value());
}

void TestTwenty::listsTakeTurns()
{
    schema::Source source = m_connector.description().sources.at(0);
    source.homepage = "https://crm.test/";
    EchoFetcher more(R"({"data":{"people":[]},"pageInfo":{"hasNextPage":true,"endCursor":"abc"}})");
    QCOMPARE(m_connector.fetch(source, more)->nextCursor, std::string("people abc"));
    EchoFetcher end(R"({"data":{"people":[]},"pageInfo":{"hasNextPage":false,"endCursor":"x"}})");
    QCOMPARE(m_connector.fetch(source, end, "people abc")->nextCursor, std::string("companies "));
    QCOMPARE(end.asked.at(0).url,
             std::string("https://crm.test/rest/people?limit=60&depth=0&starting_after=abc"));
    EchoFetcher companies(R"({"data":{"companies":[]},"pageInfo":{}})");
    QCOMPARE(m_connector.fetch(source, companies, "companies ")->nextCursor,
             std::string("people "));
    QCOMPARE(companies.asked.at(0).key.prefix, std::string("Bearer "));
}

QTEST_GUILESS_MAIN(TestTwenty)
#include "tst_twenty.moc"
