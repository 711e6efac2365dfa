// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map/light_item.h"
#include "map/map_renderer.h"
#include "map/map_surface.h"
#include "plausible_events.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QSGRendererInterface>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace chrona;
using namespace chrona::ui;

namespace {

constexpr QSize kLightView(480, 320);

/// A canvas as the map has it: below, the events, above.
struct LightCanvas {
    LightCanvas()
    {
        QQmlComponent component(widget.engine());
        component.setData("import QtQuick\nItem {}", QUrl());
        auto *root = qobject_cast<QQuickItem *>(component.create());
        widget.setResizeMode(QQuickWidget::SizeRootObjectToView);
        widget.resize(kLightView);
        widget.setContent(QUrl(), nullptr, root);
        for (QQuickItem *item : std::initializer_list<QQuickItem *>{below, lights, above}) {
            item->setParentItem(root);
            item->setSize(kLightView);
        }
        above->setAbove();
    }
    void show(const MapScene &scene, const QImage &picture, const QImage &over)
    {
        const MapFrame frame{picture, over, scene.camera, scene.margin};
        for (MapSurface *surface : {below, above}) {
            surface->setFrame(frame);
            surface->setCamera(scene.camera);
        }
        lights->setCamera(scene.camera);
    }

    QQuickWidget widget;
    MapSurface *below = new MapSurface;
    LightItem *lights = new LightItem;
    MapSurface *above = new MapSurface;
};

double meanDifference(const QImage &a, const QImage &b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) +
                   std::abs(qBlue(p) - qBlue(q));
        }
    return sum / (3.0 * a.width() * a.height());
}

} // namespace

/// Events by the graphics processor look as those by the processor do. Here OpenGL is computed by
/// the processor as well (llvmpipe), so the arithmetic is what is held.
class TestLightItem : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void looksTheSame_data();
    void looksTheSame();
    void movesWithoutNewPicture();
    void nothingIsDrawnWhileNothingChanges();

private:
    [[nodiscard]] MapScene sceneOf(const Theme &theme, double longitude, double zoom) const;
    void showByGraphics(LightCanvas &canvas, MapScene scene);

    std::shared_ptr<schema::EventColumns> m_columns;
    std::shared_ptr<const EventPoints> m_events;
};

void TestLightItem::initTestCase()
{
    QQuickWindow::setGraphicsApi(QSGRendererInterface::OpenGL);
    m_columns = plausibleEvents(4'000);
    std::vector<std::uint32_t> rows(m_columns->size());
    std::iota(rows.begin(), rows.end(), 0U);
    m_events = EventPoints::from(m_columns, *m_columns, rows, nullptr);
    LightCanvas canvas;
    canvas.widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas.widget, 60'000));
    if (canvas.widget.quickWindow()->rendererInterface()->graphicsApi() ==
        QSGRendererInterface::Software)
        QSKIP("OpenGL is not to be had here");
}

MapScene TestLightItem::sceneOf(const Theme &theme, double longitude, double zoom) const
{
    MapScene scene;
    scene.camera = {geo::project({longitude, 30}), zoom, kLightView};
    scene.style = std::make_shared<MapStyle>(MapStyle::from(theme));
    scene.events = m_events;
    return scene;
}

void TestLightItem::showByGraphics(LightCanvas &canvas, MapScene scene)
{
    scene.pointsElsewhere = true;
    MapRenderer renderer;
    const QImage below = renderer.render(scene);
    canvas.show(scene, below, renderer.above());
    const double crowd = crowdIn(scene.camera, kLightView.width(), kLightView.height(), *m_events);
    canvas.lights->setEvents(m_events);
    canvas.lights->setLook(
        LightLook::of(*scene.style, 1, scene.camera.zoom, crowd, false, kOpaque));
    canvas.widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas.widget, 60'000));
}

void TestLightItem::looksTheSame_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("zoom");
    QTest::newRow("the world in the dark") << true << 10.0 << 1.2;
    QTest::newRow("the world in the light") << false << 10.0 << 1.2;
    QTest::newRow("across the anti-meridian") << true << 178.0 << 2.6;
    QTest::newRow("a closer look") << true << 8.0 << 5.0;
}

void TestLightItem::looksTheSame()
{
    QFETCH(bool, dark);
    QFETCH(double, longitude);
    QFETCH(double, zoom);
    Theme theme;
    theme.setAppearance(dark ? Appearance::Dark : Appearance::Light);
    MapScene scene = sceneOf(theme, longitude, zoom);
    const QImage expected = MapRenderer().render(scene);
    scene.events = nullptr;
    const QImage bare = MapRenderer().render(scene);
    scene.events = m_events;
    const double all = meanDifference(expected, bare);
    QVERIFY2(all > 0.2, qPrintable(QString::number(all)));
    LightCanvas canvas;
    showByGraphics(canvas, scene);
    const auto away = [&] { return meanDifference(canvas.widget.grabFramebuffer(), expected); };
    QTRY_VERIFY2(away() < all / 12, qPrintable(QStringLiteral("%1 of %2").arg(away()).arg(all)));
}

void TestLightItem::movesWithoutNewPicture()
{
    Theme theme;
    theme.setAppearance(Appearance::Dark);
    LightCanvas canvas;
    const MapScene scene = sceneOf(theme, 10, 2);
    showByGraphics(canvas, scene);
    MapScene next = scene;
    next.camera.centre.x += 40 / next.camera.worldPixels();
    canvas.lights->setCamera(next.camera); // alone: the rest stays where it was
    const QImage expected = MapRenderer().render(sceneOf(theme, 10, 2));
    const auto away = [&] { return meanDifference(canvas.widget.grabFramebuffer(), expected); };
    QTRY_VERIFY(away() > 0.2);
}

void TestLightItem::nothingIsDrawnWhileNothingChanges()
{
    Theme theme;
    theme.setAppearance(Appearance::Dark);
    LightCanvas canvas;
    const MapScene scene = sceneOf(theme, 10, 2);
    showByGraphics(canvas, scene);
    int frames = 0;
    connect(canvas.widget.quickWindow(), &QQuickWindow::afterRendering, this,
            [&frames] { ++frames; });
    QTRY_VERIFY(frames > 0 || !canvas.widget.grabFramebuffer().isNull());
    frames = 0;
    canvas.lights->setCamera(scene.camera);
    canvas.lights->setEvents(m_events);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(frames, 0);
    MapCamera next = scene.camera;
    next.zoom += 0.5;
    canvas.lights->setCamera(next);
    QTRY_VERIFY(frames > 0);
}

QTEST_MAIN(TestLightItem)
#include "tst_light_item.moc"
