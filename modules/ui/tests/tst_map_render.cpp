// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map/map_renderer.h"
#include "tst_map_events.h"

#include <QDir>

#include <QGuiApplication>
#include <QTest>

#include <ctime>
#include <numeric>

using namespace chrona;
using namespace chrona::ui;

class TestMapRender : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pictures();
    void figures();

private:
    MapScene scene(double longitude, double latitude, double zoom, std::size_t events);
    Theme m_theme;
};

namespace {

std::shared_ptr<const EventPoints> shownEvents(std::size_t count)
{
    const auto columns = plausibleEvents(count);
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0u);
    return EventPoints::from(columns, *columns, rows, nullptr);
}

} // namespace

void TestMapRender::initTestCase()
{
    m_theme.setAppearance(Appearance::Dark);
}

MapScene TestMapRender::scene(double longitude, double latitude, double zoom, std::size_t events)
{
    MapScene scene;
    scene.camera = {geo::project({longitude, latitude}), zoom, QSizeF(1440, 900)};
    scene.style = std::make_shared<MapStyle>(MapStyle::from(m_theme));
    if (events > 0)
        scene.events = shownEvents(events);
    return scene;
}

/// Not a check: pictures to look at, where a folder is named for them.
void TestMapRender::pictures()
{
    const QString folder = qEnvironmentVariable("CHRONA_MAP_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    MapRenderer renderer;
    for (const auto appearance : {Appearance::Dark, Appearance::Light}) {
        m_theme.setAppearance(appearance);
        const auto draw = [&](const char *name, MapScene s) {
            std::clock_t begin = std::clock(); // processor time: other processes do not count
            QImage picture = renderer.render(s);
            const double cold = double(std::clock() - begin) * 1000 / CLOCKS_PER_SEC;
            begin = std::clock();
            picture = renderer.render(s);
            const double warm = double(std::clock() - begin) * 1000 / CLOCKS_PER_SEC;
            qInfo("%-12s cold %.1f ms, warm %.1f ms, %zu events", name, cold, warm,
                  std::accumulate(renderer.paintedEvents().begin(), renderer.paintedEvents().end(),
                                  0uz));
            picture.save(QStringLiteral("%1/%2-%3.png")
                             .arg(folder, QLatin1StringView(name),
                                  appearance == Appearance::Dark ? QStringLiteral("dark")
                                                                 : QStringLiteral("light")));
        };
        draw("world", scene(10, 25, 2.5, 250'000));
        draw("europe", scene(12, 50, 4.8, 250'000));
        draw("us", scene(-96, 38, 4.4, 250'000));
        draw("close", scene(-74, 40.8, 8, 250'000));
        draw("sparse", scene(100, 20, 3, 2'000));
        draw("million", scene(10, 25, 2.5, 1'000'000));
        draw("base", scene(175, 0, 2.6, 0));
    }
}

/// Not a check: processor time of each kind of frame, where asked for.
void TestMapRender::figures()
{
    if (!qEnvironmentVariableIsSet("CHRONA_MAP_FIGURES"))
        return;
    m_theme.setAppearance(Appearance::Dark);
    MapRenderer renderer;
    const auto measure = [&](const char *name, auto frame) {
        (void)renderer.render(frame(0));
        constexpr int kFrames = 20;
        const std::clock_t begin = std::clock();
        for (int i = 1; i <= kFrames; ++i)
            (void)renderer.render(frame(i));
        qInfo("%-40s %6.1f ms", name,
              double(std::clock() - begin) * 1000 / CLOCKS_PER_SEC / kFrames);
    };
    const auto moving = [](MapScene from) {
        return [from](int i) {
            MapScene next = from;
            next.camera.centre.x += i * 7 / next.camera.worldPixels();
            return next;
        };
    };
    const auto standing = [](MapScene from) { return [from](int) { return from; }; };
    measure("move, world, no events", moving(scene(10, 25, 2.5, 0)));
    measure("move, Europe, no events", moving(scene(12, 50, 4.8, 0)));
    measure("move, close, no events", moving(scene(-74, 40.8, 8, 0)));
    for (const std::size_t count : {100'000uz, 250'000uz, 1'000'000uz}) {
        const MapScene world = scene(10, 25, 2.5, count);
        measure(qPrintable(QStringLiteral("brush, world, %1 events").arg(count)), standing(world));
        measure(qPrintable(QStringLiteral("move, world, %1 events").arg(count)), moving(world));
    }
}

QTEST_MAIN(TestMapRender)
#include "tst_map_render.moc"
