// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_shapes.h"

#include "map/map_style.h"

#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace chrona::ui {

namespace {

constexpr double kMarkFrom = 8; ///< smaller nodes have no room for one

void paintOutline(QPainter &painter, GraphLook look, double radius)
{
    switch (look) {
    case GraphLook::Event: {
        const double r = radius * 1.2;
        const QPointF corners[] = {{0, -r}, {r, 0}, {0, r}, {-r, 0}};
        painter.drawPolygon(corners, 4);
        break;
    }
    case GraphLook::Source: {
        const double r = radius * 0.9;
        painter.drawRoundedRect(QRectF(-r, -r, 2 * r, 2 * r), 2, 2);
        break;
    }
    case GraphLook::Story: {
        std::array<QPointF, 6> corners;
        for (std::size_t at = 0; at < corners.size(); ++at) {
            const double turn = double(at) * std::numbers::pi / 3;
            corners[at] = QPointF(std::cos(turn), std::sin(turn)) * radius * 1.1;
        }
        painter.drawPolygon(corners.data(), int(corners.size()));
        break;
    }
    default: painter.drawEllipse(QPointF(), radius, radius);
    }
}

} // namespace

void paintNode(QPainter &painter, const GraphNodeShape &shape, const GraphStyle &style)
{
    const QColor fill = shape.isFaded ? mixed(style.ground, shape.colour, 0.28) : shape.colour;
    if (shape.isGroup) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(fill, 1.25));
        paintOutline(painter, shape.look, shape.radius);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        paintOutline(painter, shape.look, shape.radius - 3);
    } else {
        painter.setPen(QPen(style.rim, 1.5));
        painter.setBrush(fill);
        paintOutline(painter, shape.look, shape.radius);
    }
    if (shape.radius < kMarkFrom || shape.look == GraphLook::Event)
        return;
    const double half = std::min(shape.radius * 0.58, 10.0);
    painter.drawImage(QRectF(-half, -half, 2 * half, 2 * half),
                      style.marks[std::size_t(shape.look)]);
}

QImage nodeSprite(const GraphNodeShape &shape, const GraphStyle &style, double scale)
{
    const int side = int(std::ceil((shape.radius * 1.2 + 2) * 2 * scale));
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(side / 2.0, side / 2.0);
    painter.scale(scale, scale);
    paintNode(painter, shape, style);
    return image;
}

void paintArrow(QPainter &painter, QPointF from, QPointF to, double gap, double width,
                const QColor &colour)
{
    const QPointF along = to - from;
    const double length = std::hypot(along.x(), along.y());
    if (length < gap + 8)
        return;
    const QPointF step = along / length;
    const QPointF across(-step.y(), step.x());
    const QPointF tip = to - step * gap;
    const double size = 5 + width;
    const QPointF corners[] = {tip, tip - step * size + across * size * 0.45,
                               tip - step * size - across * size * 0.45};
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(corners, 3);
}

void paintPin(QPainter &painter, QPointF at, double radius, const GraphStyle &style)
{
    painter.setPen(QPen(style.ground, 1.5));
    painter.setBrush(style.pin);
    painter.drawEllipse(at + QPointF(radius, -radius) * 0.75, 3.2, 3.2);
}

void paintRing(QPainter &painter, QPointF at, double radius, const QColor &colour, double width,
               bool withGlow)
{
    if (withGlow) {
        QRadialGradient glow(at, radius + 16);
        QColor strong = colour, gone = colour;
        strong.setAlphaF(0.45F);
        gone.setAlphaF(0);
        glow.setColorAt(0, strong);
        glow.setColorAt(radius / (radius + 16), strong);
        glow.setColorAt(1, gone);
        painter.setPen(Qt::NoPen);
        QPainterPath around;
        around.addEllipse(at, radius + 16, radius + 16);
        around.addEllipse(at, radius, radius);
        painter.fillPath(around, glow);
    }
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, radius, radius);
}

void paintLabel(QPainter &painter, QPointF base, const QString &text, const QFont &font,
                const QColor &colour, const QColor &halo)
{
    QPainterPath outline;
    outline.addText(base, font, text);
    QColor ground = halo;
    ground.setAlphaF(0.85F);
    painter.strokePath(outline, QPen(ground, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(base, text);
}

} // namespace chrona::ui
