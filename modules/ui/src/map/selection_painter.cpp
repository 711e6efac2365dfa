// SPDX-License-Identifier: AGPL-3.0-or-later
#include "selection_painter.h"

#include <QPainter>
#include <QRadialGradient>

#include <cmath>

namespace chrona::ui {

namespace {

/// With more than this, rings would only cover each other: dots then.
constexpr std::size_t kRingsMax = 200;

template <class Visit>
void forEachPlace(const QImage &image, const MapCamera &camera, double scale,
                  const EventPoints &events, std::uint32_t row, Visit visit)
{
    const double world = camera.worldPixels() * scale;
    const double left = camera.centre.x - image.width() / 2.0 / world;
    const double top = camera.centre.y - image.height() / 2.0 / world;
    if (row >= events.places->size() || std::isnan(events.places->x[row]))
        return;
    const double y = (events.places->y[row] - top) * world;
    for (int copy = int(std::floor(left)); copy <= int(std::floor(left + image.width() / world));
         ++copy)
        visit(QPointF((double(events.places->x[row]) + copy - left) * world, y));
}

void paintHalo(QPainter &painter, QPointF at, double scale, const QColor &focus)
{
    QRadialGradient glow(at, 26 * scale);
    QColor strong = focus, gone = focus;
    strong.setAlphaF(0.45f);
    gone.setAlphaF(0);
    glow.setColorAt(0, strong);
    glow.setColorAt(1, gone);
    painter.setPen(Qt::NoPen);
    painter.setBrush(glow);
    painter.drawEllipse(at, 26 * scale, 26 * scale);
}

} // namespace

void paintSelection(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                    const EventPoints &events, const MapSelection &selection)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool withRings = selection.rows.size() <= kRingsMax;
    const QColor core = mixed(style.focus, style.isDark ? QColor(Qt::white) : style.focus, 0.35);
    for (const std::uint32_t row : selection.rows)
        forEachPlace(image, camera, scale, events, row, [&](QPointF at) {
            if (withRings) {
                painter.setPen(QPen(style.focus, 1.25 * scale));
                painter.setBrush(Qt::NoBrush);
                painter.drawEllipse(at, 5.5 * scale, 5.5 * scale);
            }
            painter.setPen(Qt::NoPen);
            painter.setBrush(style.focus);
            painter.drawEllipse(at, 2.2 * scale, 2.2 * scale);
        });
    if (!selection.current)
        return;
    forEachPlace(image, camera, scale, events, *selection.current, [&](QPointF at) {
        paintHalo(painter, at, scale, style.focus);
        painter.setPen(QPen(style.focus, 2 * scale));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, 8.5 * scale, 8.5 * scale);
        painter.setPen(Qt::NoPen);
        painter.setBrush(core);
        painter.drawEllipse(at, 2.8 * scale, 2.8 * scale);
    });
}

} // namespace chrona::ui
