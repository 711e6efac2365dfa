// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

/// What the connector makes of messages; how they are read is tested in formats.
class TestSdmxConnector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keysAreStable_data();
    void keysAreStable();
    void seriesAreDescribed();
    void faultsCostNoOther();
    void refusals_data();
    void refusals();
    void onlyItsHostsAreAsked_data();
    void onlyItsHostsAreAsked();
    void recordedGeneric();
    void recordedLongSeries();
    void recordedJson();
    void recordedCsv();

private:
    LoadedConnector m_connector{"sdmx"};
};

namespace {

const std::string kCsv =
    "DATAFLOW,FREQ,PLACE,TIME_PERIOD,OBS_VALUE\nECB:EXR(1.0),D,A,2026-01-05,1.5\n";

} // namespace

void TestSdmxConnector::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QCOMPARE(m_connector.description().sources.size(), 3U);
}

void TestSdmxConnector::keysAreStable_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("url");
    const QString generic = QStringLiteral(
        R"(<m:GenericData xmlns:m="m"><m:Header><m:Structure><Structure>
        <URN>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ECB:ECB_EXR1(1.0)</URN>
        </Structure></m:Structure></m:Header>
        <m:DataSet><Series><SeriesKey><Value id="FREQ" value="D"/><Value id="PLACE" value="A"/>
        </SeriesKey><Obs><ObsDimension value="2026-01-05"/><ObsValue value="1.5"/></Obs></Series>
        </m:DataSet></m:GenericData>)");
    QTest::newRow("a flow") << "sdmx-csv" << QString::fromStdString(kCsv) << "";
    QTest::newRow("a structure of the ECB") << "sdmx-ml" << generic << "";
    QTest::newRow("the address")
        << "sdmx-csv" << "KEY,FREQ,PLACE,TIME_PERIOD,OBS_VALUE\nEXR.D.A,D,A,2026-01-05,1.5\n"
        << "https://data-api.ecb.europa.eu/service/data/EXR/D.A?format=csvdata";
}

void TestSdmxConnector::keysAreStable()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QFETCH(QString, url);
    const auto drafts =
        m_connector.drafts(qPrintable(kind), payload.toStdString(), {.url = url.toStdString()});
    QCOMPARE(valuesOf(drafts),
             (std::map<std::string, double>{{"sdmx:ECB:EXR.D.A 2026-01-05", 1.5}}));
}

void TestSdmxConnector::seriesAreDescribed()
{
    const auto drafts = m_connector.drafts(
        "sdmx-csv", "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
                    "ESTAT:GDP(1.0),01/02/26 11:00:00,Q,EUR,EL,2025-Q4,55.5,6\n");
    const auto series = only<schema::Series>(drafts).at(0);
    QCOMPARE(series.key, std::string("sdmx:ESTAT:GDP.Q.EUR.EL"));
    QVERIFY(series.frequency == schema::Frequency::Quarter);
    QCOMPARE(series.region, std::string("GR"));
    QCOMPARE(series.unit, std::string("EUR x10^6"));
    const auto value = only<schema::Observation>(drafts).at(0);
    QCOMPARE(formatInstant(value.times.observedAt), std::string("2025-10-01T00:00:00Z"));
    QCOMPARE(formatInstant(*value.times.publishedAt), std::string("2026-02-01T10:00:00Z"));
}

void TestSdmxConnector::faultsCostNoOther()
{
    const auto drafts = m_connector.drafts("sdmx-csv", kCsv + "ECB:EXR(1.0),D,A,0000-01-05,1\n"
                                                              "ECB:EXR(1.0),D,A,2026-01-06,Inf\n");
    QCOMPARE(only<schema::Observation>(drafts).size(), 1U);
    QCOMPARE(only<Rejected>(drafts).size(), 2U);
}

void TestSdmxConnector::refusals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    for (const char *kind : {"sdmx-ml", "sdmx-json", "sdmx-csv"})
        for (const char *payload : {"", "<html><p>Down</p></html>", "{\"a\":1}", "a,b\n1,2\n"})
            QTest::addRow("%s: %s", kind, payload) << kind << payload;
}

void TestSdmxConnector::refusals()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QVERIFY(!m_connector.normalize(qPrintable(kind), payload.toStdString()).has_value());
}

void TestSdmxConnector::onlyItsHostsAreAsked_data()
{
    QTest::addColumn<QString>("source");
    for (const schema::Source &source : m_connector.description().sources)
        QTest::addRow("%s", source.key.c_str()) << QString::fromStdString(source.key);
}

void TestSdmxConnector::onlyItsHostsAreAsked()
{
    QFETCH(QString, source);
    EchoFetcher fetcher(kCsv);
    QVERIFY(m_connector.fetch(source.toStdString(), fetcher).has_value());
    QVERIFY(!fetcher.asked.empty());
    const schema::Source &entry = m_connector.source(source.toStdString());
    for (const Request &request : fetcher.asked)
        QVERIFY(std::ranges::contains(entry.hosts, hostOf(request.url)));
}

void TestSdmxConnector::recordedGeneric()
{
    if (!hasSamples())
        return;
    const auto drafts =
        m_connector.drafts("sdmx-ml", sampleText("sdmx/ecb-exr-generic-timeseries-2.1.xml"));
    QVERIFY(only<Rejected>(drafts).empty());
    const auto values = valuesOf(drafts);
    QCOMPARE(values.size(), 12U);
    QCOMPARE(values.at("sdmx:ECB:EXR_NG.M.CHF.EUR.SP00.E 2010-08-01"), 1.3413);
    QCOMPARE(values.at("sdmx:ECB:EXR_NG.M.USD.EUR.SP00.E 2010-10-01"), 1.3898);
    QCOMPARE(only<schema::Series>(drafts).at(0).name,
             std::string("ECB reference exchange rate, Swiss franc/Euro"));
    QVERIFY(only<schema::Series>(drafts).at(0).frequency == schema::Frequency::Month);
}

void TestSdmxConnector::recordedLongSeries()
{
    if (!hasSamples())
        return;
    const auto drafts = m_connector.drafts("sdmx-ml", sampleText("sdmx/ecb-M.USD.EUR.SP00.A.xml"));
    QVERIFY(only<Rejected>(drafts).empty());
    const auto values = valuesOf(drafts);
    QCOMPARE(values.size(), 252U);
    QCOMPARE(values.at("sdmx:ECB:EXR.M.USD.EUR.SP00.A 1999-01-01"), 1.16078);
    QCOMPARE(values.at("sdmx:ECB:EXR.M.USD.EUR.SP00.A 1999-03-01"), 1.088295652173913);
    QCOMPARE(only<schema::Series>(drafts).at(0).unit, std::string("USD"));
    QCOMPARE(formatInstant(*only<schema::Observation>(drafts).at(0).times.publishedAt),
             std::string("2020-01-16T07:16:20.341Z"));
}

void TestSdmxConnector::recordedJson()
{
    if (!hasSamples())
        return;
    const auto drafts = m_connector.drafts("sdmx-json", sampleText("sdmx/ecb-exr-flat.json"));
    QVERIFY(only<Rejected>(drafts).empty());
    QCOMPARE(valuesOf(drafts),
             (std::map<std::string, double>{{"sdmx:ECB:EXR.D.NZD.EUR.SP00.A 2013-01-18", 1.5931},
                                            {"sdmx:ECB:EXR.D.NZD.EUR.SP00.A 2013-01-21", 1.5925},
                                            {"sdmx:ECB:EXR.D.RUB.EUR.SP00.A 2013-01-18", 40.3426},
                                            {"sdmx:ECB:EXR.D.RUB.EUR.SP00.A 2013-01-21", 40.3}}));
    QCOMPARE(only<schema::Series>(drafts).at(0).name, std::string("New Zealand dollar (NZD)"));
}

void TestSdmxConnector::recordedCsv()
{
    if (!hasSamples())
        return;
    const auto drafts = m_connector.drafts("sdmx-csv", sampleText("sdmx/sdmx-csv-example-01.csv"));
    QVERIFY(only<Rejected>(drafts).empty());
    QCOMPARE(valuesOf(drafts),
             (std::map<std::string, double>{{"sdmx:ESTAT:NA_MAIN.A.B 2014-01-01", 12.4},
                                            {"sdmx:ESTAT:NA_MAIN.A.B 2014-02-01", 10.8}}));
    QCOMPARE(formatInstant(*only<schema::Observation>(drafts).at(0).times.publishedAt),
             std::string("2021-01-22T13:15:41Z"));
}

QTEST_GUILESS_MAIN(TestSdmxConnector)
#include "tst_sdmx_connector.moc"
