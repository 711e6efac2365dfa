// SPDX-License-Identifier: AGPL-3.0-or-later
// The map as files: picture, page, and the events in it.
#include "chrona/ui/map/map_view.h"

#include "event_file.h"
#include "frame_maker.h"
#include "map_furniture.h"
#include "map_overlays.h"
#include "vector_map.h"

#include "chrona/workspace/session.h"

#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::ui {

namespace {

/// Points of a page for each pixel of the view: a view of 1440 × 900 fills A4 across.
constexpr double kPagePoints = 842.0 / 1440;
constexpr std::size_t kFileEventsMax = 100'000;

std::unexpected<Error> notWritten(const QString &what, const QString &path)
{
    return fail(ErrorCode::Unavailable,
                (what + QStringLiteral(" cannot be written to ") + path).toStdString(),
                "choose a folder that you may write to, with room left");
}

} // namespace

QImage MapView::picture(QSize size, double scale) const
{
    MapScene scene = frameRequest().scene;
    scene.margin = 0;
    scene.pointsElsewhere = false;
    scene.scale = scale;
    // As much of the world as the view shows, whatever the size asked for.
    scene.camera.zoom += std::log2(double(size.width()) / std::max(1.0, scene.camera.size.width()));
    scene.camera.size = size;
    scene.keepClear.clear();
    if (scene.stories)
        scene.keepClear = storyBoxes(*scene.stories, scene.camera);
    if (m_shown) {
        scene.events = m_shown->events;
        scene.selection = m_shown->selection;
    }
    QImage image = MapRenderer().render(scene);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    const MapLegend &legend = m_overlays->legend();
    paintLegend(painter, {12, size.height() - 12 - legendSize(legend, m_theme).height()}, legend,
                m_theme);
    paintFooter(painter, QPointF(size.width(), size.height()), scene.camera, m_theme,
                m_shown ? m_shown->tilesCredit : QString());
    return image;
}

Status MapView::exportPng(const QString &path, double scale) const
{
    if (!picture(size(), scale).save(path, "PNG"))
        return notWritten(QStringLiteral("the picture"), path);
    return {};
}

Status MapView::exportPdf(const QString &path) const
{
    MapScene scene = frameRequest().scene;
    scene.margin = 0;
    scene.pointsElsewhere = false;
    scene.scale = 1;
    if (m_shown) {
        scene.events = m_shown->events;
        scene.selection = m_shown->selection;
    }
    const QSizeF view = scene.camera.size;
    QPdfWriter writer(path);
    writer.setTitle(tr("Chrona map"));
    writer.setPageSize(QPageSize(view * kPagePoints, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins({});
    QPainter painter;
    if (!painter.begin(&writer))
        return notWritten(QStringLiteral("the page"), path);
    painter.scale(writer.width() / view.width(), writer.height() / view.height());
    const MapLegend &legend = m_overlays->legend();
    const QSizeF room = legendSize(legend, m_theme);
    scene.keepClear = {QRectF({12, view.height() - 12 - room.height()}, room)};
    if (scene.stories)
        std::ranges::copy(storyBoxes(*scene.stories, scene.camera),
                          std::back_inserter(scene.keepClear));
    paintVectorMap(painter, scene);
    paintLegend(painter, scene.keepClear.front().topLeft(), legend, m_theme);
    paintFooter(painter, QPointF(view.width(), view.height()), scene.camera, m_theme, {});
    if (!painter.end())
        return notWritten(QStringLiteral("the page"), path);
    return {};
}

void MapView::exportGeoJson(const QString &path, std::function<void(Status)> done)
{
    if (!m_shown || !m_shown->events)
        return done(fail(ErrorCode::Unavailable, "nothing is shown yet", "wait until it is"));
    std::size_t total = 0;
    auto events = eventsInView(kFileEventsMax, &total);
    if (total > kFileEventsMax)
        return done(fail(ErrorCode::InvalidInput,
                         std::format("{} events are in view, and a file takes {}", total,
                                     kFileEventsMax),
                         "look closer, or filter"));
    auto *file = new EventFile(m_session, m_shown->visible->snapshot, std::move(events), this);
    for (const ShownShape &shown : *m_shapes)
        if (auto shape = m_eventShapes.shape(shown.shape->event))
            file->addShape(std::move(shape));
    connect(file, &EventFile::finished, this, [file, path, done = std::move(done)](
                                                  const QByteArray &geoJson) {
        file->setParent(nullptr); // it is not on its way any more
        file->deleteLater();
        done(EventFile::write(path, geoJson));
    });
    file->start();
}

} // namespace chrona::ui
