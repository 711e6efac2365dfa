// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_fixture.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::formats;
using namespace import_fixture;
using chrona::schema::AvailabilityBasis;

class TestImportKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventIsReadWhole();
    void backfillRule_data();
    void backfillRule();
    void barsCloseWithTheirExchange_data();
    void barsCloseWithTheirExchange();
    void missingValuesAreNoNumbers();
    void observationVintages_data();
    void observationVintages();
    void quoteIsRead();
    void eventsFromGeoJson();
    void boundariesFromGeoJson();
    void boundariesFromLayers();
    void correctedRowIsARevision();
};

void TestImportKinds::eventIsReadWhole()
{
    const Imported sound =
        import(optionsFor(ImportKind::Events),
               "\xEF\xBB\xBF" + kEventHeader +
                   "earthquake,\"\"\"M "
                   "5.4\"\"\",2026-11-20T10:00:00+02:00,2026-11-20T09:00:00Z,us7,38.2,142.1,"
                   "JP-04,country:JP; Tokyo "
                   ";,0.9,0.4,\"{\"\"magnitude\"\":5.4,\"\"depth_km\"\":10,\"\"felt\"\":null}\"\n");
    QCOMPARE(faultsOf(sound.report), QByteArray());
    QCOMPARE(sound.batch.events.size(), std::size_t(1));
    const auto &[event, entities] = sound.batch.events[0];
    QVERIFY(event.type == schema::EventType::Earthquake);
    QCOMPARE(event.title, std::string("\"M 5.4\""));
    QCOMPARE(text(event.times.observedAt), QByteArray("2026-11-20T08:00:00Z"));
    QCOMPARE(text(event.times.availableAt()), QByteArray("2026-11-20T09:00:00Z"));
    QVERIFY(event.geometry == schema::Geometry::at({142.1, 38.2}));
    QCOMPARE(event.region, std::string("JP-04"));
    QCOMPARE(event.sourceRef, std::string("us7"));
    QCOMPARE(event.confidence, 0.9F);
    QCOMPARE(event.severity, 0.4F);
    QVERIFY(event.attributes ==
            (schema::Attributes{{"depth_km", std::int64_t(10)}, {"magnitude", 5.4}}));
    QVERIFY(entities == (std::vector<std::string>{"country:JP", "Tokyo"}));
    QVERIFY(event.id == schema::eventIdFor(event));
    QVERIFY(!event.synthetic);
}

void TestImportKinds::backfillRule_data()
{
    QTest::addColumn<QByteArray>("publishedAt");
    QTest::addColumn<bool>("withLag");
    QTest::addColumn<QByteArray>("availableAt");
    QTest::addColumn<int>("basis");
    const auto row = [](const char *name, const char *published, bool lag, const char *available,
                        AvailabilityBasis basis) {
        QTest::newRow(name) << QByteArray(published) << lag << QByteArray(available) << int(basis);
    };
    row("stated wins", "2026-01-05T12:00:00Z", true, "2026-01-05T12:00:00Z",
        AvailabilityBasis::Stated);
    row("a stated day counts from its end", "2026-01-05", false, "2026-01-05T23:59:59.999999Z",
        AvailabilityBasis::Stated);
    row("else the assumed lag", "", true, "2026-01-03T12:00:00Z", AvailabilityBasis::Assumed);
    row("else from the import on", "", false, "2026-11-21T08:00:00Z", AvailabilityBasis::Measured);
}

void TestImportKinds::backfillRule()
{
    QFETCH(QByteArray, publishedAt);
    QFETCH(bool, withLag);
    QFETCH(QByteArray, availableAt);
    QFETCH(int, basis);
    ImportOptions options = optionsFor(ImportKind::Events);
    if (withLag)
        options.assumedLag = *parseAvailability("assumed:36h");
    const Imported result = import(
        options, "type,title,observed_at,published_at\nnews,x,2026-01-02," + publishedAt + "\n");
    QCOMPARE(faultsOf(result.report), QByteArray());
    const schema::FactTimes &times = result.batch.events.at(0).event.times;
    QCOMPARE(text(times.observedAt), QByteArray("2026-01-02T00:00:00Z"));
    QCOMPARE(text(times.ingestedAt), QByteArray("2026-11-21T08:00:00Z"));
    QCOMPARE(text(times.availableAt()), availableAt);
    QCOMPARE(int(times.basis), basis);
}

void TestImportKinds::barsCloseWithTheirExchange_data()
{
    QTest::addColumn<QByteArray>("symbol");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("opensAt");
    QTest::addColumn<QByteArray>("observedAt"); // empty: refused
    const auto row = [](const char *name, const char *symbol, const char *date, const char *opensAt,
                        const char *observedAt) {
        QTest::newRow(name) << QByteArray(symbol) << QByteArray(date) << QByteArray(opensAt)
                            << QByteArray(observedAt);
    };
    row("winter", "SPY", "2026-11-20", "2026-11-20T14:30:00Z", "2026-11-20T21:00:00Z");
    row("summer", "SPY", "2026-07-06", "2026-07-06T13:30:00Z", "2026-07-06T20:00:00Z");
    row("a half day", "SPY", "2026-11-27", "2026-11-27T14:30:00Z", "2026-11-27T18:00:00Z");
    row("midnight as some programs write it", "SPY", "2026-11-20T00:00:00Z", "2026-11-20T14:30:00Z",
        "2026-11-20T21:00:00Z");
    row("a day without trading", "SPY", "2012-10-29", "", "");
    row("an unknown symbol on a Sunday", "ABC", "2026-11-22", "2026-11-22T14:30:00Z",
        "2026-11-22T21:00:00Z");
    row("bitcoin on a Sunday", "BTC/USD", "2026-11-22", "2026-11-22T00:00:00Z",
        "2026-11-23T00:00:00Z");
}

void TestImportKinds::barsCloseWithTheirExchange()
{
    QFETCH(QByteArray, symbol);
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, opensAt);
    QFETCH(QByteArray, observedAt);
    ImportOptions options = optionsFor(ImportKind::Bars);
    options.calendars = {{"SPY", "XNYS"}, {"BTC/USD", "24x7"}};
    options.assumedLag = std::chrono::minutes(15);
    const Imported result = import(options, "symbol,date,close\n" + symbol + ',' + date + ",1\n");
    if (observedAt.isEmpty()) {
        QCOMPARE(faultsOf(result.report),
                 QByteArray("2 date: XNYS had no trading on 2012-10-29: Hurricane Sandy"));
        return;
    }
    QCOMPARE(faultsOf(result.report), QByteArray());
    const BarDraft &draft = result.batch.bars.at(0);
    QCOMPARE(text(draft.bar.opensAt), opensAt);
    QCOMPARE(text(draft.bar.times.observedAt), observedAt);
    QVERIFY(draft.bar.times.availableAt() == draft.bar.times.observedAt + std::chrono::minutes(15));
    QVERIFY(draft.bar.instrument == schema::instrumentIdFor(symbol.toStdString()));
}

void TestImportKinds::missingValuesAreNoNumbers()
{
    const Imported bars = import(optionsFor(ImportKind::Bars),
                                 "symbol,date,open,high,low,close,volume\nSPY,2026-11-20,,,,1,\n");
    QCOMPARE(faultsOf(bars.report), QByteArray());
    const schema::PriceBar &bar = bars.batch.bars.at(0).bar;
    QVERIFY(std::isnan(bar.open) && std::isnan(bar.high) && std::isnan(bar.low) &&
            std::isnan(bar.volume) && std::isnan(bar.adjustedClose));
    const Imported observations =
        import(optionsFor(ImportKind::Observations), "series,observed_at,value\na,2026-01-01,\n");
    QVERIFY(std::isnan(observations.batch.observations.at(0).observation.value));
}

void TestImportKinds::observationVintages_data()
{
    QTest::addColumn<QByteArray>("published");
    QTest::addColumn<QByteArray>("vintage");
    QTest::addColumn<QByteArray>("availableAt");
    QTest::newRow("a vintage is known from the end of its day")
        << QByteArray() << QByteArray("2026-02-06") << QByteArray("2026-02-06T23:59:59.999999Z");
    QTest::newRow("a release time is more exact")
        << QByteArray("2026-02-06T13:30:00Z") << QByteArray("2026-02-06")
        << QByteArray("2026-02-06T13:30:00Z");
    QTest::newRow("neither") << QByteArray() << QByteArray() << QByteArray("2026-11-21T08:00:00Z");
}

void TestImportKinds::observationVintages()
{
    QFETCH(QByteArray, published);
    QFETCH(QByteArray, vintage);
    QFETCH(QByteArray, availableAt);
    const Imported result = import(optionsFor(ImportKind::Observations),
                                   "series,observed_at,value,published_at,vintage,unit,region\n"
                                   "fred:UNRATE,2026-01-01,4.1," +
                                       published + ',' + vintage + ",percent,US-TX\n");
    QCOMPARE(faultsOf(result.report), QByteArray());
    const ObservationDraft &draft = result.batch.observations.at(0);
    QCOMPARE(draft.series, std::string("fred:UNRATE"));
    QCOMPARE(draft.unit, std::string("percent"));
    QCOMPARE(draft.region, std::string("US-TX"));
    QCOMPARE(draft.observation.value, 4.1);
    QCOMPARE(text(draft.observation.times.availableAt()), availableAt);
}

void TestImportKinds::quoteIsRead()
{
    const Imported result = import(optionsFor(ImportKind::Quotes),
                                   "venue,symbol,recv_ms,exch_ms,bid,ask,last,size,vol24h\n"
                                   "kraken,BTC/USD,1763683200123,1763683200100,90000,90001,,,1200\n"
                                   "kraken,BTC/USD,1763683200123,,90000,90001,90000.5,0.1,1200\n");
    QCOMPARE(faultsOf(result.report), QByteArray());
    QCOMPARE(result.batch.quotes.size(), std::size_t(2));
    const schema::Quote &quote = result.batch.quotes[0];
    QCOMPARE(text(quote.receivedAt), QByteArray("2025-11-21T00:00:00.123Z"));
    QCOMPARE(text(quote.exchangeAt), QByteArray("2025-11-21T00:00:00.100Z"));
    QVERIFY(std::isnan(quote.last) && std::isnan(quote.size));
    QVERIFY(result.batch.quotes[1].exchangeAt == result.batch.quotes[1].receivedAt);
}

void TestImportKinds::eventsFromGeoJson()
{
    const QByteArray file = R"({"type":"FeatureCollection","features":[
      {"type":"Feature","id":"us7","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},
       "properties":{"type":"tropical_cyclone","title":"Storm","observed_at":"2026-01-01","severity":0.5,
                     "attributes":{"wind_kt":60}}},
      {"type":"Feature","geometry":{"type":"Point","coordinates":[1,99]},"properties":{}},
      {"type":"Feature","geometry":null,"properties":{"type":"news","title":"T","observed_at":1}},
      {"type":"Feature","geometry":null,"properties":{"type":"news","title":"T","observed_at":"2026-01-01","lat":5,"lon":6}}]})";
    const Imported result = import(optionsFor(ImportKind::Events), file);
    QCOMPARE(result.failure, QByteArray());
    QCOMPARE(
        faultsOf(result.report),
        QByteArray("0 features[1].geometry.coordinates[1]: is 99, a latitude must be between -90 "
                   "and 90|3 observed_at: is '1', not an ISO 8601 time"));
    QCOMPARE(result.report.rowsRead, std::uint64_t(4));
    QCOMPARE(result.report.rowsRejected, std::uint64_t(2));
    QCOMPARE(result.batch.events.size(), std::size_t(2));
    const schema::Event &storm = result.batch.events[0].event;
    QVERIFY(storm.geometry.kind == schema::Geometry::Kind::Lines);
    QCOMPARE(storm.sourceRef, std::string("us7"));
    QCOMPARE(storm.severity, 0.5F);
    QVERIFY(storm.attributes == (schema::Attributes{{"wind_kt", std::int64_t(60)}}));
    QVERIFY(result.batch.events[1].event.geometry == schema::Geometry::at({6, 5}));
}

void TestImportKinds::boundariesFromGeoJson()
{
    const QByteArray square =
        R"({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})";
    const QByteArray file = R"({"type":"FeatureCollection","features":[
      {"type":"Feature","geometry":)" +
                            square + R"(,"properties":{"GEOID":48,"NAME":"Texas"}},
      {"type":"Feature","geometry":)" +
                            square + R"(,"properties":{"GEOID":48,"NAME":"Texas again"}},
      {"type":"Feature","geometry":)" +
                            square + R"(,"properties":{"NAME":"Nowhere"}},
      {"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]},"properties":{"GEOID":"x","NAME":"Spot"}}]})";
    ImportOptions options = optionsFor(ImportKind::Boundaries);
    options.idProperty = "GEOID";
    options.nameProperty = "NAME";
    const Imported result = import(options, file);
    QCOMPARE(faultsOf(result.report), QByteArray("2 id: '48' appears twice|3 properties.GEOID: is "
                                                 "missing|4 geometry: is no area"));
    QCOMPARE(result.batch.boundaries.size(), std::size_t(1));
    const schema::Boundary &boundary = result.batch.boundaries[0];
    QCOMPARE(boundary.set, std::string("test"));
    QCOMPARE(boundary.code, std::string("48"));
    QCOMPARE(boundary.name, std::string("Texas"));
    QVERIFY(boundary.id == schema::boundaryIdFor("test", "48"));
    QVERIFY(std::abs(boundary.labelAt.longitude - 1) < 1e-9);
}

void TestImportKinds::boundariesFromLayers()
{
    const QByteArray file =
        R"({"type":"Topology","arcs":[[[0,0],[1,0],[1,1],[0,0]]],"objects":{
            "states":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"01","arcs":[[0]],"properties":{"name":"Alabama"}}]},
            "nation":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"01","arcs":[[0]]}]}}})";
    const Imported result = import(optionsFor(ImportKind::Boundaries), file);
    QCOMPARE(faultsOf(result.report), QByteArray());
    QCOMPARE(result.batch.boundaries.size(), std::size_t(2));
    QCOMPARE(result.batch.boundaries[0].set, std::string("test:states"));
    QCOMPARE(result.batch.boundaries[0].name, std::string("Alabama"));
    QCOMPARE(result.batch.boundaries[1].set, std::string("test:nation"));
    QCOMPARE(result.batch.boundaries[1].name, std::string("01"));
}

void TestImportKinds::correctedRowIsARevision()
{
    const auto read = [](const char *line) {
        return import(optionsFor(ImportKind::Events),
                      QByteArray("type,title,observed_at,source_ref\n") + line)
            .batch.events.at(0)
            .event;
    };
    const schema::Event first = read("news,a,2026-01-01,r1\n");
    const schema::Event again = read("news,a,2026-01-01,r1\n");
    const schema::Event corrected = read("news,b,2026-01-01,r1\n");
    QVERIFY(first.id == again.id && first.contentHash == again.contentHash);
    QVERIFY(first.id == corrected.id && first.contentHash != corrected.contentHash);
}

QTEST_GUILESS_MAIN(TestImportKinds)
#include "tst_import_kinds.moc"
