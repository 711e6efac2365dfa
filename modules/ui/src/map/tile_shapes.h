// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/pm_tiles.h"
#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace chrona::ui {

/// What is drawn of a vector tile, lowest first. Names of layers and kinds are those of Protomaps
/// and OpenMapTiles; what has another name is somebody's own data and is drawn as such.
enum class TileArea : std::uint8_t { Earth, Green, Water, Building, Own };
inline constexpr std::size_t kTileAreaCount = 5;
enum class TileLine : std::uint8_t { Stream, Road, MainRoad, Rail, Border, Own };
inline constexpr std::size_t kTileLineCount = 6;

/// A tile made ready to be drawn: a picture, or outlines on the Mercator square, told from the
/// tile's corner.
struct TileShapes {
    QImage picture;
    geo::BaseMap map; ///< its arcs and rings, nothing else
    std::array<std::vector<geo::Area>, kTileAreaCount> areas;
    std::array<std::vector<geo::MapLine>, kTileLineCount> lines;
};

/// Where a tile begins on the Mercator square: its corner in the north-west.
[[nodiscard]] geo::MercatorPoint cornerOf(formats::TileId id);

/// InvalidInput where the bytes are no such tile, Unavailable for pictures that this machine cannot
/// read.
[[nodiscard]] Result<TileShapes> readTileShapes(std::string_view bytes, formats::TileKind kind,
                                                formats::TileId id);

} // namespace chrona::ui
