// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/map/map_camera.h"
#include "chrona/ui/theme.h"
#include "region_layer.h"
#include "surface_painter.h"

#include <QRectF>
#include <QString>

#include <array>
#include <memory>
#include <vector>

class QPainter;

namespace chrona::ui {

struct OwnBoundaries;

/// What a legend says. A value, painted the same on the screen and into exported pictures.
struct MapLegend {
    enum class Mark : std::uint8_t { Dot, Swatch, Hatch };
    struct Entry {
        Mark mark = Mark::Dot;
        QColor color;
        QString text;
    };
    struct Section {
        QString title;
        std::vector<Entry> entries;
    };
    std::vector<Section> sections;

    [[nodiscard]] bool isEmpty() const { return sections.empty(); }
};

/// What a picture holds, as its legend tells it.
struct LegendFacts {
    std::array<std::size_t, workspace::kMapThemeCount> events{}; ///< in view
    std::vector<SurfaceScale> surfaces;                          ///< the topmost first
    const RegionLayer *regions = nullptr;
    const OwnBoundaries *boundaries = nullptr;
    std::size_t outlines = 0, outlinesInAll = 0; ///< fewer are shown than there are
    std::size_t stories = 0, storiesUnder = 0;   ///< placed; those of them that others cover
    std::size_t storiesNowhere = 0;              ///< whose place nobody knows
    bool areStoriesCut = false;                  ///< there are more than were asked for
};

/// Layers with events, the classes of surfaces and of the choropleth with bounds and units.
[[nodiscard]] MapLegend legendFor(const Theme &theme, const MapStyle &style,
                                  const LegendFacts &facts);

[[nodiscard]] QSizeF legendSize(const MapLegend &legend, const Theme &theme);
void paintLegend(QPainter &painter, QPointF topLeft, const MapLegend &legend, const Theme &theme);

/// A round length that is 60 to 130 pixels long at the middle of the view.
struct MapScale {
    double pixels = 0;
    QString text;
};
[[nodiscard]] MapScale scaleFor(const MapCamera &camera);
/// Scale bar and attribution in one line that ends at bottomRight.
/// tilesCredit: who made the tiles that are shown; empty: none are.
[[nodiscard]] QSizeF footerSize(const MapCamera &camera, const Theme &theme,
                                const QString &tilesCredit);
void paintFooter(QPainter &painter, QPointF bottomRight, const MapCamera &camera,
                 const Theme &theme, const QString &tilesCredit);

} // namespace chrona::ui
