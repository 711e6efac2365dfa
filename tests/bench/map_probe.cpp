// SPDX-License-Identifier: AGPL-3.0-or-later
/// chrona-map-probe EVENTS opengl|picture|software [SECONDS]
/// chrona-map-probe ROWS table|scroll
/// Moves the map, 1440 × 900, over so many events, drawn as often as it goes; one figure a line:
///   renderer            who draws: the graphics driver's own words
///   frames_per_second   frames with every event where the camera is, over all of the view
///   frame_p50_ms, frame_p95_ms
///   pictures_per_second made beside it: one moves, as in the window, while it is large enough
///   base_ms             one of them
/// opengl: events by the graphics processor (LightItem), picture: by the processor, composed by
/// OpenGL, software: by the processor, composed by Qt Quick's software renderer.
/// table, scroll: see table_probe.h.
#include "map/frame_maker.h"
#include "map/light_item.h"
#include "map/map_surface.h"
#include "map/pan_margin.h"
#include "plausible_events.h"
#include "report.h"
#include "table_probe.h"

#include "chrona/ui/theme.h"

#include <QApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QSurfaceFormat>
#include <QTimer>

#include <rhi/qrhi.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

using Steady = std::chrono::steady_clock;
constexpr QSize kView(1440, 900);
constexpr double kSpeed = 420; ///< pixels a second, as a hand drags: seven a frame at 60

/// The map without a window's other parts: what is measured is its frames.
class Probe : public QObject {
public:
    Probe(std::size_t events, bool isOnGraphics) : m_isOnGraphics(isOnGraphics)
    {
        m_theme.setAppearance(Appearance::Dark);
        auto snapshot = std::make_shared<workspace::EventSnapshot>();
        snapshot->columns = std::move(*plausibleEvents(events));
        snapshot->sources = {u"bench"_s};
        snapshot->regions = {QString()};
        auto visible = std::make_shared<workspace::VisibleEvents>();
        visible->snapshot = snapshot;
        visible->rows.resize(events);
        std::iota(visible->rows.begin(), visible->rows.end(), 0U);
        m_request.visible = std::move(visible);
        m_request.selected = std::make_shared<const std::vector<std::int64_t>>();
        MapScene &scene = m_request.scene;
        scene.camera = {geo::project({10, 25}), 2.5, kView};
        scene.margin = kPanMarginLeast;
        scene.style = std::make_shared<MapStyle>(MapStyle::from(m_theme));
        scene.layers =
            std::make_shared<const workspace::MapLayers>(workspace::MapLayers::initial());
        scene.pointsElsewhere = isOnGraphics;
        makeCanvas();
        connect(&m_frames, &FrameMaker::frameReady, this, &Probe::take);
    }

    void run(std::chrono::milliseconds time)
    {
        m_widget.show();
        m_requested = m_request.scene.camera;
        m_frames.request(m_request);
        QTimer::singleShot(std::chrono::minutes(2), qApp, [] { QCoreApplication::exit(1); });
        m_time = time;
    }

private:
    void makeCanvas()
    {
        QQmlComponent component(m_widget.engine());
        component.setData("import QtQuick\nItem {}", QUrl());
        auto *root = qobject_cast<QQuickItem *>(component.create());
        m_widget.setResizeMode(QQuickWidget::SizeRootObjectToView);
        m_widget.resize(kView);
        m_widget.setContent(QUrl(), nullptr, root);
        const auto below = [root](QQuickItem *item) {
            item->setSize(kView);
            item->setParentItem(root);
        };
        m_surface = new MapSurface;
        below(m_surface);
        if (m_isOnGraphics) {
            m_lights = new LightItem;
            below(m_lights);
            m_above = new MapSurface;
            m_above->setAbove();
            below(m_above);
        }
        connect(m_widget.quickWindow(), &QQuickWindow::afterRendering, this, &Probe::drawn,
                Qt::QueuedConnection);
    }

    void take(const FrameResult &result)
    {
        m_pictureMs.push_back(double(result.took.count()) / 1e3);
        m_pictureOf = result.frame.camera;
        m_pictureMargin = result.frame.margin;
        if (m_isShowing) // the first one prepares what the others keep
            m_margin = nextPanMargin(m_margin, result.took);
        m_surface->setFrame(result.frame);
        if (m_isOnGraphics) {
            m_lights->setEvents(result.events);
            m_lights->setLook(*result.look);
            m_above->setFrame(result.frame);
        }
        m_isShowing = true;
        place();
    }

    void place()
    {
        const MapCamera &camera = m_request.scene.camera;
        m_surface->setCamera(camera);
        if (m_isOnGraphics) {
            m_lights->setCamera(camera);
            m_above->setCamera(camera);
        }
    }

    /// By the graphics processor each frame is whole; else as long as the picture fills the view.
    void drawn()
    {
        if (!m_isShowing || m_isOver)
            return;
        MapCamera &camera = m_request.scene.camera;
        const auto now = Steady::now();
        const bool isWhole =
            m_isOnGraphics || isStillAhead(m_pictureOf, camera, 2 * m_pictureMargin);
        if (++m_drawn == kWarmUp) {
            m_begin = m_last = now;
            m_pictureMs.clear();
        } else if (m_drawn > kWarmUp && isWhole) {
            m_frameMs.push_back(std::chrono::duration<double, std::milli>(now - m_last).count());
            m_last = now;
        }
        if (m_drawn > kWarmUp && now - m_begin > m_time)
            return tell(std::chrono::duration<double>(now - m_begin).count());
        const std::chrono::duration<double> since = now - std::exchange(m_moved, now);
        camera.centre.x += kSpeed * std::min(since.count(), 0.1) / camera.worldPixels();
        camera.centre.x -= std::floor(camera.centre.x);
        // As MapView does it.
        if (!isStillAhead(m_requested, camera, m_request.scene.margin) && m_frames.isIdle()) {
            m_requested = camera;
            m_request.scene.margin = m_margin;
            m_frames.request(m_request);
        }
        place();
        m_widget.update();
        if (m_isOnGraphics)
            m_lights->update();
    }

    void tell(double seconds)
    {
        m_isOver = true;
        const QRhi *rhi = m_widget.quickWindow()->rhi();
        const QByteArray name =
            rhi ? rhi->driverInfo().deviceName : QByteArrayLiteral("Qt Quick, software");
        std::printf("renderer %s\nframes_per_second %.1f\nframe_p50_ms %.2f\nframe_p95_ms %.2f\n"
                    "pictures_per_second %.1f\nbase_ms %.2f\n",
                    name.constData(), double(m_frameMs.size()) / seconds,
                    bench::percentile(m_frameMs, 0.5), bench::percentile(m_frameMs, 0.95),
                    double(m_pictureMs.size()) / seconds, bench::percentile(m_pictureMs, 0.5));
        QCoreApplication::quit();
    }

    static constexpr int kWarmUp = 10;

    bool m_isOnGraphics, m_isShowing = false, m_isOver = false;
    Theme m_theme;
    FrameMaker m_frames;
    FrameRequest m_request;
    MapCamera m_requested, m_pictureOf;
    int m_pictureMargin = 0, m_margin = kPanMarginLeast;
    QQuickWidget m_widget;
    MapSurface *m_surface = nullptr, *m_above = nullptr;
    LightItem *m_lights = nullptr;
    int m_drawn = 0;
    std::chrono::milliseconds m_time{};
    Steady::time_point m_begin, m_last, m_moved;
    std::vector<double> m_frameMs, m_pictureMs;
};

} // namespace

int main(int argc, char *argv[])
{
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setSwapInterval(0); // as fast as it goes, and not as the screen does
    QSurfaceFormat::setDefaultFormat(format);
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    const QString backend = words.value(2);
    if (words.size() < 3 || words[1].toULongLong() == 0) {
        std::fputs("chrona-map-probe EVENTS opengl|picture|software [SECONDS]\n"
                   "chrona-map-probe ROWS table|scroll\n",
                   stderr);
        return 2;
    }
    if (backend == "table"_L1 || backend == "scroll"_L1)
        return backend == "table"_L1 ? openTable(words[1].toInt()) : scrollTable(words[1].toInt());
    QQuickWindow::setGraphicsApi(backend == "software"_L1 ? QSGRendererInterface::Software
                                                          : QSGRendererInterface::OpenGL);
    Probe probe(words[1].toULongLong(), backend == "opengl"_L1);
    probe.run(std::chrono::seconds(words.size() > 3 ? words[3].toInt() : 5));
    return QApplication::exec();
}
