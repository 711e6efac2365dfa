// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/mercator.h"

#include <QPointF>
#include <QSizeF>

#include <cmath>

namespace chrona::ui {

/// Where the map looks: the same arithmetic as Qt Location's Map without bearing and tilt, so that
/// what we draw and what it moves agree to a hundredth of a pixel (tst_map_view proves it).
struct MapCamera {
    geo::MercatorPoint centre{0.5, 0.5};
    double zoom = 2;
    QSizeF size; ///< of the view, in device-independent pixels

    [[nodiscard]] double worldPixels() const { return geo::worldPixels(zoom); }
    /// x of the view's left and y of its top edge on the Mercator square; x may be below 0.
    [[nodiscard]] double left() const { return centre.x - size.width() / 2 / worldPixels(); }
    [[nodiscard]] double top() const { return centre.y - size.height() / 2 / worldPixels(); }
    [[nodiscard]] double right() const { return centre.x + size.width() / 2 / worldPixels(); }
    [[nodiscard]] double bottom() const { return centre.y + size.height() / 2 / worldPixels(); }

    /// Of the copies of the world, the one nearest to the middle of the view.
    [[nodiscard]] QPointF toScreen(geo::MercatorPoint point) const
    {
        const double dx = point.x - centre.x;
        return {(dx - std::round(dx)) * worldPixels() + size.width() / 2,
                (point.y - centre.y) * worldPixels() + size.height() / 2};
    }
    /// x may be below 0 or above 1: another copy of the world.
    [[nodiscard]] geo::MercatorPoint fromScreen(QPointF point) const
    {
        return {centre.x + (point.x() - size.width() / 2) / worldPixels(),
                centre.y + (point.y() - size.height() / 2) / worldPixels()};
    }
    friend bool operator==(const MapCamera &, const MapCamera &) = default;
};

} // namespace chrona::ui
