// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestEia : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rowsBecomeObservations_data();
    void rowsBecomeObservations();
    void faultsCostNoOther();
    void refusals_data();
    void refusals();
    void keyIsLeftToThePort();

private:
    LoadedConnector m_connector{"eia"};
};

namespace {

std::string replyOf(const std::string &rows)
{
    return R"({"response":{"total":"1","dateFormat":"YYYY-MM-DD","data":[)" + rows +
           R"(]},"request":{"command":"/v2/electricity/rto/region-data/data/"},"apiVersion":"2"})";
}

} // namespace

void TestEia::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
}

void TestEia::rowsBecomeObservations_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("when");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::newRow("a daily price, as text")
        << R"({"period":"2026-11-19","product":"EPCWTI","series":"RWTC","series-description":"WTI",
           "value":"61.25","units":"$/BBL"})"
        << "eia:RWTC" << "2026-11-19T00:00:00Z" << 61.25 << "$/BBL";
    QTest::newRow("a week's stocks, as number")
        << R"({"period":"2026-11-13","series":"WCESTUS1","value":423100,"units":"MBBL"})"
        << "eia:WCESTUS1" << "2026-11-13T00:00:00Z" << 423100. << "MBBL";
    QTest::newRow("an hour without a series of its own")
        << R"({"period":"2026-11-19T05","respondent":"CISO","respondent-name":"California",
           "type":"D","type-name":"Demand","value":"23100","value-units":"megawatthours"})"
        << "eia:electricity/rto/region-data:CISO.D" << "2026-11-19T05:00:00Z" << 23100.
        << "megawatthours";
    QTest::newRow("a month with a price of its own name")
        << R"({"period":"2026-09","stateid":"TX","stateDescription":"Texas","sectorid":"RES",
           "price":"15.2","price-units":"cents"})"
        << "eia:electricity/rto/region-data:TX.RES" << "2026-09-01T00:00:00Z" << 15.2 << "cents";
    QTest::newRow("nothing measured")
        << R"({"period":"2026-11-19","series":"RWTC","value":null,"units":"$/BBL"})" << "eia:RWTC"
        << "2026-11-19T00:00:00Z" << qQNaN() << "$/BBL";
}

void TestEia::rowsBecomeObservations()
{
    QFETCH(QString, row);
    QFETCH(QString, key);
    QFETCH(QString, when);
    QFETCH(double, value);
    QFETCH(QString, unit);
    const auto drafts = m_connector.drafts("data", replyOf(row.toStdString()));
    QCOMPARE(drafts.size(), 2U);
    QCOMPARE(only<schema::Series>(drafts).at(0).key, key.toStdString());
    QCOMPARE(only<schema::Series>(drafts).at(0).unit, unit.toStdString());
    const auto observation = only<schema::Observation>(drafts).at(0);
    QCOMPARE(formatInstant(observation.times.observedAt), when.toStdString());
    QCOMPARE(observation.value, value);
}

void TestEia::faultsCostNoOther()
{
    const auto drafts =
        m_connector.drafts("data", replyOf(R"({"period":"0000-01-01","series":"A","value":1},
        {"period":"2026-01-01","series":"A","value":"Infinity"},{"period":"2026-01-01"},
        {"period":"2026-01-02","series":"A","value":2})"));
    QCOMPARE(only<Rejected>(drafts).size(), 3U);
    QCOMPARE(only<schema::Observation>(drafts).size(), 1U);
}

void TestEia::refusals_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("reason");
    QTest::newRow("an error") << R"({"error":"API key missing","code":"API_KEY_MISSING"})"
                              << "API key missing";
    QTest::newRow("an error within") << R"({"error":{"code":"X","message":"Invalid key"}})"
                                     << "Invalid key";
    QTest::newRow("a page") << "<html/>" << "markup";
    QTest::newRow("another document") << "{}" << "no data";
}

void TestEia::refusals()
{
    QFETCH(QString, payload);
    QFETCH(QString, reason);
    const auto read = m_connector.normalize("data", payload.toStdString());
    QVERIFY(!read.has_value());
    QVERIFY2(QString::fromStdString(read.error().what).contains(reason), read.error().what.c_str());
}

void TestEia::keyIsLeftToThePort()
{
    EchoFetcher fetcher(replyOf(""));
    QVERIFY(m_connector.fetch("eia", fetcher, "2026-11-20T00:00:00Z").has_value());
    QVERIFY(!fetcher.asked.empty());
    for (const Request &request : fetcher.asked) {
        QCOMPARE(hostOf(request.url), std::string("api.eia.gov"));
        QCOMPARE(request.key, (KeyPlace{KeyPlace::In::Query, "api_key", ""}));
    }
}

QTEST_GUILESS_MAIN(TestEia)
#include "tst_eia.moc"
