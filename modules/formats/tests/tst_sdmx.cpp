// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/sdmx.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::formats;

/// Messages written from the published format, of an invented agency.
class TestSdmx : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formsSayTheSame_data();
    void formsSayTheSame();
    void flowAndTime_data();
    void flowAndTime();
    void missingIsNoNumber_data();
    void missingIsNoNumber();
    void faultsCostNoOther_data();
    void faultsCostNoOther();
    void refusals_data();
    void refusals();
    void limitsHold();
};

namespace {

/// Which of the readers.
struct Form {
    Result<SeriesSet> (*read)(std::string_view, const SdmxLimits &) = nullptr;
};

const std::string kGenericBySeries = R"(<?xml version="1.0"?>
<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
 xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
<m:Header><m:ID>x</m:ID><m:Prepared>2026-02-03T04:05:06+01:00</m:Prepared>
<m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><c:Structure>
<URN>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=TST:TST_RATE1(1.0)</URN>
</c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="S"><g:Series>
<g:SeriesKey><g:Value id="FREQ" value="M"/><g:Value id="PLACE" value="A"/></g:SeriesKey>
<g:Attributes><g:Value id="UNIT" value="percent"/></g:Attributes>
<g:Obs><g:ObsDimension value="2025-12"/><g:ObsValue value="1.5"/><g:Attributes>
<g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs>
<g:Obs><g:ObsDimension value="2026-01"/><g:ObsValue value="-2"/></g:Obs>
</g:Series></m:DataSet></m:GenericData>)";

const std::string kGenericFlat = R"(<m:GenericData xmlns:m="urn:m" xmlns:g="urn:g">
<m:Header><m:Structure dimensionAtObservation="AllDimensions"><Structure>
<Ref agencyID="TST" id="TST_RATE1" version="1.0"/></Structure></m:Structure></m:Header>
<m:DataSet><g:Obs><g:ObsKey><g:Value id="FREQ" value="M"/><g:Value id="PLACE" value="A"/>
<g:Value id="TIME_PERIOD" value="2025-12"/></g:ObsKey><g:ObsValue value="1.5"/>
<g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs>
<g:Obs><g:ObsKey><g:Value id="FREQ" value="M"/><g:Value id="PLACE" value="A"/>
<g:Value id="TIME_PERIOD" value="2026-01"/></g:ObsKey><g:ObsValue value="-2"/></g:Obs>
</m:DataSet></m:GenericData>)";

const std::string kGenericAcross = R"(<m:GenericData xmlns:m="urn:m" xmlns:g="urn:g">
<m:Header><m:Structure dimensionAtObservation="PLACE"/></m:Header>
<m:DataSet><g:Series><g:SeriesKey><g:Value id="FREQ" value="M"/>
<g:Value id="TIME_PERIOD" value="2025-12"/></g:SeriesKey>
<g:Obs><g:ObsDimension value="A"/><g:ObsValue value="1.5"/></g:Obs></g:Series>
<g:Series><g:SeriesKey><g:Value id="FREQ" value="M"/>
<g:Value id="TIME_PERIOD" value="2026-01"/></g:SeriesKey>
<g:Obs><g:ObsDimension value="A"/><g:ObsValue value="-2"/></g:Obs></g:Series>
</m:DataSet></m:GenericData>)";

const std::string kStructured = R"(<m:StructureSpecificData xmlns:m="urn:m" xmlns:s="urn:s"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:Structure namespace="urn:s"><StructureUsage><Ref agencyID="TST" id="RATE"
 version="1.0"/></StructureUsage></m:Structure></m:Header>
<m:DataSet xsi:type="s:DataSetType" DECIMALS="1"><Group xsi:type="s:Sibling" PLACE="A" TITLE="x"/>
<Series FREQ="M" PLACE="A" TIME_FORMAT="P1M" UNIT="percent">
<Obs TIME_PERIOD="2025-12" OBS_VALUE="1.5" OBS_STATUS="A"/>
<Obs TIME_PERIOD="2026-01" OBS_VALUE="-2"/></Series></m:DataSet></m:StructureSpecificData>)";

const std::string kStructuredFlat = R"(<m:StructureSpecificData xmlns:m="urn:m"><m:DataSet>
<Obs FREQ="M" PLACE="A" TIME_PERIOD="2025-12" OBS_VALUE="1.5" OBS_STATUS="A"/>
<Obs FREQ="M" PLACE="A" TIME_PERIOD="2026-01" OBS_VALUE="-2"/>
</m:DataSet></m:StructureSpecificData>)";

const std::string kJsonDimensions = R"("attributes":{"dataSet":[],"series":[
 {"id":"UNIT","values":[{"id":"percent","name":"Percent"}]}],"observation":[
 {"id":"OBS_STATUS","values":[{"id":"A","name":"Normal"}]}]})";

const std::string kJsonBySeries = R"({"header":{"prepared":"2026-02-03T03:05:06Z"},"dataSets":[
 {"series":{"0:0":{"attributes":[0],"observations":{"0":[1.5,0],"1":[-2,null]}}}}],
 "structure":{"links":[{"rel":"dataflow","href":"https://a.test/dataflow/TST/RATE/1.0"}],
 "dimensions":{"dataSet":[],"series":[{"id":"FREQ","keyPosition":0,"values":[{"id":"M"}]},
 {"id":"PLACE","keyPosition":1,"values":[{"id":"A"}]}],"observation":[{"id":"TIME_PERIOD",
 "role":"time","values":[{"id":"2025-12"},{"id":"2026-01"}]}]},)" +
                                  kJsonDimensions + "}}";

const std::string kJsonFlat = R"({"dataSets":[{"observations":{"0:0":[1.5,0],"0:1":[-2]}}],
 "structure":{"dimensions":{"dataSet":[{"id":"FREQ","keyPosition":0,"values":[{"id":"M"}]}],
 "series":[],"observation":[{"id":"PLACE","keyPosition":1,"values":[{"id":"A"}]},
 {"id":"TIME_PERIOD","role":"TIME_PERIOD","values":[{"id":"2025-12"},{"id":"2026-01"}]}]},)" +
                              kJsonDimensions + "}}";

const std::string kJsonTwo = R"json({"meta":{"prepared":"2026-02-03T03:05:06Z"},"data":{"dataSets":[
 {"series":{"0:0":{"observations":{"0":["1.5",0],"1":["-2"]}}}}],"structures":[{"links":[
 {"urn":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TST:RATE(1.0)","rel":"dataflow"}],
 "dimensions":{"series":[{"id":"FREQ","keyPosition":0,"roles":["FREQ"],"values":[{"id":"M"}]},
 {"id":"PLACE","keyPosition":1,"values":[{"id":"A"}]}],"observation":[{"id":"TIME_PERIOD",
 "roles":["TIME_PERIOD"],"values":[{"value":"2025-12"},{"value":"2026-01"}]}]},)json" +
                             kJsonDimensions + "}]}}";

} // namespace

void TestSdmx::formsSayTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Form>("form");
    const auto row = [](const char *what, const std::string &text, Form form) {
        QTest::newRow(what) << QByteArray::fromStdString(text) << form;
    };
    row("generic XML by series", kGenericBySeries, {readSdmxMl});
    row("generic XML, flat", kGenericFlat, {readSdmxMl});
    row("generic XML across a dimension", kGenericAcross, {readSdmxMl});
    row("structure-specific XML by series", kStructured, {readSdmxMl});
    row("structure-specific XML, flat", kStructuredFlat, {readSdmxMl});
    row("JSON by series", kJsonBySeries, {readSdmxJson});
    row("JSON, flat", kJsonFlat, {readSdmxJson});
    row("JSON 2.0", kJsonTwo, {readSdmxJson});
    row("CSV 1.0",
        "DATAFLOW,FREQ,PLACE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\r\n"
        "TST:RATE(1.0),M,A,2025-12,1.5,A\r\nTST:RATE(1.0),M,A,2026-01,-2,\r\n",
        {readSdmxCsv});
    row("CSV 2.0 with time of another name",
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,PLACE,WHEN,OBS_VALUE,OBS_STATUS\n"
        "dataflow,TST:RATE(1.0),I,M,A,2025-12,1.5,A\ndataflow,TST:RATE(1.0),I,M,A,2026-01,-2,\n",
        {readSdmxCsv});
    row("CSV with labels within",
        "DATAFLOW,FREQ: Frequency,PLACE: Place,TIME_PERIOD: Time,OBS_VALUE,OBS_STATUS: Status\n"
        "TST:RATE(1.0): Rates,M: Monthly,A: Ayton,2025-12,1.5,A: Normal\n"
        "TST:RATE(1.0): Rates,M: Monthly,A: Ayton,2026-01,-2,\n",
        {readSdmxCsv});
    row("CSV with labels beside",
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency of observation,PLACE,"
        "Place name,TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS\n"
        "DATAFLOW,TST:RATE(1.0),Rates,I,M,Monthly,A,Ayton,2025-12,,1.5,,A\n"
        "DATAFLOW,TST:RATE(1.0),Rates,I,M,Monthly,A,Ayton,2026-01,,-2,,\n",
        {readSdmxCsv});
    row("CSV with the whole key in front",
        "KEY,FREQ,PLACE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE\n"
        "RATE.M.A,M,A,2025-12,1.5,A,\"Rate, monthly\"\nRATE.M.A,M,A,2026-01,-2,,\n",
        {readSdmxCsv});
}

void TestSdmx::formsSayTheSame()
{
    QFETCH(QByteArray, text);
    QFETCH(Form, form);
    const auto set = form.read(text.toStdString(), {});
    QVERIFY2(set.has_value(), set ? "" : set.error().what.c_str());
    QVERIFY2(set->faults.empty(), schema::describe(set->faults).c_str());
    QCOMPARE(set->series.size(), 1U);
    const SdmxSeries &series = set->series[0];
    QCOMPARE(series.key, std::string("M.A"));
    QCOMPARE(find(series.dimensions, "PLACE"), std::string_view("A"));
    QCOMPARE(series.dimensions.size(), 2U);
    QCOMPARE(series.observations.size(), 2U);
    QCOMPARE(formatInstant(series.observations[0].period.from),
             std::string("2025-12-01T00:00:00Z"));
    QCOMPARE(formatInstant(series.observations[1].period.until),
             std::string("2026-02-01T00:00:00Z"));
    QCOMPARE(series.observations[0].value, 1.5);
    QCOMPARE(series.observations[1].value, -2.);
    if (!text.contains("dimensionAtObservation=\"PLACE\""))
        QCOMPARE(find(series.observations[0].attributes, "OBS_STATUS"), std::string_view("A"));
}

void TestSdmx::flowAndTime_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QString>("prepared");
    const auto row = [](const char *what, const std::string &text, Form form, const char *flow,
                        const char *prepared) {
        QTest::newRow(what) << QByteArray::fromStdString(text) << form << flow << prepared;
    };
    row("a structure by its URN", kGenericBySeries, {readSdmxMl}, "TST:TST_RATE1(1.0)",
        "2026-02-03T03:05:06Z");
    row("a structure by reference", kGenericFlat, {readSdmxMl}, "TST:TST_RATE1(1.0)", "");
    row("a dataflow", kStructured, {readSdmxMl}, "TST:RATE(1.0) flow", "");
    row("JSON's link", kJsonBySeries, {readSdmxJson}, "TST:RATE(1.0) flow", "2026-02-03T03:05:06Z");
    row("JSON's URN", kJsonTwo, {readSdmxJson}, "TST:RATE(1.0) flow", "2026-02-03T03:05:06Z");
    row("CSV with the hour of its update",
        "DATAFLOW,LAST UPDATE,freq,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
        "ESTAT:X(1.0),23/01/24 23:00:00,M,2023-12,1,p\n",
        {readSdmxCsv}, "ESTAT:X(1.0) flow", "2024-01-23T22:00:00Z");
}

void TestSdmx::flowAndTime()
{
    QFETCH(QByteArray, text);
    QFETCH(Form, form);
    QFETCH(QString, flow);
    QFETCH(QString, prepared);
    const auto set = form.read(text.toStdString(), {});
    QVERIFY(set.has_value());
    const SdmxFlow &found = set->flow;
    QCOMPARE(QString::fromStdString(found.agency + ":" + found.id + "(" + found.version + ")" +
                                    (found.isFlow ? " flow" : "")),
             flow);
    QCOMPARE(QString::fromStdString(set->preparedAt ? formatInstant(*set->preparedAt) : ""),
             prepared);
}

void TestSdmx::missingIsNoNumber_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Form>("form");
    QTest::newRow("NaN in XML")
        << QByteArray("<m:GenericData xmlns:m='m'><m:DataSet><Series><SeriesKey><Value id='A' "
                      "value='B'/></SeriesKey><Obs><ObsDimension value='2026'/><ObsValue "
                      "value='NaN'/></Obs></Series></m:DataSet></m:GenericData>")
        << Form{readSdmxMl};
    QTest::newRow("no value in XML")
        << QByteArray("<m:GenericData xmlns:m='m'><m:DataSet><Series><SeriesKey><Value id='A' "
                      "value='B'/></SeriesKey><Obs><ObsDimension value='2026'/></Obs></Series>"
                      "</m:DataSet></m:GenericData>")
        << Form{readSdmxMl};
    QTest::newRow("nothing in CSV")
        << QByteArray("A,TIME_PERIOD,OBS_VALUE\nB,2026,\n") << Form{readSdmxCsv};
    QTest::newRow("a deletion in CSV")
        << QByteArray("ACTION,A,TIME_PERIOD,OBS_VALUE\nD,B,2026,7\n") << Form{readSdmxCsv};
    QByteArray json = QByteArray::fromStdString(kJsonBySeries);
    QTest::newRow("null in JSON")
        << json.replace("\"1\":[-2,null]", "").replace("{\"0\":[1.5,0],}", "{\"0\":[null,0]}")
        << Form{readSdmxJson};
}

void TestSdmx::missingIsNoNumber()
{
    QFETCH(QByteArray, text);
    QFETCH(Form, form);
    const auto set = form.read(text.toStdString(), {});
    QVERIFY2(set.has_value(), set ? "" : set.error().what.c_str());
    QCOMPARE(set->series.size(), 1U);
    QCOMPARE(set->series[0].observations.size(), 1U);
    QVERIFY(std::isnan(set->series[0].observations[0].value));
}

void TestSdmx::faultsCostNoOther_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no period") << QByteArray("M,A,soon,1") << "no period";
    QTest::newRow("the year 0") << QByteArray("M,A,0000-01,1") << "no period";
    QTest::newRow("no number") << QByteArray("M,A,2025-11,high") << "no number";
    QTest::newRow("an infinite number") << QByteArray("M,A,2025-11,Infinity") << "no number";
    QTest::newRow("a number beyond sense") << QByteArray("M,A,2025-11,1e300") << "larger";
    QTest::newRow("a field too few") << QByteArray("M,A,2025-11") << "3 fields";
}

void TestSdmx::faultsCostNoOther()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, reason);
    const auto set = readSdmxCsv(
        ("FREQ,PLACE,TIME_PERIOD,OBS_VALUE\n" + row + "\nM,A,2025-12,1.5\n").toStdString());
    QVERIFY(set.has_value());
    QCOMPARE(set->series.at(0).observations.size(), 1U);
    QCOMPARE(set->faultCount, 1U);
    QVERIFY2(QString::fromStdString(set->faults[0].reason).contains(reason),
             set->faults[0].reason.c_str());
}

void TestSdmx::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *what, const std::string &text, Form form, const char *reason) {
        QTest::newRow(what) << QByteArray::fromStdString(text) << form << reason;
    };
    row("no XML", "{}", {readSdmxMl}, "");
    row("a page", "<html><body/></html>", {readSdmxMl}, "no SDMX message");
    row("a document type", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", {readSdmxMl}, "");
    row("a message cut off", kGenericBySeries.substr(0, kGenericBySeries.size() / 2), {readSdmxMl},
        "");
    row("an error message",
        "<m:Error xmlns:m='m'><m:ErrorMessage code='100'><Text>No results</Text>"
        "</m:ErrorMessage></m:Error>",
        {readSdmxMl}, "100 No results");
    row("a footer instead of data",
        "<m:GenericData xmlns:m='m'><m:Footer><m:Message code='413'><Text>Too large</Text>"
        "</m:Message></m:Footer></m:GenericData>",
        {readSdmxMl}, "413 Too large");
    row("JSON of another kind", "{\"version\":\"2.0\",\"class\":\"dataset\"}", {readSdmxJson},
        "no SDMX-JSON");
    row("JSON too deep", std::string(100, '['), {readSdmxJson}, "");
    row("no table of data", "a,b\n1,2\n", {readSdmxCsv}, "OBS_VALUE");
    row("a table without time", "OBS_VALUE\n1\n", {readSdmxCsv}, "time");
    row("an empty text", "", {readSdmxCsv}, "empty");
}

void TestSdmx::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(Form, form);
    QFETCH(QString, reason);
    const auto set = form.read(text.toStdString(), {});
    QVERIFY(!set.has_value());
    QVERIFY2(QString::fromStdString(set.error().what).contains(reason), set.error().what.c_str());
}

void TestSdmx::limitsHold()
{
    const std::string two = "PLACE,TIME_PERIOD,OBS_VALUE\nA,2025,1\nB,2025,2\n";
    QVERIFY(readSdmxCsv(two).has_value());
    QVERIFY(!readSdmxCsv(two, {.seriesMax = 1}).has_value());
    QVERIFY(!readSdmxCsv(two, {.observationsMax = 1}).has_value());
    QVERIFY(!readSdmxCsv(two, {.bytesMax = 10}).has_value());
}

QTEST_APPLESS_MAIN(TestSdmx)
#include "tst_sdmx.moc"
