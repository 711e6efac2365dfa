// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fault_rows.h"

#include <QTest>

using namespace chrona;
using namespace chrona::schema;
using namespace fault_rows;

class TestSchemaFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void soundValuesHaveNone();
    void fact_data();
    void fact();
    void everyFaultIsTold();
    void geometryFaultsTellTheirPlace();
    void faultsAreDescribed();
};

void TestSchemaFaults::soundValuesHaveNone()
{
    const std::vector<Faults> all{
        validate(sound::entity()),
        validate(sound::event()),
        validate(sound::source()),
        validate(sound::instrument()),
        validate(sound::bar()),
        validate(sound::series()),
        validate(sound::observation()),
        validate(sound::place()),
        validate(sound::boundary()),
        validate(sound::cluster()),
        validate(sound::relation()),
        validate(sound::feature()),
        validate(sound::featureValue(), Frequency::Day),
        validate(sound::signal()),
        validate(sound::watchlist()),
        validate(sound::exposure()),
        validate(sound::quote()),
        validate(sound::consensus()),
        validate(sound::round()),
        validate(sound::submission()),
        validate(sound::reward()),
        validate(sound::delegation()),
        validate(sound::briefing()),
        validate(sound::hourlyUpdate()),
        validate(sound::investigation()),
    };
    for (const Faults &faults : all)
        QVERIFY2(faults.empty(), describe(faults).c_str());
}

void TestSchemaFaults::fact_data()
{
    addColumns();
    const auto event = rowsOf(sound::event);
    event("an event without a title", [](Event &e) { e.title.clear(); }, "title");
    event("a title with a NUL", [](Event &e) { e.title = std::string("a\0b", 3); }, "title");
    event("a title in Latin-1", [](Event &e) { e.title = "caf\xE9"; }, "title");
    event("a title beyond the limit", [](Event &e) { e.title.assign(2001, 'x'); }, "title");
    event("an unknown type", [](Event &e) { e.type = EventType(200); }, "type");
    event(
        "latitude 91", [](Event &e) { e.geometry.points[0].latitude = 91; },
        "geometry.points[0].latitude");
    event(
        "a longitude that is no number", [](Event &e) { e.geometry.points[0].longitude = kNan; },
        "geometry.points[0].longitude");
    event("confidence above 1", [](Event &e) { e.confidence = 1.01F; }, "confidence");
    event("severity that is no number", [](Event &e) { e.severity = float(kNan); }, "severity");
    event(
        "an end before the begin", [](Event &e) { e.endsAt = e.times.observedAt - Duration{1}; },
        "ends_at");
    event("no source", [](Event &e) { e.source = {}; }, "source");
    event("a link that is a script", [](Event &e) { e.url = "javascript:alert(1)"; }, "url");
    event("a region with blanks", [](Event &e) { e.region = "New York"; }, "region");
    event(
        "an entity that names nothing", [](Event &e) { e.entities[0].entity = {}; }, "entities[0]");
    event(
        "attributes out of order", [](Event &e) { std::swap(e.attributes[0], e.attributes[1]); },
        "attributes.depth_km");
    event(
        "an attribute twice", [](Event &e) { e.attributes[1] = e.attributes[0]; },
        "attributes.depth_km");
    event(
        "an attribute in capitals", [](Event &e) { e.attributes[0].key = "DEPTH"; },
        "attributes.DEPTH");
    event(
        "an infinite attribute", [](Event &e) { e.attributes[0].value = kInfinite; },
        "attributes.depth_km");
    event(
        "stated availability without a statement", [](Event &e) { e.times.publishedAt.reset(); },
        "published_at");
    event(
        "a negative lag",
        [](Event &e) {
            e.times.basis = AvailabilityBasis::Assumed;
            e.times.assumedLag = Duration{-1};
        },
        "assumed_lag");
    event(
        "before the year 1", [](Event &e) { e.times.observedAt = Instant::min(); }, "observed_at");
    event("revision 0", [](Event &e) { e.revision = 0; }, "revision");
    const auto entity = rowsOf(sound::entity);
    entity("an entity with a foreign id", [](Entity &e) { e.id.value += 1; }, "id");
    entity("an empty alias", [](Entity &e) { e.aliases[1].clear(); }, "aliases[1]");
    entity(
        "an external id without a scheme", [](Entity &e) { e.externalIds[0].scheme.clear(); },
        "external_ids[0].scheme");
    const auto source = rowsOf(sound::source);
    source("a connector without hosts", [](Source &s) { s.hosts.clear(); }, "hosts");
    source("a host with a path", [](Source &s) { s.hosts[0] = "usgs.gov/x"; }, "hosts[0]");
    source(
        "terms that nobody read", [](Source &s) { s.termsCheckedOn = "soon"; }, "terms_checked_on");
    source(
        "attribution asked for and not given", [](Source &s) { s.attribution.clear(); },
        "attribution");
    source("no licence", [](Source &s) { s.licence.clear(); }, "licence");
    source(
        "asked endlessly often", [](Source &s) { s.rate.requestsPerSecond = kInfinite; },
        "rate.requests_per_second");
    source(
        "own key, yet given on", [](Source &s) { s.mode = IngestMode::OwnKeyLocal; },
        "redistribution");
    source(
        "an import needs no hosts",
        [](Source &s) {
            s.connector.clear();
            s.hosts.clear();
            s.homepage.clear();
            s.termsUrl.clear();
        },
        "");
    const auto bar = rowsOf(sound::bar);
    bar(
        "low above high",
        [](PriceBar &b) {
            b.low = 610;
            b.open = b.close = kNan;
        },
        "close low");
    bar("close outside the range", [](PriceBar &b) { b.close = 700; }, "close");
    bar("a close that is missing", [](PriceBar &b) { b.close = kNan; }, "close");
    bar(
        "only a close",
        [](PriceBar &b) { b.open = b.high = b.low = b.volume = b.adjustedClose = kNan; }, "");
    bar(
        "a negative price, as oil had",
        [](PriceBar &b) { b.open = b.high = b.low = b.close = -37; }, "");
    bar("a negative volume", [](PriceBar &b) { b.volume = -1; }, "volume");
    bar(
        "a close before the open",
        [](PriceBar &b) { b.opensAt = b.times.observedAt + Duration{1}; }, "opens_at");
    const auto series = rowsOf(sound::series);
    series(
        "a key with a blank",
        [](Series &s) {
            s.key = "fred UNRATE";
            s.id = seriesIdFor(s.key);
        },
        "key");
    const auto instrument = rowsOf(sound::instrument);
    instrument("dollars in small letters", [](Instrument &i) { i.currency = "usd"; }, "currency");
    const auto observation = rowsOf(sound::observation);
    observation("an infinite value", [](Observation &o) { o.value = kInfinite; }, "value");
    const auto boundary = rowsOf(sound::boundary);
    boundary(
        "an open ring",
        [](Boundary &b) {
            b.areas[0][0].pop_back();
            b.areas[0][0].push_back({0, 0});
        },
        "geometry.areas[0][0]");
    boundary("no areas", [](Boundary &b) { b.areas.clear(); }, "geometry.areas");
    const auto place = rowsOf(sound::place);
    place("fewer than no people", [](Place &p) { p.population = -1; }, "population");
}

void TestSchemaFaults::fact()
{
    verifyRow();
}

void TestSchemaFaults::everyFaultIsTold()
{
    Event event = sound::event();
    event.title.clear();
    event.confidence = 2;
    event.geometry.points[0] = {181, -91};
    event.source = {};
    QCOMPARE(fieldsOf(validate(event)),
             QByteArray("title geometry.points[0].longitude geometry.points[0].latitude source "
                        "confidence"));
}

void TestSchemaFaults::geometryFaultsTellTheirPlace()
{
    Geometry geometry;
    geometry.kind = Geometry::Kind::Areas;
    geometry.areas = {{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, {{0, 0}, {200, 0}, {1, 1}, {0, 1}}}};
    geometry.lines = {{{0, 0}, {1, 1}}};
    QCOMPARE(fieldsOf(validate(geometry)),
             QByteArray("lines areas[0][1] areas[0][1][1].longitude"));
}

void TestSchemaFaults::faultsAreDescribed()
{
    QCOMPARE(describe({{"title", "is missing"}, {"severity", "is 2, must be between 0 and 1"}}),
             std::string("title is missing; severity is 2, must be between 0 and 1"));
}

QTEST_GUILESS_MAIN(TestSchemaFaults)
#include "tst_schema_faults.moc"
