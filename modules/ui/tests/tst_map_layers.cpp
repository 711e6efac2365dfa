// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers_fixture.h"
#include "map_fixture.h"
#include "tile_fixture.h"

#include <QBuffer>
#include <QComboBox>
#include <QSlider>

#include <algorithm>
#include <cmath>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;
using workspace::MapDrawing;
using workspace::MapTheme;

/// The layers of the map, and what is drawn below events.
class TestMapLayers : public QObject, private MapFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { reset(); }
    void cleanupTestCase() { close(); }
    void outlinesOfEventsAreDrawnAndPicked();
    void outlinesHoldUntilTheyEnd();
    void hiddenLayersLeaveTheMapAlone();
    void drawings_data();
    void drawings();
    void opacityAndOrderShow();
    void layersAreUndone();
    void paneDrivesTheLayers();
    void regionsAreColouredByClass();
    void valuesByRegionCome();
    void tilesAreDrawn();
    void tilesAreExactInStreets();
    void picturesAsTiles();
    void brokenTilesSayWhy();
};

void TestMapLayers::outlinesOfEventsAreDrawnAndPicked()
{
    onlyTypes({schema::EventType::WeatherAlert, schema::EventType::TropicalCyclone});
    QTRY_VERIFY(!m_view->shownShapes().empty());
    const auto area = std::ranges::find_if(m_view->shownShapes(), [](const ShownShape &shown) {
        return !shown.shape->areas.empty() && shown.theme == MapTheme::Weather;
    });
    QVERIFY(area != m_view->shownShapes().end());
    const auto shape = area->shape;
    const geo::MapBox &box = shape->box;
    const schema::GeoPoint northWest = geo::unproject({box.left, box.top});
    const schema::GeoPoint southEast = geo::unproject({box.right, box.bottom});
    m_view->fitTo(
        {northWest.longitude, southEast.latitude, southEast.longitude, northWest.latitude});
    settle();
    // A place within it where no dot is near.
    std::optional<QPointF> inside;
    for (int i = 1; i < 40 && !inside; ++i)
        for (int j = 1; j < 40 && !inside; ++j) {
            const geo::MercatorPoint at{box.left + (double(box.right) - box.left) * i / 40,
                                        box.top + (double(box.bottom) - box.top) * j / 40};
            const QPointF place = m_view->camera().toScreen(at);
            if (shape->contains(at) &&
                m_view->eventsIn(QRectF(place - QPointF(12, 12), QSizeF(24, 24))).empty())
                inside = place;
        }
    QVERIFY(inside);
    const auto picked = m_view->eventAt(*inside);
    QVERIFY(picked);
    const auto holds = std::ranges::any_of(m_view->shownShapes(), [&](const ShownShape &shown) {
        return shown.shape->event == *picked &&
               shown.shape->contains(m_view->camera().fromScreen(*inside));
    });
    QVERIFY(holds);
    const QImage with = picture();
    change([](MapLayers &layers) { layers.layer(MapTheme::Weather).isShown = false; });
    QVERIFY(m_view->shownShapes().empty());
    QVERIFY(picture().pixel(inside->toPoint()) != with.pixel(inside->toPoint()));
}

void TestMapLayers::outlinesHoldUntilTheyEnd()
{
    onlyTypes({schema::EventType::WeatherAlert});
    QTRY_VERIFY(!m_view->shownShapes().empty());
    const auto lasting = std::ranges::find_if(m_view->shownShapes(), [](const ShownShape &shown) {
        return shown.shape->ends &&
               *shown.shape->ends - shown.shape->begins > std::chrono::hours(2);
    });
    QVERIFY(lasting != m_view->shownShapes().end());
    const auto shape = lasting->shape;
    const auto isShown = [&] {
        return std::ranges::any_of(m_view->shownShapes(), [&](const ShownShape &shown) {
            return shown.shape->event == shape->event;
        });
    };
    // A window that begins after it did.
    focus().setWindow({shape->begins + std::chrono::hours(1), *parseInstant("2100-01-01")});
    settle();
    QTRY_VERIFY(isShown());
    change([](MapLayers &layers) {
        layers.layer(MapTheme::Weather).timeRule = workspace::MapTimeRule::InWindow;
    });
    QTRY_VERIFY(!isShown());
    change([](MapLayers &layers) {
        layers.layer(MapTheme::Weather).timeRule = workspace::MapTimeRule::UntilEnd;
    });
    QTRY_VERIFY(isShown());
    focus().setWindow({*shape->ends + std::chrono::minutes(1), *parseInstant("2100-01-01")});
    settle();
    QTRY_VERIFY(!isShown());
}

void TestMapLayers::hiddenLayersLeaveTheMapAlone()
{
    const qsizetype all = m_view->shownEvents();
    const auto visible = m_session->selector().visible();
    change([](MapLayers &layers) { layers.layer(MapTheme::News).isShown = false; });
    QTRY_VERIFY(m_view->shownEvents() < all);
    QVERIFY2(m_session->selector().visible() == visible, "other views keep what the map hides");
    change([](MapLayers &layers) {
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
    QTRY_COMPARE(m_view->shownEvents(), 0);
    QVERIFY(m_view->eventsInView().empty());
}

void TestMapLayers::drawings_data()
{
    QTest::addColumn<int>("drawing");
    QTest::addColumn<QString>("unit");
    QTest::newRow("heat") << int(MapDrawing::Heat) << u"per million km²"_s;
    QTest::newRow("hexagons") << int(MapDrawing::Hexagons) << u"per hexagon"_s;
    QTest::newRow("countries") << int(MapDrawing::Countries) << u"per country"_s;
}

void TestMapLayers::drawings()
{
    QFETCH(int, drawing);
    const QImage points = picture();
    const qsizetype before = m_view->shownEvents();
    change([drawing](MapLayers &layers) {
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = layer.theme == MapTheme::Policy;
        layers.layer(MapTheme::Policy).drawing = MapDrawing(drawing);
    });
    QTRY_VERIFY(m_view->shownEvents() > 0 && m_view->shownEvents() < before);
    const QImage surface = picture();
    change([](MapLayers &layers) { layers.layer(MapTheme::Policy).isShown = false; });
    const QImage empty = picture();
    const qsizetype covered = pixelsThatDiffer(surface, empty);
    QVERIFY2(covered > surface.width() * surface.height() / 100,
             qPrintable(QString::number(covered)));
    // The same everywhere when drawn again.
    change([](MapLayers &layers) { layers.layer(MapTheme::Policy).isShown = true; });
    QCOMPARE(pixelsThatDiffer(picture(), surface), 0);
}

void TestMapLayers::opacityAndOrderShow()
{
    onlyTypes({schema::EventType::PolicyDecision, schema::EventType::Conflict});
    const auto asCountries = [](MapLayers &layers) {
        layers.layer(MapTheme::Policy).drawing = MapDrawing::Countries;
        layers.layer(MapTheme::Conflict).drawing = MapDrawing::Countries;
        layers.move(MapTheme::Policy, 20);
    };
    change(asCountries);
    const QImage policyOnTop = picture();
    change([](MapLayers &layers) { layers.move(MapTheme::Conflict, 20); });
    QVERIFY(pixelsThatDiffer(picture(), policyOnTop) > 1'000);
    change([](MapLayers &layers) { layers.move(MapTheme::Policy, 20); });
    QCOMPARE(pixelsThatDiffer(picture(), policyOnTop), 0);
    change([](MapLayers &layers) { layers.layer(MapTheme::Policy).opacity = 0.3F; });
    QVERIFY(pixelsThatDiffer(picture(), policyOnTop) > 1'000);
}

void TestMapLayers::layersAreUndone()
{
    m_session->undoStack().clear();
    const MapLayers before = focus().layers();
    QTest::keyClick(m_view.get(), Qt::Key_T);
    QVERIFY(focus().layers().showTrack);
    QCOMPARE(m_session->undoStack().count(), 1);
    m_session->undoStack().undo();
    QVERIFY(focus().layers() == before);
    m_session->undoStack().redo();
    QVERIFY(focus().layers().showTrack);
}

void TestMapLayers::paneDrivesTheLayers()
{
    const LayersFixture layers(*m_session, *m_theme);
    QListView *list = layers.list;
    MapLayersModel *model = layers.model;
    QVERIFY(list);
    const int row = model->rowOf(MapTheme::Policy);
    list->setCurrentIndex(model->index(row));
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(!focus().layers().layer(MapTheme::Policy).isShown);
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(model->rowOf(MapTheme::Policy), row - 1);
    QCOMPARE(list->currentIndex().row(), row - 1);
    auto *drawing = layers.named<QComboBox>(u"How its events are drawn"_s);
    QVERIFY(drawing && drawing->isVisible());
    drawing->setFocus();
    QTest::keyClick(drawing, Qt::Key_Down);
    QCOMPARE(focus().layers().layer(MapTheme::Policy).drawing, MapDrawing::Heat);
    auto *opacity = layers.named<QSlider>(u"Opacity"_s);
    QTest::keyClick(opacity, Qt::Key_Left);
    QCOMPARE(focus().layers().layer(MapTheme::Policy).opacity, 0.99F);
    QVERIFY(model->index(row - 1).data(Qt::AccessibleTextRole).toString().contains(u"hidden"));
    auto *metric = layers.named<QComboBox>(u"Value"_s);
    QTRY_VERIFY(metric->findData(u"unemployment_rate"_s) > 0);
}

void TestMapLayers::valuesByRegionCome()
{
    m_view->goTo({10, 48}, 4.2);
    change([](MapLayers &layers) {
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
    const QPoint spain = placeOf(-5.2, 39.3).toPoint(), germany = placeOf(10, 51).toPoint();
    const QColor plain = picture().pixelColor(spain);
    change([](MapLayers &layers) { layers.values.metric = u"unemployment_rate"_s; });
    QTRY_VERIFY(picture().pixelColor(spain) != plain);
    QVERIFY(picture().pixelColor(spain) != picture().pixelColor(germany));
    const QColor quantile = picture().pixelColor(germany);
    change([](MapLayers &layers) {
        layers.values.method = workspace::MapClasses::Diverging;
        layers.values.midpoint = 7;
    });
    QTRY_VERIFY(picture().pixelColor(germany) != quantile);
    change([](MapLayers &layers) { layers.values.isShown = false; });
    QTRY_COMPARE(picture().pixelColor(spain), plain);
}

void TestMapLayers::tilesAreDrawn()
{
    using namespace formats;
    const std::vector<TilePoint> all{{0, 0}, {4096, 0}, {4096, 4096}, {0, 4096}};
    const auto tile = fixture::vectorTile(
        {{"water", {{TileFeature::Kind::Polygons, {{"kind", "ocean"}}, {all}}}},
         {"roads",
          {{TileFeature::Kind::Lines, {{"kind", "highway"}}, {{{0, 2048}, {4096, 2048}}}}}},
         {"pois", {{TileFeature::Kind::Points, {}, {{{9, 9}}}}}}});
    std::map<TileId, std::string> tiles;
    for (std::uint32_t x = 0; x < 4; ++x)
        for (std::uint32_t y = 0; y < 4; ++y)
            tiles[{2, x, y}] = tile;
    const QString file = write("water.pmtiles", fixture::archive(tiles));
    m_view->goTo({20, 10}, 2.4);
    change([](MapLayers &layers) {
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
    const QPoint congo = placeOf(22, 2).toPoint();
    const QColor land = picture().pixelColor(congo);
    change([&file](MapLayers &layers) { layers.tilesFile = file; });
    QTRY_VERIFY(picture().pixelColor(congo) != land);
    const MapStyle style = MapStyle::from(*m_theme);
    QCOMPARE(picture().pixelColor(congo).rgb(), style.lake.rgb());
    // Without a seam where tiles meet: 90° east at 2.4.
    const QPoint seam = placeOf(0, 20).toPoint();
    for (int dx = -3; dx <= 3; ++dx)
        QCOMPARE(picture().pixelColor(seam + QPoint(dx, 0)).rgb(), style.lake.rgb());
    change([](MapLayers &layers) { layers.showTiles = false; });
    QTRY_COMPARE(picture().pixelColor(congo), land);
}

void TestMapLayers::tilesAreExactInStreets()
{
    using namespace formats;
    // Of a tile that is four levels above: one of its steps is one pixel here.
    constexpr double kTilesAcross = 1 << 14;
    const TileId id{14, 13'507, 6'519};
    const std::vector<TilePoint> pond{
        {2'050, 2'042}, {2'101, 2'042}, {2'101, 2'090}, {2'050, 2'090}};
    const auto tile = fixture::vectorTile(
        {{"earth",
          {{TileFeature::Kind::Polygons, {}, {{{0, 0}, {4096, 0}, {4096, 4096}, {0, 4096}}}}}},
         {"water", {{TileFeature::Kind::Polygons, {{"kind", "lake"}}, {pond}}}}});
    const std::map<TileId, std::string> tiles{{id, tile}};
    const QString file = write("street.pmtiles", fixture::archive(tiles));
    const auto cornerAt = [&](TilePoint at) {
        return geo::MercatorPoint{(id.x + at.x / 4096.0) / kTilesAcross,
                                  (id.y + at.y / 4096.0) / kTilesAcross};
    };
    m_view->goTo(geo::unproject(cornerAt({2'075, 2'066})), 18);
    change([&file](MapLayers &layers) {
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
        layers.tilesFile = file;
    });
    const MapStyle style = MapStyle::from(*m_theme);
    const QPointF begin = m_view->camera().toScreen(cornerAt(pond[0]));
    const QPointF end = m_view->camera().toScreen(cornerAt(pond[2]));
    const QPoint middle = ((begin + end) / 2).toPoint();
    const auto isPond = [&](QPoint at) {
        return picture().pixelColor(at).rgb() == style.lake.rgb();
    };
    QTRY_VERIFY(isPond(middle));
    for (const double outside : {1.5, -1.5}) { // pixels
        QCOMPARE(isPond({int(std::floor(begin.x() - outside)), middle.y()}), outside < 0);
        QCOMPARE(isPond({int(std::floor(end.x() + outside)), middle.y()}), outside < 0);
        QCOMPARE(isPond({middle.x(), int(std::floor(begin.y() - outside))}), outside < 0);
        QCOMPARE(isPond({middle.x(), int(std::floor(end.y() + outside))}), outside < 0);
    }
}

void TestMapLayers::picturesAsTiles()
{
    QImage red(256, 256, QImage::Format_RGB32);
    red.fill(QColor(200, 10, 20));
    QByteArray png;
    QBuffer buffer(&png);
    QVERIFY(red.save(&buffer, "PNG"));
    std::map<formats::TileId, std::string> tiles{{{0, 0, 0}, png.toStdString()}};
    const QString file = write(
        "red.pmtiles",
        formats::fixture::archive(tiles, {.kind = formats::TileKind::Png, .isGzipped = false}));
    change([&file](MapLayers &layers) {
        layers.tilesFile = file;
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
    const QPoint sahara = placeOf(13, 22).toPoint();
    QTRY_COMPARE(picture().pixelColor(sahara).rgb(), QColor(200, 10, 20).rgb());
}

void TestMapLayers::brokenTilesSayWhy()
{
    const auto words = [this] {
        QString all;
        for (const QWidget *child : m_view->findChildren<QWidget *>())
            if (child->isVisibleTo(m_view.get()))
                all += child->accessibleName() + u'\n';
        return all;
    };
    const QString file = write("broken.pmtiles", "This is not an archive at all, but it is long "
                                                 "enough to hold a header of the size that one "
                                                 "would have, so that its words are looked at.");
    change([&file](MapLayers &layers) { layers.tilesFile = file; });
    QTRY_VERIFY2(words().contains(u"does not begin with PMTiles"), qPrintable(words()));
    change([](MapLayers &layers) { layers.tilesFile = u"/no/such/file.pmtiles"_s; });
    QTRY_VERIFY2(words().contains(u"Tiles cannot be shown"), qPrintable(words()));
    change([](MapLayers &layers) { layers.tilesFile.clear(); });
    QTRY_VERIFY(!words().contains(u"Tiles cannot be shown"));
}

void TestMapLayers::regionsAreColouredByClass()
{
    change([](MapLayers &layers) {
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
    m_view->goTo({10, 48}, 4.8);
    settle();
    const auto colorAt = [this](double longitude, double latitude) {
        const QImage image = m_view->picture(m_view->size(), 1);
        return image.pixelColor(
            m_view->camera().toScreen(geo::project({longitude, latitude})).toPoint());
    };
    const QColor plain = colorAt(-5.2, 39.3);
    RegionValues values;
    values.set = RegionSet::Countries;
    values.values = {
        {QStringLiteral("ES"), 1.0}, {QStringLiteral("FR"), 9.0}, {QStringLiteral("DE"), qQNaN()}};
    values.classes.method = geo::ClassMethod::EqualInterval;
    values.classes.classCount = 2;
    m_view->setRegions(values);
    settle();
    const QColor spain = colorAt(-5.2, 39.3), france = colorAt(2.6, 46.7);
    QVERIFY(spain != plain);
    QVERIFY(france != spain);
    m_view->setRegions(std::nullopt);
    settle();
    QCOMPARE(colorAt(-5.2, 39.3), plain);
}

QTEST_MAIN(TestMapLayers)
#include "tst_map_layers.moc"
