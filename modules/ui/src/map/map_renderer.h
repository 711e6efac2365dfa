// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "base_painter.h"
#include "event_painter.h"
#include "label_painter.h"
#include "map_shapes.h"
#include "own_boundaries.h"
#include "overlay_painter.h"
#include "selection_painter.h"
#include "story_painter.h"
#include "surface_painter.h"

#include <QImage>
#include <QRectF>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::ui {

/// All that one picture of the map is made of. Immutable parts, so that it can go to another
/// thread.
struct MapScene {
    MapCamera camera;
    int margin = 0;   ///< pixels beyond the view on each side, for panning without gaps
    double scale = 1; ///< device pixels for each pixel
    std::shared_ptr<const MapStyle> style;
    std::shared_ptr<const EventPoints> events;
    std::shared_ptr<const MapSelection> selection;
    std::shared_ptr<const RegionLayer> regions;
    std::shared_ptr<const OwnBoundaries> boundaries; ///< nullptr: none are shown
    std::shared_ptr<const workspace::MapLayers> layers; ///< nullptr: as they are at first
    std::shared_ptr<const ShapeList> shapes;            ///< outlines of events
    std::shared_ptr<const AreaList> areas;              ///< of interest
    std::shared_ptr<const StoryMarks> stories;          ///< nullptr: none are shown
    QString tilesFile;
    TileMap::Served tilesServed; ///< at most one of both
    bool showEvents = true, showLabels = true;
    /// Events are drawn by a LightItem: points are left out, and what lies over them comes apart.
    bool pointsElsewhere = false;
    std::vector<QRectF> keepClear; ///< of labels: pixels of the view
};

/// Ports are marked while the layer of shipping is shown.
[[nodiscard]] PortMarks portMarksOf(const MapScene &scene);

/// Turns scenes into pictures on the CPU, with no need of a GPU. Keeps the base map of the last
/// camera, so that new events or another selection cost only what changed; where the camera only
/// moves, the base map moves along by whole pixels and only what comes into view is drawn. To be
/// called from one thread.
class MapRenderer {
public:
    MapRenderer() : m_base(m_data), m_events(m_threads), m_labels(m_data), m_surfaces(m_data) {}

    /// RGB32, the view and its margins at scale.
    [[nodiscard]] QImage render(const MapScene &scene);
    /// What the last picture leaves to lie over the events (MapScene::pointsElsewhere); else null.
    [[nodiscard]] const QImage &above() const { return m_above; }
    /// Of the last picture that showed events.
    [[nodiscard]] const EventPainter::Counts &paintedEvents() const
    {
        return m_events.paintedCounts();
    }
    [[nodiscard]] const std::vector<SurfaceScale> &surfaces() const { return m_scales; }
    [[nodiscard]] const TileMap &tiles() const { return m_base.tiles(); }
    /// Which region each pixel of the last picture shows, where it shows any.
    [[nodiscard]] const RegionPainter &regions() const { return m_base.regions(); }
    /// Pixels of base map that were drawn, and not moved or kept, since it was made.
    [[nodiscard]] qint64 basePixelsDrawn() const { return m_basePixelsDrawn; }

private:
    static constexpr std::size_t kThreads = 2; ///< more would only wait for memory

    void updateBase(const MapScene &scene, QSize size);
    void paintLayers(const MapScene &scene, QImage &picture);
    void paintOver(const MapScene &scene, QImage &picture, QSize size);
    /// By how many pixels the kept base map lies beside the scene's; nullopt: it cannot be moved
    /// there.
    [[nodiscard]] std::optional<QPoint> shiftTo(const MapScene &scene, QSize size) const;
    void shiftBase(QPoint shift);
    void paintBaseIn(const QRect &area);
    void updateLabels(const MapScene &scene, QSize size);

    ThreadPool m_threads{kThreads};
    MapData m_data;
    BasePainter m_base;
    EventPainter m_events;
    LabelPainter m_labels;
    SurfacePainter m_surfaces;
    ShapePainter m_shapes;
    std::vector<SurfaceScale> m_scales; ///< of the last picture, the topmost first
    QImage m_basePicture, m_labelPicture, m_above;
    MapScene m_baseOf, m_labelsOf; ///< what the kept pictures show
    QPoint m_baseCell;             ///< where a cell of the base map's glow begins
    std::shared_ptr<const MapStyle> m_wordStyle;
    qint64 m_basePixelsDrawn = 0;
};

} // namespace chrona::ui
