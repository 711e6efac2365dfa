// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "base_painter.h"
#include "event_painter.h"
#include "label_painter.h"
#include "selection_painter.h"

#include <QImage>
#include <QRectF>

#include <memory>
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
    bool showEvents = true, showLabels = true;
    std::vector<QRectF> keepClear; ///< of labels: pixels of the view
};

/// Turns scenes into pictures on the CPU, with no need of a GPU. Keeps the base map of the last
/// camera, so that new events or another selection cost only what changed. One thread.
class MapRenderer {
public:
    MapRenderer() : m_base(m_data), m_events(m_threads), m_labels(m_data) {}

    /// RGB32, the view and its margins at scale.
    [[nodiscard]] QImage render(const MapScene &scene);
    /// Of the last picture that showed events.
    [[nodiscard]] const EventPainter::Counts &paintedEvents() const
    {
        return m_events.paintedCounts();
    }

private:
    static constexpr std::size_t kThreads = 2; ///< more would only wait for memory

    void updateBase(const MapScene &scene, QSize size);
    void updateLabels(const MapScene &scene, QSize size);

    ThreadPool m_threads{kThreads};
    MapData m_data;
    BasePainter m_base;
    EventPainter m_events;
    LabelPainter m_labels;
    QImage m_basePicture, m_labelPicture;
    MapScene m_baseOf, m_labelsOf; ///< what the kept pictures show
    std::shared_ptr<const MapStyle> m_wordStyle;
};

} // namespace chrona::ui
