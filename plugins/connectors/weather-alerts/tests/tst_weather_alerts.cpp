// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Event;
using Kind = schema::Geometry::Kind;

class TestWeatherAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void entriesAreComplete();
    void nwsAlertBecomesEvent();
    void cancelledAlertIsRetracted();
    void capAlertBecomesEvent();
    void languagesAreNotMixed();
    void atomIndexBecomesEvents();
    void testMessagesWeighNothing();
    void typeFollowsCategory_data();
    void typeFollowsCategory();
    void recordedNwsAlertsAreRead();
    void recordedCapAlertsAreRead();
    void recordedAtomIndexIsRead();
    void refusals_data();
    void refusals();
    void fetchAsksTheSource();
    void maintenancePageFailsTheFetch();

private:
    LoadedConnector m_connector{"weather-alerts"};
};

void TestWeatherAlerts::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
}

void TestWeatherAlerts::entriesAreComplete()
{
    for (const auto &source : m_connector.description().sources)
        QVERIFY2(schema::validate(source).empty(), source.key.c_str());
}

void TestWeatherAlerts::nwsAlertBecomesEvent()
{
    const auto events = m_connector.all<Event>("nws-geojson", fixtureText("active.geojson"));
    QCOMPARE(events.size(), 2U);
    const Event &event = events[0];
    QVERIFY(event.type == schema::EventType::WeatherAlert);
    QCOMPARE(event.sourceRef, std::string("urn:oid:2.49.0.1.840.0.test1"));
    QCOMPARE(event.title, std::string("Tornado Warning for a test"));
    QCOMPARE(formatInstant(event.times.observedAt), std::string("2026-05-01T23:05:00Z"));
    QCOMPARE(timeOf(event.times.publishedAt), std::string("2026-05-01T23:00:00Z"));
    QCOMPARE(timeOf(event.endsAt), std::string("2026-05-02T00:00:00Z")); // ends, not expires
    QCOMPARE(event.severity, 1.0F);
    QCOMPARE(event.confidence, 1.0F);
    QCOMPARE(event.region, std::string("US-TX"));
    QVERIFY(event.geometry.kind == Kind::Areas);
    QCOMPARE(event.geometry.areas[0][0][1], (schema::GeoPoint{-97, 32.5}));
    QCOMPARE(textAt(event.attributes, "ugc"), std::string("TXC439"));
    QCOMPARE(textAt(event.attributes, "same"), std::string("048439"));
    QCOMPARE(textAt(event.attributes, "vtec_event"), std::string("KFWD.TO.W.0021.2026"));
}

void TestWeatherAlerts::cancelledAlertIsRetracted()
{
    const Event event = m_connector.all<Event>("nws-geojson", fixtureText("active.geojson")).at(1);
    QVERIFY(event.state == schema::EventState::Retracted);
    QCOMPARE(event.title, std::string("Special Marine Warning: Test waters"));
    QCOMPARE(event.region, std::string("US")); // a marine zone lies in no state
    QCOMPARE(textAt(event.attributes, "references"), std::string("urn:oid:2.49.0.1.840.0.test0"));
    QVERIFY(std::get<bool>(*schema::find(event.attributes, "ended")));
    QVERIFY(event.severity < 0.1F);
}

void TestWeatherAlerts::capAlertBecomesEvent()
{
    const auto events = m_connector.all<Event>("cap", fixtureText("alert.cap.xml"));
    QCOMPARE(events.size(), 1U);
    const Event &event = events[0];
    QCOMPARE(event.sourceRef, std::string("urn:test:1"));
    QCOMPARE(event.title, std::string("Severe thunderstorm"));
    QCOMPARE(formatInstant(event.times.observedAt), std::string("2026-06-01T10:00:00Z"));
    QCOMPARE(timeOf(event.times.publishedAt), std::string("2026-06-01T08:00:00Z"));
    QCOMPARE(timeOf(event.endsAt), std::string("2026-06-01T16:00:00Z"));
    QCOMPARE(event.url, std::string("https://example.org/1"));
    QCOMPARE(event.region, std::string("DE"));
    // An open ring is closed, in lon/lat; the broken one is left out and told of.
    QCOMPARE(event.geometry.areas.size(), 1U);
    const schema::Ring ring{{8, 50}, {8, 51}, {9, 51}, {9, 50}, {8, 50}};
    QCOMPARE(event.geometry.areas[0][0], ring);
    const auto rejected = m_connector.all<Rejected>("cap", fixtureText("alert.cap.xml"));
    QCOMPARE(rejected.size(), 1U);
    QVERIFY2(rejected[0].reason.starts_with("info[1].area[1].polygon: has 951,8"),
             rejected[0].reason.c_str());
}

void TestWeatherAlerts::languagesAreNotMixed()
{
    std::string german =
        with(fixtureText("alert.cap.xml"), "<language>en</language>", "<language>fr</language>");
    const Event event = m_connector.all<Event>("cap", german).at(0);
    QCOMPARE(event.title, std::string("Gewitter"));
    QCOMPARE(event.geometry.areas.size(), 1U);
    QCOMPARE(event.geometry.areas[0][0].size(), 37U); // the circle
    QVERIFY(event.geometry.areas[0][0].front() == event.geometry.areas[0][0].back());
}

void TestWeatherAlerts::atomIndexBecomesEvents()
{
    const auto events = m_connector.all<Event>("cap-atom", fixtureText("meteoalarm.atom"));
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].sourceRef, std::string("2.49.0.0.276.test"));
    QCOMPARE(events[0].title, std::string("Orange Wind Warning issued for Test"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-06-01T12:00:00Z"));
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2026-06-01T07:59:00Z"));
    QCOMPARE(timeOf(events[0].endsAt), std::string("2026-06-02T07:59:00Z"));
    QVERIFY(events[0].state == schema::EventState::Revised);
    QCOMPARE(textAt(events[0].attributes, "geocodes"), std::string("EMMA_ID=DE001"));
    const auto rejected = m_connector.all<Rejected>("cap-atom", fixtureText("meteoalarm.atom"));
    QCOMPARE(rejected.size(), 1U);
    QCOMPARE(rejected[0].sourceRef, std::string("https://example.org/w/2"));
}

void TestWeatherAlerts::testMessagesWeighNothing()
{
    const Event event = m_connector
                            .all<Event>("cap", with(fixtureText("alert.cap.xml"), "<status>Actual",
                                                    "<status>Exercise"))
                            .at(0);
    QCOMPARE(event.severity, 0.0F);
    QCOMPARE(event.confidence, 0.0F);
    QCOMPARE(textAt(event.attributes, "status"), std::string("Exercise"));
}

void TestWeatherAlerts::typeFollowsCategory_data()
{
    QTest::addColumn<QByteArray>("category");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char *category, const char *event, const char *type) {
        QTest::newRow(event) << QByteArray(category) << QByteArray(event) << QByteArray(type);
    };
    row("Met", "Flood Warning", "weather_alert");
    row("Geo", "Earthquake", "earthquake");
    row("Geo", "Volcanic ash", "volcano");
    row("Geo", "Tsunami", "disaster");
    row("Fire", "Grass fire", "wildfire");
    row("Security", "Advisory System Update", "other");
    row("Infra", "911 out of service", "outage");
}

void TestWeatherAlerts::typeFollowsCategory()
{
    QFETCH(QByteArray, category);
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, type);
    const auto events = m_connector.all<Event>(
        "cap", "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.1'><identifier>i</identifier>"
               "<sender>s</sender><sent>2003-06-11T20:56:00-07:00</sent><status>Actual</status>"
               "<msgType>Alert</msgType><info><category>" +
                   category.toStdString() + "</category><event>" + event.toStdString() +
                   "</event><area><areaDesc>x</areaDesc><circle>32.9525,-115.5527 0</circle></area>"
                   "</info></alert>");
    QCOMPARE(events.size(), 1U);
    QCOMPARE(QByteArray(toString(events[0].type).data()), type);
    QCOMPARE(events[0].geometry, schema::Geometry::at({-115.5527, 32.9525})); // no radius: a point
}

void TestWeatherAlerts::recordedNwsAlertsAreRead()
{
    const auto events =
        m_connector.all<Event>("nws-geojson", sampleText("nws/alerts_active_zone_second.json"));
    QCOMPARE(events.size(), 2U);
    const Event &event = events[0];
    QCOMPARE(event.sourceRef, std::string("NWS-IDP-PROD-3965873-3369046"));
    QCOMPARE(formatInstant(event.times.observedAt), std::string("2019-12-20T21:34:00Z"));
    QCOMPARE(timeOf(event.endsAt), std::string("2019-12-22T18:00:00Z"));
    QCOMPARE(event.region, std::string("US")); // Oregon and Washington
    QCOMPARE(event.entities.size(), 3U);       // topic and two states
    QVERIFY(event.geometry.kind == Kind::None);
    QVERIFY(event.state == schema::EventState::Revised);
    QVERIFY(std::abs(event.severity - 0.75F * 0.75F * 0.8F) < 1e-6F);
    QCOMPARE(textAt(event.attributes, "vtec_event"), std::string("KPQR.FA.A.0004.2019"));
    QVERIFY(textAt(event.attributes, "ugc").starts_with("ORZ001 ORZ006 WAZ039"));
    QCOMPARE(events[1].sourceRef, std::string("NWS-IDP-PROD-3965873-001"));
    QCOMPARE(
        m_connector.all<Event>("nws-geojson", sampleText("nws/alerts_active_zone.json")).size(),
        1U);

    const auto points =
        m_connector.all<schema::Entity>("nws-points", sampleText("nws/points.json"));
    QCOMPARE(points.size(), 1U);
    QCOMPARE(points[0].name, std::string("Sumatra, FL"));
    QVERIFY(points[0].location == (schema::GeoPoint{-85, 30}));
    QCOMPARE(textAt(points[0].attributes, "grid_id"), std::string("TAE"));
}

void TestWeatherAlerts::recordedCapAlertsAreRead()
{
    const Event watch = m_connector.all<Event>("cap", sampleText("cap/nws-weather.cap")).at(0);
    QCOMPARE(watch.sourceRef,
             std::string("NOAA-NWS-ALERTS-MT20100830100700TFXFlashFloodWatchTFX20100830180000MT"));
    QCOMPARE(formatInstant(watch.times.observedAt), std::string("2010-08-30T10:07:00Z"));
    QCOMPARE(timeOf(watch.endsAt), std::string("2010-08-30T18:00:00Z"));
    QCOMPARE(watch.region, std::string("US-MT"));
    QCOMPARE(textAt(watch.attributes, "vtec_event"), std::string("KTFX.FF.A.0003.2010"));

    const Event canada = m_connector.all<Event>("cap", sampleText("cap/canada.cap")).at(0);
    QCOMPARE(canada.title, std::string("severe thunderstorm watch"));
    QCOMPARE(canada.region, std::string("CA-ON"));
    QCOMPARE(canada.geometry.areas.size(), 2U);
    QCOMPARE(canada.geometry.areas[0][0].front(), (schema::GeoPoint{-82.9314, 42.3481}));
    QVERIFY(canada.geometry.areas[1][0].front() == canada.geometry.areas[1][0].back());
    QVERIFY(m_connector.all<Rejected>("cap", sampleText("cap/canada.cap")).empty());

    const Event ended =
        m_connector.all<Event>("cap", sampleText("cap/alberta-ended-tornado.cap.xml")).at(0);
    QCOMPARE(ended.sourceRef, std::string("urn:oid:2.49.0.1.124.3132006609.2026"));
    QCOMPARE(timeOf(ended.endsAt), std::string("2026-08-14T01:31:03Z"));
    QVERIFY(std::get<bool>(*schema::find(ended.attributes, "ended")));
}

void TestWeatherAlerts::recordedAtomIndexIsRead()
{
    const auto payload = sampleText("cap/alberta-emergency-alert.atom");
    const auto events = m_connector.all<Event>("cap-atom", payload);
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].sourceRef, std::string("urn:oid:2.49.0.1.124.0957859356.2026"));
    QCOMPARE(events[0].title, std::string("yellow watch - tornado - in effect"));
    QCOMPARE(timeOf(events[0].times.publishedAt), std::string("2026-08-13T18:46:36Z"));
    QCOMPARE(timeOf(events[0].endsAt), std::string("2026-08-14T04:10:36Z"));
    QCOMPARE(events[0].geometry.areas.size(), 18U);
    QCOMPARE(events[0].geometry.areas[0][0].front(), (schema::GeoPoint{-111.8245, 54.3734}));
    QVERIFY(m_connector.all<Rejected>("cap-atom", payload).empty());
}

void TestWeatherAlerts::refusals_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const char *kind, const std::string &payload,
                        const char *reason) {
        QTest::newRow(name) << QByteArray(kind) << QByteArray::fromStdString(payload)
                            << QByteArray(reason);
    };
    const std::string cap = fixtureText("alert.cap.xml");
    const std::string nws = fixtureText("active.geojson");
    row("a bomb", "cap", "<!DOCTYPE a [<!ENTITY b 'b'>]>" + cap.substr(cap.find("<alert")),
        "DOCTYPE");
    row("year 0", "cap", with(cap, "2026-06-01T10:00:00+02:00", "0000-06-01T10:00:00+02:00"),
        "sent");
    row("the far future", "cap", with(cap, "2026-06-01T10:00:00", "9026-06-01T10:00:00"), "1900");
    row("no sender", "cap", with(cap, "test@example.org", ""), "sender");
    row("a foreign namespace", "cap", with(cap, "cap:1.2", "cap:9.9"), "not an alert");
    row("HTML", "nws-geojson", "<html/>", "JSON");
    row("a problem in place of alerts", "nws-geojson", R"({"title":"Unexpected","status":500})",
        "FeatureCollection");
    row("RSS", "cap-atom", "<rss/>", "not <feed>");
    row("a time beyond, in a feature", "nws-geojson",
        with(nws, "\"sent\":\"2026-05-01T18:00", "\"sent\":\"99999-05-01T18:00"),
        "properties.sent");
    row("an end beyond", "nws-geojson", with(nws, "\"ends\":\"2026-05-01", "\"ends\":\"0000-05-01"),
        "ends");
    row("NaN as coordinate", "cap", with(cap, "50,8 51,8 51,9 50,9", "NaN,8 51,8 51,9 50,9"),
        "NaN");
    row("a huge coordinate", "cap", with(cap, "50,8 51,8 51,9 50,9", "1e999,8 51,8 51,9 50,9"),
        "1e999");
}

void TestWeatherAlerts::refusals()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, reason);
    const std::string said =
        complaintsOf(m_connector.normalize(kind.toStdString(), payload.toStdString()));
    QVERIFY2(QByteArray::fromStdString(said).contains(reason), said.c_str());
}

void TestWeatherAlerts::fetchAsksTheSource()
{
    const Instant now(std::chrono::seconds(1'795'248'000));
    RouteFetcher fetcher;
    fetcher.answers["api.weather.gov/alerts/active"] = ok(fixtureText("active.geojson"));
    fetcher.answers["legacy-atom-germany"] = ok(fixtureText("meteoalarm.atom"));
    fetcher.answers["legacy-atom-france"] = {.status = 304, .notModified = true};
    const auto nws = m_connector.fetch(fetcher, {}, now, 0);
    QVERIFY(nws.has_value());
    QCOMPARE(nws->items.size(), 1U);
    QCOMPARE(nws->items[0].kind, std::string("nws-geojson"));
    QCOMPARE(nws->nextCursor, std::string("2026-11-21T08:00:00Z"));
    // Of 37 countries one has news, one has none, and the others fail: they keep nobody away.
    const auto europe = m_connector.fetch(fetcher, {}, now, 1);
    QVERIFY(europe.has_value());
    QCOMPARE(europe->items.size(), 1U);
    QCOMPARE(europe->warnings.size(), 35U);
}

void TestWeatherAlerts::maintenancePageFailsTheFetch()
{
    RouteFetcher fetcher;
    fetcher.answers["alerts"] = ok("<html>Back soon</html>");
    const auto fetched = m_connector.fetch(fetcher, {}, Instant{}, 0);
    QVERIFY(!fetched.has_value());
    QVERIFY(fetched.error().retryable);
}

QTEST_GUILESS_MAIN(TestWeatherAlerts)
#include "tst_weather_alerts.moc"
