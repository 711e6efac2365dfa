// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestStatCan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void vectorsBecomeObservations();
    void valuesAreScaled_data();
    void valuesAreScaled();
    void failedPartsCostNoOther();
    void tablesAreRead();
    void releasesAreEvents();
    void refusals_data();
    void refusals();
    void onlyItsHostsAreAsked();
    void recordedVectors();
    void recordedMetadataAndList();
    void recordedTable();

private:
    LoadedConnector m_connector{"statcan"};
};

namespace {

std::string vectorOf(const std::string &point)
{
    return R"([{"status":"SUCCESS","object":{"responseStatusCode":0,"productId":18100004,
        "coordinate":"2.2.0","vectorId":77,"vectorDataPoint":[)" +
           point + "]}}]";
}

const std::string kHeader =
    "\xEF\xBB\xBF\"REF_DATE\",\"GEO\",\"DGUID\",\"Index\",\"UOM\",\"UOM_ID\","
    "\"SCALAR_FACTOR\",\"SCALAR_ID\",\"VECTOR\",\"COORDINATE\",\"VALUE\","
    "\"STATUS\",\"SYMBOL\",\"TERMINATED\",\"DECIMALS\"\n";

std::string rowOf(const std::string &date, const std::string &scale, const std::string &value)
{
    return "\"" + date + "\",\"Ontario\",\"2016A000235\",\"All, of them\",\"Dollars\",\"81\"," +
           scale + ",\"v9\",\"1.1\",\"" + value + "\",\"\",\"\",\"\",\"1\"\n";
}

} // namespace

void TestStatCan::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(schema::validate(m_connector.description().sources.at(0)).empty());
}

void TestStatCan::vectorsBecomeObservations()
{
    const auto drafts =
        m_connector.drafts("vectors", vectorOf(R"({"refPer":"2026-07-01","value":166.2,"decimals":1,
        "scalarFactorCode":0,"statusCode":0,"releaseTime":"2026-08-18T08:30","frequencyCode":6},
        {"refPer":"2026-08-01","value":null,"scalarFactorCode":0,"statusCode":1,
        "releaseTime":"2026-12-15T08:30","frequencyCode":6})"));
    const auto series = only<schema::Series>(drafts).at(0);
    QCOMPARE(series.key, std::string("statcan:v77"));
    QVERIFY(series.frequency == schema::Frequency::Month);
    QVERIFY(series.name.contains("18-10-0004"));
    const auto values = only<schema::Observation>(drafts);
    QCOMPARE(values.at(0).value, 166.2);
    QCOMPARE(formatInstant(values.at(0).times.observedAt), std::string("2026-07-01T00:00:00Z"));
    // Half past eight in Ottawa, in summer and in winter.
    QCOMPARE(formatInstant(*values.at(0).times.publishedAt), std::string("2026-08-18T12:30:00Z"));
    QVERIFY(std::isnan(values.at(1).value));
    QCOMPARE(formatInstant(*values.at(1).times.publishedAt), std::string("2026-12-15T13:30:00Z"));
}

void TestStatCan::valuesAreScaled_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("code");
    QTest::addColumn<double>("expected"); // NaN: rejected
    QTest::newRow("units") << "6.4" << 0 << 6.4;
    QTest::newRow("thousands") << "20921.3" << 3 << 20'921'300.;
    QTest::newRow("millions, without a digit that nobody wrote") << "0.07" << 6 << 70'000.;
    QTest::newRow("negative billions") << "-2.5" << 9 << -2.5e9;
    QTest::newRow("a code of no meaning") << "1" << 99 << qQNaN();
    QTest::newRow("a number beyond sense") << "1e29" << 6 << qQNaN();
}

void TestStatCan::valuesAreScaled()
{
    QFETCH(QString, value);
    QFETCH(int, code);
    QFETCH(double, expected);
    const auto drafts = m_connector.drafts(
        "vectors", vectorOf(R"({"refPer":"2026-07-01","value":)" + value.toStdString() +
                            R"(,"scalarFactorCode":)" + std::to_string(code) + "}"));
    const auto values = only<schema::Observation>(drafts);
    QCOMPARE(values.empty(), std::isnan(expected));
    if (!values.empty())
        QCOMPARE(values.at(0).value, expected);
}

void TestStatCan::failedPartsCostNoOther()
{
    std::string payload = vectorOf(R"({"refPer":"2026-07-01","value":1},{"refPer":"0000-01-01",
        "value":2},{"refPer":"2026-08-01","value":"NaN"})");
    payload.insert(1, R"({"status":"FAILED","object":"Vector is invalid"},)");
    const auto drafts = m_connector.drafts("vectors", payload);
    QCOMPARE(only<schema::Observation>(drafts).size(), 1U);
    const auto rejected = only<Rejected>(drafts);
    QCOMPARE(rejected.size(), 3U);
    QVERIFY(rejected[0].reason.contains("Vector is invalid"));
}

void TestStatCan::tablesAreRead()
{
    const auto drafts = m_connector.drafts(
        "table-csv", kHeader + rowOf("2026-01", "\"thousands\",\"3\"", "1.5") +
                         rowOf("2026-02", "\"units \",\"\"", "") +
                         rowOf("2025/2026", "\"millions\",\"\"", "2") +
                         rowOf("someday", "\"units\",\"0\"", "1") +
                         rowOf("2026-03", "\"units\",\"0\"", "1e300") + "\"short\"\n");
    const auto series = only<schema::Series>(drafts);
    QCOMPARE(series.size(), 1U);
    QCOMPARE(series[0].key, std::string("statcan:v9"));
    QCOMPARE(series[0].name, std::string("Ontario; All, of them"));
    QCOMPARE(series[0].unit, std::string("Dollars"));
    QCOMPARE(series[0].region, std::string("CA-ON"));
    const auto values = only<schema::Observation>(drafts);
    QCOMPARE(values.size(), 3U);
    QCOMPARE(values[0].value, 1500.);
    QVERIFY(std::isnan(values[1].value));
    QCOMPARE(values[2].value, 2e6);
    QCOMPARE(formatInstant(values[2].times.observedAt), std::string("2025-04-01T00:00:00Z"));
    QCOMPARE(only<Rejected>(drafts).size(), 3U);
}

void TestStatCan::releasesAreEvents()
{
    const auto listed = only<schema::Event>(m_connector.drafts(
        "changed-cubes", R"({"status":"SUCCESS","object":[{"responseStatusCode":0,
        "productId":18100004,"releaseTime":"2026-08-18T08:30"}]})"));
    QVERIFY(listed.at(0).type == schema::EventType::MacroRelease);
    QCOMPARE(formatInstant(listed.at(0).times.observedAt), std::string("2026-08-18T12:30:00Z"));
    QVERIFY(listed.at(0).title.contains("18-10-0004"));
    const auto described = only<schema::Event>(m_connector.drafts(
        "cube-metadata", R"([{"status":"SUCCESS","object":{"productId":"18100004",
        "cubeTitleEn":"Consumer Price Index, monthly","releaseTime":"2026-08-18T08:30"}}])"));
    QCOMPARE(described.at(0).title, std::string("Consumer Price Index, monthly"));
    QCOMPARE(described.at(0).sourceRef, listed.at(0).sourceRef);
}

void TestStatCan::refusals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("payload");
    for (const char *kind :
         {"vectors", "cube-metadata", "changed-cubes", "table-zip", "table-csv"}) {
        QTest::addRow("%s: nothing", kind) << kind << QByteArray();
        QTest::addRow("%s: a page", kind) << kind << QByteArray("<html>Locked</html>");
        QTest::addRow("%s: another document", kind) << kind << QByteArray("\"text\"");
    }
    QTest::newRow("a table that is locked")
        << "changed-cubes" << QByteArray(R"({"status":"FAILED","object":"Not released"})");
    QTest::newRow("one vector that failed")
        << "vectors" << QByteArray(R"({"status":"FAILED","object":"Vector is invalid"})");
}

void TestStatCan::refusals()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, payload);
    QVERIFY(!m_connector.normalize(qPrintable(kind), payload.toStdString()).has_value());
}

void TestStatCan::onlyItsHostsAreAsked()
{
    EchoFetcher fetcher(R"({"status":"SUCCESS","object":[]})");
    (void)m_connector.fetch("statcan-wds", fetcher);
    QVERIFY(!fetcher.asked.empty());
    for (const Request &request : fetcher.asked)
        QCOMPARE(hostOf(request.url), std::string("www150.statcan.gc.ca"));
}

void TestStatCan::recordedVectors()
{
    if (!hasSamples())
        return;
    const auto drafts =
        m_connector.drafts("vectors", sampleText("statcan-wds/cpi-lfs-vectors.json"));
    QVERIFY(only<Rejected>(drafts).empty());
    const auto series = only<schema::Series>(drafts);
    QCOMPARE(series.size(), 2U);
    QCOMPARE(series[0].key, std::string("statcan:v2062815"));
    QCOMPARE(series[1].key, std::string("statcan:v41690973"));
    const auto values = only<schema::Observation>(drafts);
    QCOMPARE(values.at(0).value, 6.6);
    QCOMPARE(formatInstant(values.at(0).times.observedAt), std::string("2026-05-01T00:00:00Z"));
    QCOMPARE(formatInstant(*values.at(0).times.publishedAt), std::string("2026-08-07T12:30:00Z"));
    const auto first = std::ranges::find(values, series[1].id, &schema::Observation::series);
    QCOMPARE(first->value, 163.4);
    QCOMPARE(formatInstant(first->times.observedAt), std::string("2025-04-01T00:00:00Z"));
}

void TestStatCan::recordedMetadataAndList()
{
    if (!hasSamples())
        return;
    const auto described = only<schema::Event>(
        m_connector.drafts("cube-metadata", sampleText("statcan-wds/18100204-metadata.json")));
    QCOMPARE(described.at(0).title, std::string("Electric power selling price index, monthly"));
    QCOMPARE(formatInstant(described.at(0).times.observedAt), std::string("2018-12-11T13:30:00Z"));
    const auto listed =
        m_connector.drafts("changed-cubes", sampleText("statcan-wds/changed-cube-list.json"));
    QCOMPARE(listed.size(), 5U);
    QCOMPARE(only<schema::Event>(listed).at(0).sourceRef,
             std::string("table:33100036:2026-08-13T08:30"));
}

void TestStatCan::recordedTable()
{
    if (!hasSamples())
        return;
    const auto drafts = m_connector.drafts("table-zip", sampleText("statcan-wds/18100204-eng.zip"));
    QVERIFY(only<Rejected>(drafts).empty());
    std::map<std::string, schema::Series> series;
    for (const auto &each : only<schema::Series>(drafts))
        series[each.key] = each;
    QCOMPARE(series.at("statcan:v107792907").region, std::string("CA-BC"));
    QCOMPARE(series.at("statcan:v107792869").name,
             std::string("Canada; Electric power selling price indexes, national total"));
    QCOMPARE(series.at("statcan:v107792869").region, std::string("CA"));
    QVERIFY(series.at("statcan:v107792869").frequency == schema::Frequency::Month);
    const auto values = only<schema::Observation>(drafts);
    QCOMPARE(values.size(), 11'804U);
    QCOMPARE(values.front().value, 31.);
    QCOMPARE(formatInstant(values.front().times.observedAt), std::string("1981-01-01T00:00:00Z"));
    QCOMPARE(values.back().value, 118.8);
    QCOMPARE(formatInstant(values.back().times.observedAt), std::string("2018-10-01T00:00:00Z"));
}

QTEST_GUILESS_MAIN(TestStatCan)
#include "tst_statcan.moc"
