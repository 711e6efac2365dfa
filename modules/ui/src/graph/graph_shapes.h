// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_style.h"

class QPainter;

/// The marks that a picture of the graph is made of, in the view's pixels.
namespace chrona::ui {

struct GraphNodeShape {
    GraphLook look = GraphLook::Place;
    double radius = 8;
    QColor colour;
    bool isFaded = false;
    bool isGroup = false;
};

/// Around the origin: a disc for entities, a diamond for events, a square for sources; large ones
/// with a mark of their kind.
void paintNode(QPainter &painter, const GraphNodeShape &shape, const GraphStyle &style);
/// The same as a picture with the node in its middle.
[[nodiscard]] QImage nodeSprite(const GraphNodeShape &shape, const GraphStyle &style, double scale);
/// At the end of a line from `from` to `to`, as far from `to` as `gap`.
void paintArrow(QPainter &painter, QPointF from, QPointF to, double gap, double width,
                const QColor &colour);
void paintPin(QPainter &painter, QPointF at, double radius, const GraphStyle &style);
void paintRing(QPainter &painter, QPointF at, double radius, const QColor &colour, double width,
               bool withGlow);
void paintLabel(QPainter &painter, QPointF base, const QString &text, const QFont &font,
                const QColor &colour, const QColor &halo);

} // namespace chrona::ui
