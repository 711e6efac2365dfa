// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "line_mask.h"
#include "map_style.h"
#include "shape_tracer.h"
#include "tile_shapes.h"

#include <QString>

#include <list>
#include <optional>

namespace chrona::ui {

/// Draws the tiles of an archive over the shipped land. Opens the file when it is first asked for,
/// keeps what it read lately, and tells why nothing is seen. One thread.
class TileMap {
public:
    /// Empty: none. Another file, or the same after it was changed on disk, is opened anew.
    void use(const QString &file);
    [[nodiscard]] bool isOpen() const { return m_archive.has_value(); }
    /// Who made the tiles, as the archive says; empty without an archive.
    [[nodiscard]] QString credit() const;
    [[nodiscard]] const QString &problem() const { return m_problem; }

    /// On an RGB32 image. True where it drew anything.
    bool paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style);

private:
    struct Kept {
        formats::TileId id;
        std::optional<TileShapes> shapes; ///< nullopt: there is no such tile
    };
    [[nodiscard]] std::vector<formats::TileId> tilesFor(const MapCamera &camera,
                                                        const ShapeTracer &tracer,
                                                        QSize size) const;
    const TileShapes *shapesOf(formats::TileId id);
    void paintPictures(QImage &image, const ShapeTracer &tracer,
                       const std::vector<formats::TileId> &tiles);
    void paintShapes(QImage &image, ShapeTracer &tracer, const MapCamera &camera, double scale,
                     const MapStyle &style, const std::vector<formats::TileId> &tiles);

    QString m_file, m_problem;
    qint64 m_changedAt = 0;
    std::optional<formats::PmTiles> m_archive;
    std::list<Kept> m_kept; ///< the last used first
    LineMask m_lines;
};

} // namespace chrona::ui
