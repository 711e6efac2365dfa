// SPDX-License-Identifier: AGPL-3.0-or-later
#include "overlay_painter.h"

#include "text/time_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr std::size_t kTrackMax = 5'000;

/// The part of the world that the picture shows, in its pixels.
struct Window {
    double world, left, top;
    int firstCopy, lastCopy;

    Window(const QImage &image, const MapCamera &camera, double scale)
        : world(camera.worldPixels() * scale),
          left(camera.centre.x - image.width() / 2.0 / world),
          top(camera.centre.y - image.height() / 2.0 / world), firstCopy(int(std::floor(left)) - 1),
          lastCopy(int(std::floor(left + image.width() / world)) + 1)
    {
    }
    [[nodiscard]] QPointF place(geo::MercatorPoint point, int copy) const
    {
        return {(point.x + copy - left) * world, (point.y - top) * world};
    }
};

void paintArrow(QPainter &painter, QPointF from, QPointF to, double scale)
{
    const QPointF step = to - from;
    const double length = std::hypot(step.x(), step.y());
    if (length < 22 * scale)
        return;
    const QPointF along = step / length, across(-along.y(), along.x());
    const QPointF tip = from + step * 0.55, back = tip - along * 6 * scale;
    QPainterPath arrow(tip);
    arrow.lineTo(back + across * 3 * scale);
    arrow.lineTo(back - across * 3 * scale);
    arrow.closeSubpath();
    painter.fillPath(arrow, painter.pen().color());
}

} // namespace

ShownArea shownArea(const QString &name, const std::vector<schema::GeoPoint> &ring,
                    qsizetype changes)
{
    ShownArea area{name, {}, changes};
    for (const schema::GeoPoint &point : ring) {
        geo::MercatorPoint at = geo::project(point);
        if (!area.ring.empty())
            at.x -= std::round(at.x - area.ring.back().x);
        area.ring.push_back(at);
    }
    return area;
}

void paintAreas(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                const AreaList &areas)
{
    const Window window(image, camera, scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = style.placeFont;
    font.setPixelSize(int(std::lround(font.pixelSize() * scale)));
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    for (const ShownArea &area : areas)
        for (int copy = window.firstCopy; copy <= window.lastCopy; ++copy) {
            QPolygonF outline;
            for (const geo::MercatorPoint &point : area.ring)
                outline << window.place(point, copy);
            const QRectF bounds = outline.boundingRect();
            if (!bounds.intersects(QRectF(image.rect())))
                continue;
            QColor tint = style.focus;
            tint.setAlphaF(0.05F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(tint);
            painter.drawPolygon(outline);
            QPen pen(style.focus, 1.25 * scale);
            pen.setDashPattern({4, 3});
            painter.setPen(pen);
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(outline);
            if (bounds.width() < 30 * scale)
                continue;
            const QString text = area.changes > 0
                                     ? QStringLiteral("%1  +%2").arg(area.name, countText(
                                                                         area.changes))
                                     : area.name;
            const QPointF at(std::max(bounds.left(), 0.0) + 4 * scale,
                             std::max(bounds.top(), 0.0) - 4 * scale);
            QPainterPath words;
            words.addText(at.x(), std::max(at.y(), metrics.ascent()), font, text);
            QColor halo = style.labelHalo;
            halo.setAlphaF(0.7F);
            painter.strokePath(words, QPen(halo, 3 * scale));
            painter.fillPath(words, style.focus);
        }
}

void paintTrack(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                const EventPoints &events, const MapSelection &selection)
{
    if (selection.rows.size() < 2 || selection.rows.size() > kTrackMax)
        return;
    std::vector<std::uint32_t> rows = selection.rows; // ascending: in the order of time
    std::erase_if(rows, [&events](std::uint32_t row) { return std::isnan(events.places->x[row]); });
    std::vector<geo::MercatorPoint> track;
    for (const std::uint32_t row : rows) {
        geo::MercatorPoint at{events.places->x[row], events.places->y[row]};
        if (!track.empty())
            at.x -= std::round(at.x - track.back().x); // the shorter way round
        track.push_back(at);
    }
    const Window window(image, camera, scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = style.focus;
    color.setAlphaF(0.75F);
    painter.setPen(QPen(color, 1.5 * scale));
    for (int copy = window.firstCopy; copy <= window.lastCopy; ++copy)
        for (std::size_t i = 1; i < track.size(); ++i) {
            const QPointF from = window.place(track[i - 1], copy);
            const QPointF to = window.place(track[i], copy);
            if (!QRectF(from, to).normalized().adjusted(-2, -2, 2, 2).intersects(
                    QRectF(image.rect())))
                continue;
            painter.drawLine(from, to);
            paintArrow(painter, from, to, scale);
        }
}

} // namespace chrona::ui
