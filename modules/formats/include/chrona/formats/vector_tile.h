// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chrona::formats {

/// In units of the layer's extent from the tile's top left; what reaches beyond the tile is beyond
/// 0 and extent.
struct TilePoint {
    std::int32_t x = 0, y = 0;
    friend bool operator==(const TilePoint &, const TilePoint &) = default;
};

struct TileFeature {
    enum class Kind : std::uint8_t { Unknown, Points, Lines, Polygons };
    Kind kind = Kind::Unknown;
    /// Polygons: rings without their first point again; outer ones turn the other way than holes.
    std::vector<std::vector<TilePoint>> parts;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> tags; ///< into keys and values
};

struct TileLayer {
    std::string name;
    std::uint32_t extent = 4096;
    std::vector<TileFeature> features;
    std::vector<std::string> keys;
    std::vector<std::string> values; ///< numbers and truths as text

    /// Empty: the feature does not say.
    [[nodiscard]] std::string_view valueOf(const TileFeature &feature, std::string_view key) const;
};

/// A vector tile as Mapbox specified it, version 1 or 2. InvalidInput with the reason for bytes
/// that are none; layers of other versions are left out. Needs a few times the size of the bytes.
[[nodiscard]] Result<std::vector<TileLayer>> readVectorTile(std::string_view bytes);

} // namespace chrona::formats
