// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_map.h"

#include "text/names.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace chrona::ui {

using formats::TileId;

namespace {

constexpr std::size_t kKeptTilesMax = 160;
constexpr std::size_t kTilesInViewMax = 100;
constexpr int kZoomsUpMax = 4; ///< a tile beyond that is a blur

formats::PmTiles::Read readerOf(std::shared_ptr<QFile> file)
{
    return
        [file = std::move(file)](std::uint64_t offset, std::size_t length) -> Result<std::string> {
            std::string bytes(length, '\0');
            if (!file->seek(qint64(offset)) ||
                file->read(bytes.data(), qint64(length)) != qint64(length))
                return fail(ErrorCode::Unavailable,
                            "the tiles cannot be read: " + file->errorString().toStdString(),
                            "look whether the file is still there");
            return bytes;
        };
}

} // namespace

void TileMap::use(const QString &file, const Served &served)
{
    if ((served == nullptr) != (m_served == nullptr) ||
        (served && served->source.key != m_served->source.key)) {
        m_kept.clear();
        m_problem.clear();
    }
    m_served = served;
    const qint64 changedAt =
        file.isEmpty() ? 0 : QFileInfo(file).lastModified().toMSecsSinceEpoch();
    if (file == m_file && changedAt == m_changedAt)
        return;
    m_file = file;
    m_changedAt = changedAt;
    m_archive.reset();
    m_kept.clear();
    m_problem.clear();
    if (file.isEmpty())
        return;
    auto opened = std::make_shared<QFile>(file);
    if (!opened->open(QIODevice::ReadOnly)) {
        m_problem = opened->errorString();
        return;
    }
    auto archive = formats::PmTiles::open(readerOf(opened), std::uint64_t(opened->size()));
    if (archive)
        m_archive = std::move(*archive);
    else
        m_problem = fromUtf8(archive.error().what);
}

QString TileMap::credit() const
{
    if (m_served)
        return fromUtf8(m_served->source.attribution);
    if (!m_archive)
        return {};
    const auto &info = m_archive->info();
    // Whoever says nothing is named at least by the file.
    return info.attribution.empty() ? QFileInfo(m_file).fileName() : fromUtf8(info.attribution);
}

TileMap::Range TileMap::range() const
{
    using formats::TileKind;
    if (m_served) {
        const ipc::TileSource &source = m_served->source;
        // Pictures tell by themselves which of their formats they are of.
        return {source.form == ipc::TileForm::Vector ? TileKind::Vector : TileKind::Png,
                source.zoomMin, source.zoomMax};
    }
    const auto &info = m_archive->info();
    return {info.kind, info.zoomMin, info.zoomMax};
}

std::vector<TileId> TileMap::missing(const MapCamera &camera, double scale, QSize size) const
{
    if (!m_served)
        return {};
    const ShapeTracer tracer(camera, scale, size.width(), size.height());
    std::vector<TileId> tiles = tilesFor(camera, tracer, size);
    std::erase_if(tiles, [this](TileId id) { return m_served->find(id) != nullptr; });
    const auto away = [&camera](TileId id) {
        const double side = std::exp2(-double(id.zoom));
        const double dx = (id.x + 0.5) * side - camera.centre.x;
        return std::hypot(dx - std::round(dx), (id.y + 0.5) * side - camera.centre.y);
    };
    std::ranges::sort(tiles, {}, away);
    return tiles;
}

std::vector<TileId> TileMap::tilesFor(const MapCamera &camera, const ShapeTracer &tracer,
                                      QSize size) const
{
    const Range info = range();
    const bool isVector = info.kind == formats::TileKind::Vector;
    const double wanted = isVector ? std::floor(camera.zoom) : std::round(camera.zoom);
    const auto zoom = std::uint8_t(std::clamp<double>(wanted, info.zoomMin, info.zoomMax));
    const double side = std::exp2(-double(zoom)), pixels = tracer.worldPixels() * side;
    const QPointF corner = tracer.place({0, 0}, 0);
    const auto last = std::int64_t(std::exp2(zoom)) - 1;
    const auto firstX = std::int64_t(std::floor(-corner.x() / pixels));
    const auto lastX = std::int64_t(std::floor((size.width() - corner.x()) / pixels));
    const auto firstY = std::max<std::int64_t>(0, std::int64_t(std::floor(-corner.y() / pixels)));
    const auto lastY =
        std::min(last, std::int64_t(std::floor((size.height() - corner.y()) / pixels)));
    std::vector<TileId> tiles;
    // So many small ones say nothing: the archive begins at a closer look.
    if (double(lastX - firstX + 1) * double(lastY - firstY + 1) > double(kTilesInViewMax))
        return tiles;
    for (std::int64_t y = firstY; y <= lastY; ++y)
        for (std::int64_t x = firstX; x <= lastX; ++x)
            tiles.push_back({zoom, std::uint32_t(x & last), std::uint32_t(y)});
    std::ranges::sort(tiles);
    tiles.erase(std::ranges::unique(tiles).begin(), tiles.end());
    return tiles;
}

const TileShapes *TileMap::shapesOf(TileId id)
{
    std::shared_ptr<const ipc::TileReply> from;
    if (m_served) {
        const auto here = m_served->tiles.find(id);
        if (here == m_served->tiles.end())
            return nullptr; // on its way
        from = here->second;
    }
    const auto known = std::ranges::find_if(
        m_kept, [id, &from](const Kept &each) { return each.id == id && each.from == from; });
    if (known != m_kept.end()) {
        m_kept.splice(m_kept.begin(), m_kept, known);
    } else {
        m_kept.push_front({id, from, std::nullopt});
        auto shapes = readShapes(id);
        if (shapes)
            m_kept.front().shapes = std::move(*shapes);
        else
            m_problem = fromUtf8(shapes.error().what);
        if (m_kept.size() > kKeptTilesMax)
            m_kept.pop_back();
    }
    const auto &shapes = m_kept.front().shapes;
    return shapes ? &*shapes : nullptr;
}

/// nullopt: there is no such tile.
Result<std::optional<TileShapes>> TileMap::readShapes(TileId id)
{
    std::string_view bytes;
    Result<std::optional<std::string>> read = std::nullopt;
    if (m_served) {
        const ipc::TileReply &reply = *m_served->find(id);
        bytes = {reinterpret_cast<const char *>(reply.bytes.data()), reply.bytes.size()};
    } else {
        read = m_archive->tile(id);
        if (!read)
            return std::unexpected(read.error());
        bytes = *read ? std::string_view(**read) : std::string_view();
    }
    if (bytes.empty())
        return std::nullopt;
    return readTileShapes(bytes, range().kind, id).transform([](TileShapes &&shapes) {
        return std::optional(std::move(shapes));
    });
}

bool TileMap::paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style)
{
    if (!isOpen())
        return false;
    const ShapeTracer tracer(camera, scale, image.width(), image.height());
    const auto tiles = tilesFor(camera, tracer, image.size());
    if (range().kind == formats::TileKind::Vector)
        paintShapes(image, tracer, camera, scale, style, tiles);
    else
        paintPictures(image, tracer, tiles);
    return !tiles.empty();
}

void TileMap::paintPictures(QImage &image, const ShapeTracer &tracer,
                            const std::vector<TileId> &tiles)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (const TileId id : tiles)
        paintPicture(painter, tracer, id);
}

/// Where it is not here yet, as much of one above it as lies there.
void TileMap::paintPicture(QPainter &painter, const ShapeTracer &tracer, TileId id)
{
    TileId of = id;
    const TileShapes *tile = shapesOf(of);
    for (int up = 0; !tile && m_served && up < kZoomsUpMax && of.zoom > 0; ++up) {
        of = {std::uint8_t(of.zoom - 1), of.x / 2, of.y / 2};
        tile = shapesOf(of);
    }
    if (!tile || tile->picture.isNull())
        return;
    const double part = std::exp2(double(of.zoom) - double(id.zoom));
    const QSizeF whole = tile->picture.size();
    const QRectF from((id.x * part - of.x) * whole.width(), (id.y * part - of.y) * whole.height(),
                      whole.width() * part, whole.height() * part);
    const double side = std::exp2(-double(id.zoom));
    const ShapeTracer inTile = tracer.from(cornerOf(id));
    for (int copy = tracer.firstCopy(); copy <= tracer.lastCopy(); ++copy) {
        // Edges on whole pixels: no seams between neighbours.
        const QPointF begin = inTile.place({0, 0}, copy);
        const QPointF end = inTile.place({float(side), float(side)}, copy);
        const QRect target(QPoint(int(std::lround(begin.x())), int(std::lround(begin.y()))),
                           QPoint(int(std::lround(end.x())) - 1, int(std::lround(end.y())) - 1));
        if (target.intersects(painter.viewport()))
            painter.drawImage(QRectF(target), tile->picture, from);
    }
}

void TileMap::paintShapes(QImage &image, const ShapeTracer &tracer, const MapCamera &camera,
                          double scale, const MapStyle &style, const std::vector<TileId> &tiles)
{
    const QColor own = mixed(style.labelText, style.placeText, 0.5);
    QColor ownTint = own;
    ownTint.setAlphaF(0.16F);
    const std::array<QColor, kTileAreaCount> fills{style.land, style.park, style.lake,
                                                   style.building, ownTint};
    const auto drawEach = [&](const auto &draw) {
        for (const TileId id : tiles)
            if (const TileShapes *tile = shapesOf(id)) {
                ShapeTracer inTile = tracer.from(cornerOf(id));
                draw(*tile, inTile);
            }
    };
    for (std::size_t number = 0; number < kTileAreaCount; ++number) {
        QPainterPath path;
        // Tiles overlap a little: what two of them have is still there.
        path.setFillRule(Qt::WindingFill);
        drawEach([&](const TileShapes &tile, ShapeTracer &inTile) {
            for (const geo::Area &area : tile.areas[number])
                inTile.addArea(tile.map, area, path);
        });
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(path, fills[number]);
    }
    const double wider = std::clamp((camera.zoom - 8) * 0.3, 0.0, 2.0);
    const std::array<std::pair<QColor, double>, kTileLineCount> strokes{
        {{style.river, 1.0},
         {mixed(style.road, style.land, 0.45), 0.7 + wider / 2},
         {style.road, 1.0 + wider},
         {mixed(style.road, style.land, 0.3), 0.8},
         {style.border, 1.0},
         {own, 1.1}}};
    m_lines.reset(image.width(), image.height());
    for (std::size_t number = 0; number < kTileLineCount; ++number) {
        drawEach([&](const TileShapes &tile, ShapeTracer &inTile) {
            for (const geo::MapLine &line : tile.lines[number])
                inTile.addLine(tile.map, line, strokes[number].second * scale, m_lines);
        });
        m_lines.paintOn(image, strokes[number].first);
    }
}

} // namespace chrona::ui
