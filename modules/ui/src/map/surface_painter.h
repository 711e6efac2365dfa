// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "event_points.h"
#include "map_data.h"
#include "map_style.h"
#include "chrona/ui/map/map_camera.h"

#include <QImage>

#include <vector>

namespace chrona::ui {

/// What the colours of a surface mean, for the legend.
struct SurfaceScale {
    workspace::MapTheme theme = workspace::MapTheme::News;
    workspace::MapDrawing drawing = workspace::MapDrawing::Heat;
    std::vector<double> bounds; ///< ascending, one more than there are colours; none: nothing seen
    std::vector<QColor> colors;
    friend bool operator==(const SurfaceScale &, const SurfaceScale &) = default;
};

/// Draws a layer's events as a surface: how dense they are, how many lie in each hexagon, or in
/// each country. Cells stay where they are in the world while the map moves. One thread.
class SurfacePainter {
public:
    explicit SurfacePainter(MapData &data) : m_data(data) {}

    SurfaceScale paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                       const EventPoints &events, const workspace::MapLayer &layer);

private:
    struct Job;
    void paintHeat(const Job &job, SurfaceScale &legend);
    void paintHexagons(const Job &job, SurfaceScale &legend);
    void paintCountries(const Job &job, SurfaceScale &legend);

    MapData &m_data;
    std::vector<float> m_cells, m_line;
    std::vector<std::uint32_t> m_counts;
};

} // namespace chrona::ui
