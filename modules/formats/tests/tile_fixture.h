// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/pm_tiles.h"
#include "chrona/formats/vector_tile.h"

#include <map>
#include <string>
#include <vector>

/// Writes small archives of tiles for tests.
namespace chrona::formats::fixture {

[[nodiscard]] std::string gzipped(const std::string &bytes);

/// kind, keys and values in pairs, parts.
struct DrawnFeature {
    TileFeature::Kind kind = TileFeature::Kind::Polygons;
    std::vector<std::pair<std::string, std::string>> tags;
    std::vector<std::vector<TilePoint>> parts;
};
struct DrawnLayer {
    std::string name;
    std::vector<DrawnFeature> features;
    std::uint32_t extent = 4096;
};
[[nodiscard]] std::string vectorTile(const std::vector<DrawnLayer> &layers);

struct ArchiveForm {
    TileKind kind = TileKind::Vector;
    bool isGzipped = true;
    bool hasLeaves = false; ///< a directory below the root for every two tiles
    std::string metadata = R"({"name":"Test","attribution":"&copy; <b>Nobody</b>"})";
};
[[nodiscard]] std::string archive(const std::map<TileId, std::string> &tiles,
                                  const ArchiveForm &form = {});

/// Reads from bytes in memory, which must outlive it.
[[nodiscard]] PmTiles::Read readFrom(const std::string &bytes);

} // namespace chrona::formats::fixture
