// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_shapes.h"

#include "map_shapes.h"

#include "chrona/formats/vector_tile.h"

#include <QBuffer>
#include <QImageReader>

#include <cmath>
#include <format>
#include <optional>

namespace chrona::ui {

namespace {

using formats::TileFeature;
using formats::TileId;
using formats::TileLayer;

constexpr int kPictureSideMax = 2048;

/// What is known and not drawn: names and points of interest, which the shipped map has.
bool isLeftOut(std::string_view layer)
{
    for (const std::string_view each :
         {"places", "pois", "place", "poi", "water_name", "housenumber", "mountain_peak",
          "aerodrome_label", "transportation_name"})
        if (layer == each)
            return true;
    return false;
}

std::optional<TileArea> areaOf(std::string_view layer, std::string_view kind)
{
    if (layer == "earth")
        return TileArea::Earth;
    if (layer == "water" || layer == "physical_polygon")
        return TileArea::Water;
    if (layer == "buildings" || layer == "building")
        return TileArea::Building;
    if (layer == "landcover" || layer == "landuse" || layer == "natural" || layer == "park") {
        for (const std::string_view green :
             {"park", "wood", "forest", "grass", "nature_reserve", "national_park", "scrub",
              "grassland", "meadow", "farmland", "protected_area"})
            if (kind == green)
                return TileArea::Green;
        return layer == "park" ? std::optional(TileArea::Green) : std::nullopt;
    }
    const bool isKnown = layer == "roads" || layer == "transit" || layer == "boundaries" ||
                         layer == "transportation" || layer == "boundary" || layer == "waterway" ||
                         layer == "aeroway";
    return isKnown ? std::nullopt : std::optional(TileArea::Own);
}

std::optional<TileLine> lineOf(std::string_view layer, std::string_view kind)
{
    if (layer == "boundaries" || layer == "boundary")
        return TileLine::Border;
    if (layer == "waterway" || layer == "water" || layer == "physical_line")
        return TileLine::Stream;
    if (layer == "transit" || kind == "rail")
        return TileLine::Rail;
    if (layer == "roads" || layer == "transportation") {
        for (const std::string_view main :
             {"highway", "major_road", "motorway", "trunk", "primary", "medium_road"})
            if (kind == main)
                return TileLine::MainRoad;
        return TileLine::Road;
    }
    const bool isKnown = layer == "landuse" || layer == "landcover" || layer == "buildings" ||
                         layer == "building" || layer == "earth" || layer == "natural" ||
                         layer == "park" || layer == "aeroway";
    return isKnown ? std::nullopt : std::optional(TileLine::Own);
}

std::vector<geo::MapPoint> placed(const std::vector<formats::TilePoint> &points, TileId id,
                                  std::uint32_t extent, bool isRing)
{
    const double unit = std::exp2(-double(id.zoom)) / extent;
    std::vector<geo::MapPoint> on;
    on.reserve(points.size() + 1);
    for (const formats::TilePoint &point : points)
        on.push_back({float(point.x * unit), float(point.y * unit)});
    if (isRing && !on.empty())
        on.push_back(on.front());
    return on;
}

void addFeature(TileShapes &tile, const TileLayer &layer, const TileFeature &feature, TileId id)
{
    std::string_view kind;
    for (const std::string_view key : {"kind", "pmap:kind", "class"})
        if (kind.empty())
            kind = layer.valueOf(feature, key);
    if (feature.kind == TileFeature::Kind::Polygons) {
        const auto number = areaOf(layer.name, kind);
        if (!number)
            return;
        geo::Area area = beginArea(tile.map);
        for (const auto &part : feature.parts) {
            if (part.size() < 3)
                continue;
            addRing(tile.map, area, placed(part, id, layer.extent, true));
            if (*number == TileArea::Own)
                tile.lines[std::size_t(TileLine::Own)].push_back(
                    {std::uint32_t(tile.map.arcs.size() - 1), 0});
        }
        if (area.ringCount > 0)
            tile.areas[std::size_t(*number)].push_back(area);
    } else if (feature.kind == TileFeature::Kind::Lines) {
        if (const auto number = lineOf(layer.name, kind))
            for (const auto &part : feature.parts)
                if (part.size() >= 2)
                    tile.lines[std::size_t(*number)].push_back(
                        {addArc(tile.map, placed(part, id, layer.extent, false)), 0});
    }
}

Result<TileShapes> readPicture(std::string_view bytes)
{
    QByteArray data(bytes.data(), qsizetype(bytes.size()));
    QBuffer buffer(&data);
    QImageReader reader(&buffer);
    // Whatever else Qt could read by some plugin is no tile.
    const QByteArray form = reader.format();
    if (form != "png" && form != "jpeg" && form != "webp")
        return fail(ErrorCode::InvalidInput, "a tile is no PNG, JPEG or WebP picture",
                    "use an archive of PNG or JPEG pictures, or of vector tiles");
    const QSize size = reader.size();
    if (size.width() > kPictureSideMax || size.height() > kPictureSideMax)
        return fail(ErrorCode::InvalidInput, "a tile's picture is too large");
    TileShapes tile;
    tile.picture = reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
    if (tile.picture.isNull())
        return fail(
            ErrorCode::Unavailable,
            std::format("a tile's picture cannot be read: {}", reader.errorString().toStdString()),
            "use an archive of PNG or JPEG pictures, or of vector tiles");
    return tile;
}

} // namespace

geo::MercatorPoint cornerOf(TileId id)
{
    const double side = std::exp2(-double(id.zoom));
    return {id.x * side, id.y * side};
}

Result<TileShapes> readTileShapes(std::string_view bytes, formats::TileKind kind, TileId id)
{
    if (kind != formats::TileKind::Vector)
        return readPicture(bytes);
    const auto layers = formats::readVectorTile(bytes);
    if (!layers)
        return std::unexpected(layers.error());
    TileShapes tile;
    for (const TileLayer &layer : *layers)
        if (!isLeftOut(layer.name))
            for (const TileFeature &feature : layer.features)
                addFeature(tile, layer, feature, id);
    return tile;
}

} // namespace chrona::ui
