// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_data.h"
#include "map_style.h"
#include "shape_tracer.h"

#include <QHash>
#include <QImage>
#include <QRectF>

#include <cstdint>
#include <vector>

class QPainter;

namespace chrona::geo {
class LabelPlacer;
}

namespace chrona::ui {

enum class PortMarks : std::uint8_t { Hidden, Shown };

/// Writes the names of countries, states and places, the important ones first, none touching
/// another, and marks ports. Keeps each word as a small picture, so that moving the map shapes no
/// text. One thread.
class LabelPainter {
public:
    explicit LabelPainter(MapData &data) : m_data(data) {}

    /// keepClear: pixels of the image where no label may lie.
    void paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
               const std::vector<QRectF> &keepClear, PortMarks ports);
    /// Call when the style has changed.
    void forget() { m_words.clear(); }

private:
    enum class Kind : std::uint8_t { Country, State, Capital, Place, Port };
    struct Word {
        QImage picture;
        QSizeF size; ///< of the text itself, without its halo
    };
    struct Job;
    const Word &word(const Job &job, const QString &text, Kind kind);
    void paintAreas(Job &job, geo::AreaLayer layer, Kind kind);
    void paintPlaces(Job &job);
    void paintPorts(Job &job);
    bool paintPlace(Job &job, const Word &word, QPointF at, Kind kind);

    MapData &m_data;
    QHash<QString, Word> m_words; ///< by kind and text
};

/// From which zoom on a place or port of a rank is shown; the world view belongs to countries and
/// data.
[[nodiscard]] double zoomForRank(int rank);
/// The mark of a port: an open diamond.
void paintPortMark(QPainter &painter, QPointF at, double scale, const MapStyle &style);

} // namespace chrona::ui
