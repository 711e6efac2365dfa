// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/geometry.h"

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// A tile of the Web Mercator square: column and row at a zoom.
struct TileId {
    std::uint8_t zoom = 0;
    std::uint32_t x = 0, y = 0;
    friend auto operator<=>(const TileId &, const TileId &) = default;
};
/// Its number in an archive: zoom after zoom, along a Hilbert curve in each. nullopt where there is
/// no such tile.
[[nodiscard]] std::optional<std::uint64_t> tileNumber(TileId tile);

/// All of it, or nothing: never more than bytesMax.
[[nodiscard]] Result<std::string> ungzip(std::string_view packed, std::size_t bytesMax);

enum class TileKind : std::uint8_t { Unknown, Vector, Png, Jpeg, Webp, Avif };

struct PmTilesInfo {
    TileKind kind = TileKind::Unknown;
    std::uint8_t zoomMin = 0, zoomMax = 0;
    schema::GeoBox bounds;
    std::string name, attribution, description; ///< plain text, whatever the archive holds
};

/// An archive of map tiles, PMTiles version 3, read piece by piece through a function: a file, or a
/// server that answers ranges. Every length and offset is checked against the archive's size before
/// memory is taken; what is wrong comes back with its reason. One thread at a time.
class PmTiles {
public:
    /// Exactly so many bytes from there, or why not.
    using Read = std::function<Result<std::string>(std::uint64_t offset, std::size_t length)>;

    [[nodiscard]] static Result<PmTiles> open(Read read, std::uint64_t size);

    [[nodiscard]] const PmTilesInfo &info() const { return m_info; }
    /// Unpacked; nullopt: the archive has no such tile.
    [[nodiscard]] Result<std::optional<std::string>> tile(TileId tile);

    static constexpr std::size_t kTileBytesMax = 8U << 20;       ///< unpacked
    static constexpr std::size_t kDirectoryBytesMax = 16U << 20; ///< unpacked

private:
    enum class Packing : std::uint8_t { Unknown, None, Gzip };
    struct Entry {
        std::uint64_t tile = 0, offset = 0;
        std::uint32_t length = 0, run = 0; ///< run 0: a directory below
    };
    using Directory = std::vector<Entry>;
    struct Section {
        std::uint64_t offset = 0, length = 0;
    };
    struct Kept {
        std::uint64_t offset;
        Directory entries;
    };

    PmTiles() = default;
    [[nodiscard]] Status readHeader(std::string_view bytes, std::uint64_t size);
    [[nodiscard]] Status readMetadata();
    [[nodiscard]] Result<std::string> unpacked(const Section &section, Packing packing,
                                               std::size_t bytesMax) const;
    [[nodiscard]] Result<Directory> directoryAt(const Section &section) const;
    [[nodiscard]] Result<const Directory *> leafAt(const Section &section);

    Read m_read;
    PmTilesInfo m_info;
    Packing m_directoryPacking = Packing::None, m_tilePacking = Packing::None;
    Section m_rootSection, m_metadata, m_leaves, m_tiles;
    Directory m_root;
    std::list<Kept> m_kept; ///< directories below the root, the last used first
};

} // namespace chrona::formats
