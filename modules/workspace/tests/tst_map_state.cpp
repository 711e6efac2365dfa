// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_shapes.h"
#include "chrona/workspace/focus.h"
#include "chrona/workspace/map_areas.h"

#include <QSignalSpy>
#include <QTest>

using namespace chrona;
using namespace chrona::workspace;

/// What the map keeps: its layers, outlines of events, areas of interest.
class TestMapState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEventHasOneTheme();
    void layersMove();
    void layersComeBackFromText();
    void strangeTextKeepsWhatIsSound_data();
    void strangeTextKeepsWhatIsSound();
    void shapesAreAskedForOnce();
    void shapesThatDidNotFitAreAskedForAgain();
    void failedShapesAreAskedForAgain();
    void manyPointsPushOutTheOldest();
    void ringsKnowTheirInside();
};

namespace {

/// Holds what was asked until the test answers.
struct Asked {
    std::vector<ipc::EventShapesRequest> requests;
    EventShapes::Answer answer;
    EventShapes shapes{[this](ipc::EventShapesRequest request, EventShapes::Answer done) {
        requests.push_back(std::move(request));
        answer = std::move(done);
    }};
};

ipc::EventShape lineOf(std::int64_t id, std::size_t points = 2)
{
    const std::vector<schema::GeoPoint> line(points);
    return {{id}, {}, {}, {schema::Geometry::Kind::Lines, {}, {line}, {}}};
}

} // namespace

void TestMapState::everyEventHasOneTheme()
{
    using schema::EventType;
    const auto themeOf = [](EventType type, bool isImported = false) {
        return mapThemeOf(static_cast<std::uint8_t>(type), isImported);
    };
    QCOMPARE(themeOf(EventType::WeatherAlert), MapTheme::Weather);
    QCOMPARE(themeOf(EventType::Earthquake), MapTheme::Disasters);
    QCOMPARE(themeOf(EventType::Sanction), MapTheme::Sanctions);
    QCOMPARE(themeOf(EventType::Sanction, true), MapTheme::Imports);
    QCOMPARE(themeOf(EventType::Shipping), MapTheme::Ports);
    QCOMPARE(themeOf(EventType::Shipping, true), MapTheme::Ports);
    QCOMPARE(mapThemeOf(250, false), MapTheme::News);
    QVERIFY(isImportKey(QStringLiteral("import:events")));
    QVERIFY(!isImportKey(QStringLiteral("usgs")));
    QCOMPARE(MapLayers::initial().order.size(), kMapThemeCount);
}

void TestMapState::layersMove()
{
    MapLayers layers = MapLayers::initial();
    const MapTheme second = layers.order[1].theme, top = layers.order[0].theme;
    layers.move(second, 1);
    QCOMPARE(layers.order[0].theme, second);
    QCOMPARE(layers.order[1].theme, top);
    layers.move(second, 5);
    QCOMPARE(layers.order[0].theme, second);
    layers.move(second, -99);
    QCOMPARE(layers.order.back().theme, second);
    QCOMPARE(layers.order.size(), kMapThemeCount);
}

void TestMapState::layersComeBackFromText()
{
    MapLayers layers = MapLayers::initial();
    layers.move(MapTheme::News, 9);
    layers.layer(MapTheme::Policy) = {MapTheme::Policy, false, 0.5F, MapDrawing::Countries,
                                      MapTimeRule::InWindow};
    layers.values = {QStringLiteral("unemployment_rate"), false, MapClasses::Diverging, 7, 4.5};
    layers.tilesFile = QStringLiteral("/maps/ä.pmtiles");
    layers.showAreas = layers.showLabels = layers.showTiles = false;
    layers.showTrack = layers.showStories = true;
    const auto back = MapLayers::fromJson(layers.toJson());
    QVERIFY(back);
    QVERIFY(*back == layers);
}

void TestMapState::strangeTextKeepsWhatIsSound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isLayers");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("no layers") << QByteArray("[1, 2]") << false;
    QTest::newRow("unknown and doubled themes")
        << QByteArray(R"({"layers":[{"theme":"ufos"},{"theme":"news"},{"theme":"news"},7]})")
        << true;
    QTest::newRow("out of range")
        << QByteArray(R"({"layers":[{"theme":"news","opacity":-4}],"values":{"classes":900}})")
        << true;
}

void TestMapState::strangeTextKeepsWhatIsSound()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isLayers);
    const auto layers = MapLayers::fromJson(text);
    QCOMPARE(layers.has_value(), isLayers);
    if (!layers)
        return;
    QCOMPARE(layers->order.size(), kMapThemeCount);
    QCOMPARE(layers->order.front().theme, MapTheme::News);
    QVERIFY(layers->order.front().opacity >= 0.1F);
    QVERIFY(layers->values.classCount >= 2 && layers->values.classCount <= 9);
}

void TestMapState::shapesAreAskedForOnce()
{
    Asked asked;
    QSignalSpy arrived(&asked.shapes, &EventShapes::shapesArrived);
    asked.shapes.want(std::vector<std::int64_t>{1, 2});
    asked.shapes.want(std::vector<std::int64_t>{1, 2, 3}); // while the first are on their way
    QCOMPARE(asked.requests.size(), 1U);
    QVERIFY(!asked.shapes.isSettled());
    asked.answer(ipc::EventShapesReply{{lineOf(1)}, {}});
    QCOMPARE(arrived.size(), 1);
    QVERIFY(asked.shapes.shape(1));
    QVERIFY(!asked.shapes.shape(2)); // has none, and that is known
    QCOMPARE(asked.requests.size(), 2U);
    QCOMPARE(asked.requests.back().ids.back().value, 3);
    asked.answer(ipc::EventShapesReply{});
    asked.shapes.want(std::vector<std::int64_t>{1, 2, 3});
    QCOMPARE(asked.requests.size(), 2U);
    QVERIFY(asked.shapes.isSettled());
    asked.shapes.forget(std::vector<std::int64_t>{1});
    asked.shapes.want(std::vector<std::int64_t>{1});
    QCOMPARE(asked.requests.size(), 3U);
}

void TestMapState::shapesThatDidNotFitAreAskedForAgain()
{
    Asked asked;
    asked.shapes.want(std::vector<std::int64_t>{1, 2});
    asked.answer(ipc::EventShapesReply{{lineOf(1)}, {{2}}});
    QCOMPARE(asked.requests.size(), 2U);
    QCOMPARE(asked.requests.back().ids.size(), 1U);
    // One that never fits is not asked for without end.
    asked.answer(ipc::EventShapesReply{{}, {{2}}});
    QCOMPARE(asked.requests.size(), 2U);
}

void TestMapState::failedShapesAreAskedForAgain()
{
    Asked asked;
    asked.shapes.want(std::vector<std::int64_t>{1});
    asked.answer(std::unexpected(Error{ErrorCode::Unavailable, "gone", {}, true}));
    QVERIFY(asked.shapes.isSettled());
    asked.shapes.want(std::vector<std::int64_t>{1});
    QCOMPARE(asked.requests.size(), 2U);
}

void TestMapState::manyPointsPushOutTheOldest()
{
    Asked asked;
    asked.shapes.want(std::vector<std::int64_t>{1, 2, 3});
    asked.answer(ipc::EventShapesReply{
        {lineOf(1, 1000), lineOf(2, EventShapes::kPointsMax), lineOf(3, 1000)}, {}});
    QVERIFY(!asked.shapes.shape(1));
    QVERIFY(!asked.shapes.shape(2));
    QVERIFY(asked.shapes.shape(3));
}

void TestMapState::ringsKnowTheirInside()
{
    const RingTest square({{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});
    QVERIFY(square.contains(5, 5));
    QVERIFY(!square.contains(-5, 5));
    QVERIFY(!square.contains(5, 11));
    const RingTest fiji({{175, -20}, {-175, -20}, {-175, -10}, {175, -10}, {175, -20}});
    QVERIFY(fiji.contains(179, -15));
    QVERIFY(fiji.contains(-179, -15));
    QVERIFY(!fiji.contains(0, -15));
    QVERIFY(!fiji.contains(-170, -15));
    QVERIFY(!RingTest({}).contains(0, 0));
}

QTEST_GUILESS_MAIN(TestMapState)
#include "tst_map_state.moc"
