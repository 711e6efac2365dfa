// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"

#include <QPointF>
#include <QSize>

namespace chrona::ui {

/// Where the graph is looked at from. A layout's unit, the mean length of an edge, is `zoom` pixels
/// wide.
struct GraphCamera {
    static constexpr double kZoomMin = 0.05, kZoomMax = 400;

    QPointF centre; ///< in the layout's units
    double zoom = 48;
    QSize size; ///< of the view, in pixels

    [[nodiscard]] QPointF toView(graph::Point at) const
    {
        return {(double(at.x) - centre.x()) * zoom + size.width() / 2.0,
                (double(at.y) - centre.y()) * zoom + size.height() / 2.0};
    }
    [[nodiscard]] graph::Point fromView(QPointF at) const
    {
        return {float((at.x() - size.width() / 2.0) / zoom + centre.x()),
                float((at.y() - size.height() / 2.0) / zoom + centre.y())};
    }
    friend bool operator==(const GraphCamera &, const GraphCamera &) = default;
};

} // namespace chrona::ui
