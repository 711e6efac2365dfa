// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "glow_field.h"
#include "line_mask.h"
#include "map_data.h"
#include "map_style.h"
#include "region_painter.h"
#include "shape_tracer.h"
#include "tile_map.h"

#include <QImage>

class QPainter;

namespace chrona::ui {

/// Paints what does not change with the data: ocean, land, lakes, rivers, borders, and the
/// choropleth. One thread.
class BasePainter {
public:
    explicit BasePainter(MapData &data) : m_data(data), m_regions(data) {}

    /// Fills the image, RGB32. scale: device pixels for each pixel of the camera.
    void paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
               const RegionLayer *regions);
    /// What the last paint() made with other values of the same set. False where it made no
    /// regions of that set and size: then paint().
    [[nodiscard]] bool recolour(QImage &image, const RegionLayer &regions, const MapStyle &style);
    /// Tiles that are drawn over the shipped land. Before paint.
    void useTiles(const QString &file, const TileMap::Served &served)
    {
        m_tiles.use(file, served);
    }
    [[nodiscard]] const TileMap &tiles() const { return m_tiles; }
    [[nodiscard]] const RegionPainter &regions() const { return m_regions; }
    /// Outlines that are drawn over all that is shipped, and areas that values may be of.
    void useOwn(std::shared_ptr<const geo::BaseMap> map) { m_data.useOwn(std::move(map)); }

private:
    struct Job;
    void paintAreas(const Job &job, geo::AreaLayer layer, const QColor &color);
    void paintAbove(const Job &job, bool hasTiles);
    void paintRegionLines(const Job &job);
    void paintLines(const Job &job, const geo::BaseMap &map, geo::LineClass lineClass,
                    const QColor &color, double width);
    void paintGraticule(const Job &job);
    void paintShelf(const Job &job);

    MapData &m_data;
    RegionPainter m_regions;
    LineMask m_lines;
    TileMap m_tiles;
    GlowField m_shelf;
};

} // namespace chrona::ui
