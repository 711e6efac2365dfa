// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Entity;
using schema::Event;

class TestSecEdgar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void currentFilingsAreRead();
    void severityFollowsFormAndItems_data();
    void severityFollowsFormAndItems();
    void namesOfOldAreLatin1();
    void recordedSubmissionsAreRead();
    void recordedCompanyListIsRead();
    void recordedIndexesAreRead();
    void refusals_data();
    void refusals();
    void fetchAsksByForm();

private:
    static std::string fixture() { return fixtureText("current.atom.xml"); }
    LoadedConnector m_connector{"sec-edgar"};
};

void TestSecEdgar::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
}

void TestSecEdgar::currentFilingsAreRead()
{
    const auto events = m_connector.all<Event>("atom", fixture());
    const auto companies = m_connector.all<Entity>("atom", fixture());
    QCOMPARE(events.size(), 2U);
    QCOMPARE(companies.size(), 2U);
    QVERIFY(events[0].type == schema::EventType::Filing);
    QCOMPARE(events[0].sourceRef, std::string("0000001234-26-000010"));
    QCOMPARE(events[0].title, std::string("TEST CORP: 8-K"));
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2026-06-01T20:30:12Z"));
    QCOMPARE(textAt(events[0].attributes, "cik"), std::string("0000001234"));
    // One filing of two parties is one event of both.
    QCOMPARE(events[1].entities.size(), 2U);
    const auto rejected = m_connector.all<Rejected>("atom", fixture());
    QCOMPARE(rejected.size(), 1U);
    QCOMPARE(rejected[0].sourceRef, std::string("0000005678-26-000002"));
}

void TestSecEdgar::severityFollowsFormAndItems_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<QByteArray>("items");
    QTest::addColumn<float>("severity");
    const auto row = [](const char *name, const char *form, const char *items, float severity) {
        QTest::newRow(name) << QByteArray(form) << QByteArray(items) << severity;
    };
    row("an annual report", "10-K", "", 0.5F);
    row("its amendment", "10-K/A", "", 0.4F);
    row("a quarterly report", "10-Q", "", 0.4F);
    row("an 8-K of nothing much", "8-K", "7.01", 0.45F);
    row("an 8-K with bankruptcy", "8-K", "9.01,1.03", 0.95F);
    row("an insider's trade", "4", "", 0.2F);
    row("a stake above five per cent", "SC 13D", "", 0.6F);
    row("a form that nobody listed", "X-17A-5", "", 0.2F);
}

void TestSecEdgar::severityFollowsFormAndItems()
{
    QFETCH(QByteArray, form);
    QFETCH(QByteArray, items);
    QFETCH(float, severity);
    const QByteArray payload =
        R"({"cik":"1","name":"T","filings":{"recent":{"accessionNumber":["0000000001-26-000001"],)"
        R"("filingDate":["2026-06-01"],"form":[")" +
        form + R"("],"items":[")" + items + R"("]}}})";
    const auto events = m_connector.all<Event>("submissions", payload.toStdString());
    QCOMPARE(events.size(), 1U);
    QVERIFY2(std::abs(events[0].severity - severity) < 1e-6F,
             std::to_string(events[0].severity).c_str());
}

void TestSecEdgar::namesOfOldAreLatin1()
{
    const auto companies = m_connector.all<Entity>(
        "index", "CIK|Company Name|Form Type|Date Filed|Filename\n-----\n"
                 "1|SOCI\xC9T\xC9 TEST|10-K|20260601|edgar/data/1/0000000001-26-000001.txt\n");
    QCOMPARE(companies.size(), 1U);
    QCOMPARE(companies[0].name, std::string("SOCI\xC3\x89T\xC3\x89 TEST"));
}

void TestSecEdgar::recordedSubmissionsAreRead()
{
    const auto payload = sampleText("sec-edgar/submissions-first40.json");
    const auto events = m_connector.all<Event>("submissions", payload);
    const auto companies = m_connector.all<Entity>("submissions", payload);
    QCOMPARE(events.size(), 40U);
    QCOMPARE(companies.size(), 1U);
    QCOMPARE(companies[0].key, std::string("cik:0001318605"));
    QCOMPARE(companies[0].name, std::string("Tesla, Inc."));
    QCOMPARE(companies[0].aliases, std::vector<std::string>{"TESLA MOTORS INC"});
    QVERIFY(companies[0].externalIds[1] == (schema::ExternalId{"ticker", "TSLA"}));
    QCOMPARE(events[0].sourceRef, std::string("0001790565-22-000015"));
    QCOMPARE(textAt(events[0].attributes, "form"), std::string("4"));
    QCOMPARE(textAt(events[0].attributes, "period"), std::string("2022-11-28"));
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2022-11-30T16:42:36Z"));
    QCOMPARE(events[0].url, std::string("https://www.sec.gov/Archives/edgar/data/1318605/"
                                        "000179056522000015/xslF345X03/edgardoc.xml"));
    QCOMPARE(events[0].entities.at(0).entity, companies[0].id);
    QVERIFY(m_connector.all<Rejected>("submissions", payload).empty());
}

void TestSecEdgar::recordedCompanyListIsRead()
{
    const auto payload = sampleText("sec-edgar/aapl-10q-browse.atom.xml");
    const auto events = m_connector.all<Event>("atom", payload);
    const auto companies = m_connector.all<Entity>("atom", payload);
    QCOMPARE(companies.size(), 1U);
    QCOMPARE(companies[0].key, std::string("cik:0000320193"));
    QCOMPARE(companies[0].name, std::string("Apple Inc."));
    QCOMPARE(events.size(), 10U);
    QCOMPARE(events[0].sourceRef, std::string("0000320193-20-000010"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2020-01-29T00:00:00Z"));
    QCOMPARE(textAt(events[0].attributes, "form"), std::string("10-Q"));
    // Three entries have no address where the filing lies.
    QCOMPARE(m_connector.all<Rejected>("atom", payload).size(), 3U);
}

void TestSecEdgar::recordedIndexesAreRead()
{
    const auto events = m_connector.all<Event>("index", sampleText("sec-edgar/master.idx"));
    QCOMPARE(events.size(), 19U); // of 20 lines; one filing is listed for two companies
    QCOMPARE(events[0].sourceRef, std::string("9999999997-02-056978"));
    QCOMPARE(events[1].title, std::string("BETHLEHEM STEEL CORP /DE/: 10-Q"));
    QCOMPARE(formatInstant(events[1].times.observedAt), std::string("1993-11-12T00:00:00Z"));
    QVERIFY(m_connector.all<Rejected>("index", sampleText("sec-edgar/master.idx")).empty());

    const auto folder =
        m_connector.all<Event>("filing-index", sampleText("sec-edgar/filing-index.json"));
    QCOMPARE(folder.size(), 1U);
    QCOMPARE(folder[0].sourceRef, std::string("0001213900-24-004875"));
    QCOMPARE(timeOf(folder[0].times.publishedAt), std::string("2024-01-19T21:21:45Z"));
    QCOMPARE(textAt(folder[0].attributes, "cik"), std::string("0001648960"));
    QVERIFY(textAt(folder[0].attributes, "documents").contains("ea191807-8k_datchat.htm"));
}

void TestSecEdgar::refusals_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const char *kind, const char *payload,
                        const char *reason) {
        QTest::newRow(name) << QByteArray(kind) << QByteArray(payload) << QByteArray(reason);
    };
    row("a block page", "submissions", "<html>Request rate threshold exceeded</html>", "JSON");
    row("columns that differ", "submissions",
        R"({"filings":{"recent":{"accessionNumber":["a"],"form":[]}}})", "column form");
    row("no columns", "submissions", "{}", "accessionNumber");
    row("HTML in place of Atom", "atom", "<html/>", "neither Atom");
    row("a bomb", "atom", "<!DOCTYPE feed []><feed/>", "DOCTYPE");
    row("no table", "index", "Request rate threshold exceeded", "CIK|Company");
    row("another JSON", "filing-index", R"({"directory":{"item":[]}})", "not the index");
}

void TestSecEdgar::refusals()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, reason);
    const auto drafts = m_connector.normalize(kind.toStdString(), payload.toStdString());
    QVERIFY(!drafts.has_value());
    QVERIFY2(QByteArray(drafts.error().what.c_str()).contains(reason), drafts.error().what.c_str());
}

void TestSecEdgar::fetchAsksByForm()
{
    RouteFetcher fetcher;
    fetcher.answers["type=8-K"] = ok(fixture());
    fetcher.answers["type=10-Q"] = ok("<html>blocked</html>");
    const auto fetched = m_connector.fetch(fetcher, {}, Instant{});
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->items.size(), 1U);
    QCOMPARE(fetched->warnings.size(), fetcher.asked.size() - 1);
}

QTEST_GUILESS_MAIN(TestSecEdgar)
#include "tst_sec_edgar.moc"
