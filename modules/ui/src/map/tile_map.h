// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/tile_feed.h"
#include "line_mask.h"
#include "map_style.h"
#include "shape_tracer.h"
#include "tile_shapes.h"

#include <QString>

#include <list>
#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace chrona::ui {

/// Draws the tiles of an archive, or those of a server that are here, over the shipped land. Opens
/// a file when it is first asked for, keeps what it read lately, and tells why nothing is seen. One
/// thread.
class TileMap {
public:
    using Served = std::shared_ptr<const workspace::TileSet>;
    /// Empty and nullptr: none. Another file, or the same after it was changed on disk, is opened
    /// anew.
    void use(const QString &file, const Served &served);
    [[nodiscard]] bool isOpen() const { return m_archive.has_value() || m_served; }
    /// Of a view, the middle first: what its server has to be asked for.
    [[nodiscard]] std::vector<formats::TileId> missing(const MapCamera &camera, double scale,
                                                       QSize size) const;
    /// Who made the tiles, as the archive or the server says; empty without any.
    [[nodiscard]] QString credit() const;
    [[nodiscard]] const QString &problem() const { return m_problem; }

    /// On an RGB32 image. True where it drew anything.
    bool paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style);

private:
    struct Kept {
        formats::TileId id;
        std::shared_ptr<const ipc::TileReply> from; ///< of a server's tile
        std::optional<TileShapes> shapes;           ///< nullopt: there is no such tile
    };
    struct Range {
        formats::TileKind kind = formats::TileKind::Unknown;
        int zoomMin = 0, zoomMax = 0;
    };
    [[nodiscard]] Range range() const;
    [[nodiscard]] std::vector<formats::TileId>
    tilesFor(const MapCamera &camera, const ShapeTracer &tracer, QSize size) const;
    const TileShapes *shapesOf(formats::TileId id);
    [[nodiscard]] Result<std::optional<TileShapes>> readShapes(formats::TileId id);
    void paintPictures(QImage &image, const ShapeTracer &tracer,
                       const std::vector<formats::TileId> &tiles);
    void paintPicture(QPainter &painter, const ShapeTracer &tracer, formats::TileId id);
    void paintShapes(QImage &image, const ShapeTracer &tracer, const MapCamera &camera,
                     double scale, const MapStyle &style,
                     const std::vector<formats::TileId> &tiles);

    QString m_file, m_problem;
    qint64 m_changedAt = 0;
    std::optional<formats::PmTiles> m_archive;
    Served m_served;
    std::list<Kept> m_kept; ///< the last used first
    LineMask m_lines;
};

} // namespace chrona::ui
