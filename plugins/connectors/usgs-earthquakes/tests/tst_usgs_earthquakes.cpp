// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <cmath>

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Draft;
using connect::Rejected;

class TestUsgsEarthquakes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void entryIsComplete();
    void feedBecomesEvents();
    void earthquakeWithoutMagnitudeStands();
    void blastIsNoEarthquake();
    void deletedEventIsRetracted();
    void sameItemGivesSameDrafts();
    void recordedFeedIsRead();
    void severityFollowsMagnitudeAndAlert_data();
    void severityFollowsMagnitudeAndAlert();
    void hostilePayloadIsRefused_data();
    void hostilePayloadIsRefused();
    void hostileFeatureIsRejectedAlone_data();
    void hostileFeatureIsRejectedAlone();
    void pollPlanLeavesNoGap_data();
    void pollPlanLeavesNoGap();
    void nothingNewIsSuccess();
    void failedFeedFailsTheFetch();
    void maintenancePageFailsTheFetch();
    void failedDeletionQueryIsAskedAgain();

private:
    [[nodiscard]] std::vector<Draft> drafts(std::string payload) const
    {
        return m_connector.drafts("geojson", std::move(payload));
    }
    [[nodiscard]] schema::Event fixtureEvent(std::string_view id) const;

    LoadedConnector m_connector{"usgs-earthquakes"};
};

namespace {

std::string fixture()
{
    return fixtureText("all_day.geojson");
}

std::string feature(const std::string &id, const std::string &geometry,
                    const std::string &properties)
{
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","id":)" + id +
           R"(,"geometry":)" + geometry + R"(,"properties":)" + properties + "}]}";
}

const schema::AttributeValue *attribute(const schema::Event &event, std::string_view key)
{
    return schema::find(event.attributes, key);
}

} // namespace

void TestUsgsEarthquakes::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
}

schema::Event TestUsgsEarthquakes::fixtureEvent(std::string_view id) const
{
    for (const auto &draft : drafts(fixture()))
        if (const auto *event = std::get_if<schema::Event>(&draft); event && event->sourceRef == id)
            return *event;
    return {};
}

void TestUsgsEarthquakes::entryIsComplete()
{
    QCOMPARE(m_connector.description().sources.size(), 1U);
    const auto &source = m_connector.description().sources.front();
    QVERIFY(schema::validate(source).empty());
    QCOMPARE(source.hosts, std::vector<std::string>{"earthquake.usgs.gov"});
    QVERIFY(!source.termsUrl.empty());
}

void TestUsgsEarthquakes::feedBecomesEvents()
{
    const auto all = drafts(fixture());
    QCOMPARE(all.size(), 5U);
    const auto &topic = std::get<schema::Entity>(all.front());
    QCOMPARE(topic.key, std::string("topic:earthquake"));
    QVERIFY(schema::validate(topic).empty());

    const auto event = fixtureEvent("us7000test");
    QVERIFY(event.type == schema::EventType::Earthquake);
    QCOMPARE(event.title, std::string("M 6.5 - 12 km NE of Testville, Chile"));
    QCOMPARE(formatInstant(event.times.observedAt), std::string("2026-11-21T07:00:00.123Z"));
    QVERIFY(event.times.publishedAt.has_value());
    QCOMPARE(formatInstant(*event.times.publishedAt), std::string("2026-11-21T07:30:00Z"));
    QCOMPARE(event.geometry, schema::Geometry::at({-70.5, -33.25}));
    QCOMPARE(event.url,
             std::string("https://earthquake.usgs.gov/earthquakes/eventpage/us7000test"));
    QCOMPARE(event.confidence, 1.0F);
    QCOMPARE(event.severity, 0.8F); // magnitude 6.5 alone is 0.7; the orange alert raises it
    QVERIFY(event.state == schema::EventState::Active);
    QCOMPARE(event.entities.size(), 1U);
    QCOMPARE(event.entities.front().entity, topic.id);
    QCOMPARE(std::get<double>(*attribute(event, "magnitude")), 6.5);
    QCOMPARE(std::get<double>(*attribute(event, "depth_km")), 105.4);
    QCOMPARE(std::get<bool>(*attribute(event, "tsunami")), true);
    QCOMPARE(std::get<std::int64_t>(*attribute(event, "felt_reports")), 84);
    QCOMPARE(std::get<std::string>(*attribute(event, "alert")), std::string("orange"));
    QCOMPARE(std::get<std::string>(*attribute(event, "ids")), std::string(",us7000test,at00test,"));
}

void TestUsgsEarthquakes::earthquakeWithoutMagnitudeStands()
{
    const auto event = fixtureEvent("ak00fresh");
    QCOMPARE(event.title, std::string("M ? - 20 km SSE of Nowhere, Alaska"));
    QVERIFY(attribute(event, "magnitude") == nullptr);
    QVERIFY(attribute(event, "depth_km") == nullptr);
    QCOMPARE(event.severity, 0.0F);
    QCOMPARE(event.confidence, 0.8F);
    QCOMPARE(event.geometry, schema::Geometry::at({-150.1, 61.4}));
}

void TestUsgsEarthquakes::blastIsNoEarthquake()
{
    const auto event = fixtureEvent("nc00quarry");
    QVERIFY(event.type == schema::EventType::Other);
    QCOMPARE(std::get<std::string>(*attribute(event, "seismic_type")), std::string("quarry blast"));
}

void TestUsgsEarthquakes::deletedEventIsRetracted()
{
    const auto event = fixtureEvent("us7000gone");
    QVERIFY(event.state == schema::EventState::Retracted);
    QVERIFY(!event.title.empty());
    QVERIFY(event.geometry.kind == schema::Geometry::Kind::None);
}

void TestUsgsEarthquakes::sameItemGivesSameDrafts()
{
    QVERIFY(!drafts(fixture()).empty());
    QVERIFY(drafts(fixture()) == drafts(fixture()));
}

void TestUsgsEarthquakes::recordedFeedIsRead()
{
    const auto payload = sampleText("usgs/earthquakes-1.json");
    QVERIFY2(!payload.empty(), "the shared samples are missing");
    const auto all = drafts(payload);
    QCOMPARE(all.size(), 4U);
    const auto &first = std::get<schema::Event>(all[1]);
    QCOMPARE(first.sourceRef, std::string("1234"));
    QCOMPARE(first.title, std::string("Title 1"));
    QCOMPARE(formatInstant(first.times.observedAt), std::string("2018-09-22T08:00:00Z"));
    QCOMPARE(std::get<double>(*attribute(first, "magnitude")), 3.0);
    QVERIFY(attribute(std::get<schema::Event>(all[3]), "magnitude") == nullptr);
}

void TestUsgsEarthquakes::severityFollowsMagnitudeAndAlert_data()
{
    QTest::addColumn<QByteArray>("magnitude");
    QTest::addColumn<QByteArray>("alert");
    QTest::addColumn<float>("severity");
    QTest::newRow("below zero counts as zero") << QByteArray("-0.4") << QByteArray("null") << 0.0F;
    QTest::newRow("a small one") << QByteArray("2.5") << QByteArray("null") << 0.10F;
    QTest::newRow("between two knots") << QByteArray("5.25") << QByteArray("null") << 0.45F;
    QTest::newRow("a great one") << QByteArray("9.4") << QByteArray("null") << 1.0F;
    QTest::newRow("green raises nothing") << QByteArray("6") << QByteArray("\"green\"") << 0.6F;
    QTest::newRow("yellow raises a moderate one")
        << QByteArray("5") << QByteArray("\"yellow\"") << 0.6F;
    QTest::newRow("red raises a strong one") << QByteArray("6") << QByteArray("\"red\"") << 0.95F;
    QTest::newRow("yellow does not lower a great one")
        << QByteArray("8") << QByteArray("\"yellow\"") << 0.95F;
}

void TestUsgsEarthquakes::severityFollowsMagnitudeAndAlert()
{
    QFETCH(QByteArray, magnitude);
    QFETCH(QByteArray, alert);
    QFETCH(float, severity);
    const auto all = drafts(feature(R"("x")", "null",
                                    R"({"time":0,"mag":)" + magnitude.toStdString() +
                                        R"(,"alert":)" + alert.toStdString() + "}"));
    QCOMPARE(all.size(), 2U);
    const float got = std::get<schema::Event>(all[1]).severity;
    QVERIFY2(std::abs(got - severity) < 1e-6F, std::to_string(got).c_str());
}

void TestUsgsEarthquakes::hostilePayloadIsRefused_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const QByteArray &payload, const char *reason) {
        QTest::newRow(name) << payload << QByteArray(reason);
    };
    row("nothing", "", "empty");
    row("blanks only", " \r\n\t", "empty");
    row("a maintenance page", "\n<!DOCTYPE html><html><body>Back soon</body></html>", "markup");
    row("cut short", R"({"type":"FeatureCollection","features":[{"type":"Fea)", "not JSON");
    row("NaN is not JSON",
        R"({"type":"FeatureCollection","features":[{"id":"a","properties":{"mag":NaN}}]})",
        "not JSON");
    row("a list", "[1,2]", "not a GeoJSON object");
    row("another GeoJSON type", R"({"type":"Point","coordinates":[1,2]})",
        "not a GeoJSON FeatureCollection");
    row("features that are no list", R"({"type":"FeatureCollection","features":{"a":1}})",
        "not a GeoJSON FeatureCollection");
    row("nesting without end", QByteArray(200'000, '['), "not JSON");
    row("a number beyond numbers",
        R"({"type":"FeatureCollection","features":[{"properties":{"time":1e999}}]})", "not JSON");
    row("bytes that are not UTF-8", "{\"type\":\"\xff\xfe\"}", "not JSON");
}

void TestUsgsEarthquakes::hostilePayloadIsRefused()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, reason);
    const auto result = m_connector.normalize("geojson", payload.toStdString());
    QVERIFY(!result.has_value());
    QVERIFY2(QByteArray(result.error().what.c_str()).contains(reason), result.error().what.c_str());
}

void TestUsgsEarthquakes::hostileFeatureIsRejectedAlone_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const char *id, const char *geometry,
                        const char *properties, const char *reason) {
        QTest::newRow(name) << QByteArray::fromStdString(feature(id, geometry, properties))
                            << QByteArray(reason);
    };
    const char *place = R"({"type":"Point","coordinates":[1,2,3]})";
    row("no id", "null", place, R"({"time":0})", "id is missing");
    row("no properties", R"("a")", place, "null", "properties are missing");
    row("no time", R"("a")", place, R"({"mag":1})", "properties.time");
    row("time as text", R"("a")", place, R"({"time":"now"})", "properties.time");
    row("time beyond year 9999", R"("a")", place, R"({"time":1e300})", "properties.time");
    row("time in year 0", R"("a")", place, R"({"time":-62167219200000})", "properties.time");
    row("updated beyond numbers", R"("a")", place, R"({"time":0,"updated":1e30})",
        "properties.updated");
    row("magnitude as text", R"("a")", place, R"({"time":0,"mag":"big"})", "properties.mag");
    row("magnitude beyond Earth", R"("a")", place, R"({"time":0,"mag":99})", "properties.mag");
    row("latitude beyond the pole", R"("a")", R"({"type":"Point","coordinates":[1,91,3]})",
        R"({"time":0})", "not on Earth");
    row("coordinates nested wrongly", R"("a")", R"({"type":"Point","coordinates":[[1,2]]})",
        R"({"time":0})", "not a Point");
    row("one coordinate", R"("a")", R"({"type":"Point","coordinates":[1]})", R"({"time":0})",
        "not a Point");
    row("another geometry", R"("a")", R"({"type":"LineString","coordinates":[1,2]})",
        R"({"time":0})", "not a Point");
    row("depth through the Earth", R"("a")", R"({"type":"Point","coordinates":[1,2,13000]})",
        R"({"time":0})", "depth");
}

void TestUsgsEarthquakes::hostileFeatureIsRejectedAlone()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, reason);
    // A sound neighbour behind the hostile feature must come through.
    std::string both = payload.toStdString();
    both.insert(both.size() - 2,
                R"(,{"type":"Feature","id":"sound","geometry":null,"properties":{"time":1000}})");
    const auto all = drafts(both);
    QCOMPARE(all.size(), 3U);
    const auto *rejected = std::get_if<Rejected>(&all[1]);
    QVERIFY(rejected != nullptr);
    QVERIFY2(QByteArray(rejected->reason.c_str()).contains(reason), rejected->reason.c_str());
    QCOMPARE(std::get<schema::Event>(all[2]).sourceRef, std::string("sound"));
}

void TestUsgsEarthquakes::pollPlanLeavesNoGap_data()
{
    QTest::addColumn<QByteArray>("cursor");
    QTest::addColumn<QByteArray>("feed");
    QTest::addColumn<bool>("asksDeletions");
    QTest::newRow("the first poll reads a week")
        << QByteArray("") << QByteArray("all_week") << true;
    QTest::newRow("a cursor of somebody else reads a week")
        << QByteArray("?!") << QByteArray("all_week") << true;
    QTest::newRow("five minutes later an hour is enough")
        << QByteArray("2026-11-21T07:55:00Z 2026-11-21T07:55:00Z 2026-11-21T07:55:00Z")
        << QByteArray("all_hour") << false;
    QTest::newRow("after a night the day is read")
        << QByteArray("2026-11-21T00:00:00Z 2026-11-21T00:00:00Z 2026-11-21T07:30:00Z")
        << QByteArray("all_day") << false;
    QTest::newRow("revisions are looked for every six hours")
        << QByteArray("2026-11-21T07:55:00Z 2026-11-21T02:00:00Z 2026-11-21T07:30:00Z")
        << QByteArray("all_day") << false;
    QTest::newRow("after three days the week is read")
        << QByteArray("2026-11-18T00:00:00Z 2026-11-18T00:00:00Z 2026-11-18T00:00:00Z")
        << QByteArray("all_week") << true;
    QTest::newRow("a clock that was set back reads a week")
        << QByteArray("2027-01-01T00:00:00Z 2026-11-21T07:00:00Z 2026-11-21T07:30:00Z")
        << QByteArray("all_week") << false;
}

void TestUsgsEarthquakes::pollPlanLeavesNoGap()
{
    QFETCH(QByteArray, cursor);
    QFETCH(QByteArray, feed);
    QFETCH(bool, asksDeletions);
    RouteFetcher fetcher;
    fetcher.answers["summary/"] = ok(fixture());
    fetcher.answers["fdsnws/"] = ok(R"({"type":"FeatureCollection","features":[]})");
    const auto fetched = m_connector.fetch(fetcher, cursor.toStdString(), kNow);
    QVERIFY(fetched.has_value());
    QVERIFY2(fetcher.asked.front().contains("/" + feed.toStdString() + ".geojson"),
             fetcher.asked.front().c_str());
    QCOMPARE(fetcher.asked.size(), asksDeletions ? 2U : 1U);
    QCOMPARE(fetched->items.size(), fetcher.asked.size());
    QCOMPARE(fetched->items.front().kind, std::string("geojson"));
    QVERIFY(fetched->nextCursor.starts_with("2026-11-21T08:00:00Z "));
}

void TestUsgsEarthquakes::nothingNewIsSuccess()
{
    RouteFetcher fetcher;
    fetcher.answers["summary/"] = {.status = 304, .notModified = true};
    fetcher.answers["fdsnws/"] = {.status = 204};
    const auto fetched = m_connector.fetch(fetcher, {}, kNow);
    QVERIFY(fetched.has_value());
    QVERIFY(fetched->items.empty());
    QVERIFY(fetched->warnings.empty());
    QCOMPARE(fetched->nextCursor,
             std::string("2026-11-21T08:00:00Z 2026-11-21T08:00:00Z 2026-11-21T08:00:00Z"));
}

void TestUsgsEarthquakes::failedFeedFailsTheFetch()
{
    RouteFetcher fetcher;
    const auto fetched = m_connector.fetch(fetcher, {}, kNow);
    QVERIFY(!fetched.has_value());
    QVERIFY(fetched.error().code == ErrorCode::Unavailable);
}

void TestUsgsEarthquakes::maintenancePageFailsTheFetch()
{
    RouteFetcher fetcher;
    fetcher.answers["summary/"] = ok("<html>Back soon</html>");
    const auto fetched = m_connector.fetch(fetcher, {}, kNow);
    QVERIFY(!fetched.has_value());
    QVERIFY(fetched.error().retryable);
}

void TestUsgsEarthquakes::failedDeletionQueryIsAskedAgain()
{
    RouteFetcher fetcher;
    fetcher.answers["summary/"] = ok(fixture());
    const std::string before = "2026-11-21T06:55:00Z 2026-11-21T06:55:00Z 2026-11-21T06:00:00Z";
    const auto fetched = m_connector.fetch(fetcher, before, kNow);
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->items.size(), 1U);
    QCOMPARE(fetched->warnings.size(), 1U);
    QVERIFY2(fetched->nextCursor.ends_with(" 2026-11-21T06:00:00Z"), fetched->nextCursor.c_str());
    QVERIFY(fetcher.asked.back().contains("updatedafter=2026-11-21T05:00:00Z"));
}

QTEST_GUILESS_MAIN(TestUsgsEarthquakes)
#include "tst_usgs_earthquakes.moc"
