// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "selection_painter.h"
#include "chrona/geo/mercator.h"

#include <QString>

namespace chrona::ui {

/// An area of interest as it is drawn: on the Mercator square, x unwrapped from its first corner.
struct ShownArea {
    QString name;
    std::vector<geo::MercatorPoint> ring; ///< closed
    qsizetype changes = 0;                ///< new events in it
};
using AreaList = std::vector<ShownArea>;

[[nodiscard]] ShownArea shownArea(const QString &name, const std::vector<schema::GeoPoint> &ring,
                                  qsizetype changes);

/// Dashed outlines with their names, and how much is new in each.
void paintAreas(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                const AreaList &areas);

/// The selected events joined in the order of time, as a storm moved or a person travelled; arrows
/// tell the direction.
void paintTrack(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                const EventPoints &events, const MapSelection &selection);

} // namespace chrona::ui
