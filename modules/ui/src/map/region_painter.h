// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_data.h"
#include "region_layer.h"
#include "shape_tracer.h"

#include <QImage>

#include <memory>
#include <vector>

namespace chrona::ui {

/// Colours regions by their values. For one camera it keeps which area each pixel shows, and what
/// lies below and above the colours: other values then cost one pass over the pixels. One thread.
class RegionPainter {
public:
    explicit RegionPainter(MapData &data) : m_data(data) {}

    /// What is under the colours, RGB32; numbers the pixels by the areas of the set that they show.
    void begin(const QImage &below, RegionSet set, double zoom, ShapeTracer &tracer);
    /// What is over them, as it looks on black and on white ground: told apart, they give its
    /// colours and how much it covers.
    void cover(const QImage &onBlack, const QImage &onWhite);
    /// begin() and cover() were for this set and size.
    [[nodiscard]] bool isKept(RegionSet set, QSize size) const;
    void forget();
    /// Fills the image, RGB32 of the size of what is below.
    void paint(QImage &image, const RegionLayer &regions, const MapStyle &style) const;

    struct Name {
        QString code, name;
    };
    /// Of the last begin(): 1 + the number of the area that each pixel shows, 0: none.
    [[nodiscard]] const QImage &numbers() const { return m_numbers; }
    /// What these numbers are called; nullptr where nothing was begun.
    [[nodiscard]] const std::shared_ptr<const std::vector<Name>> &names() const { return m_names; }

private:
    MapData &m_data;
    RegionSet m_set = RegionSet::Countries;
    const geo::BaseMap *m_map = nullptr;
    QImage m_below;
    QImage m_numbers;
    std::shared_ptr<const std::vector<Name>> m_names; ///< of m_map
    QImage m_above;   ///< premultiplied; null until cover()
};

} // namespace chrona::ui
