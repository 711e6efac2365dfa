// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/pm_tiles.h"

#include "chrona/formats/html_text.h"
#include "chrona/formats/json.h"
#include "varint.h"

#include <zlib.h>

#include <algorithm>
#include <format>

namespace chrona::formats {
namespace {

constexpr std::size_t kHeaderBytes = 127;
constexpr std::size_t kMetadataBytesMax = 4U << 20;
constexpr std::size_t kKeptMax = 64;
constexpr int kDepthMax = 4;          ///< of directories
constexpr std::uint8_t kZoomMax = 26; ///< beyond it numbers of tiles do not fit

std::unexpected<Error> refuseArchive(std::string reason)
{
    return fail(ErrorCode::InvalidInput, "this is no PMTiles archive that can be read: " + reason);
}

std::uint64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

double degreesAt(std::string_view header, std::size_t at)
{
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(littleEndian(header, at, 4))) / 1e7;
}

/// What strangers wrote may be HTML: only its words are shown.
std::string wordsOf(const JsonValue &object, std::string_view key)
{
    const auto text = object[key].asString();
    return text ? htmlToText(*text) : std::string();
}

} // namespace

Result<std::string> ungzip(std::string_view packed, std::size_t bytesMax)
{
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
        return fail(ErrorCode::Exhausted, "no memory to unpack a tile");
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    int state = Z_OK;
    do {
        const std::size_t room = std::min(bytesMax - out.size(), packed.size() * 4 + 1024);
        const std::size_t at = out.size();
        out.resize(at + room);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + at);
        stream.avail_out = static_cast<uInt>(room);
        state = ::inflate(&stream, Z_NO_FLUSH);
        out.resize(at + room - stream.avail_out);
    } while (state == Z_OK && stream.avail_out == 0 && out.size() < bytesMax);
    inflateEnd(&stream);
    if (state != Z_STREAM_END)
        return fail(ErrorCode::InvalidInput, out.size() >= bytesMax
                                                ? "a piece of tiles unpacks beyond its limit"
                                                : "a piece of tiles is not gzip, or is cut off");
    return out;
}

std::optional<std::uint64_t> tileNumber(TileId tile)
{
    if (tile.zoom > kZoomMax || tile.x >> tile.zoom != 0 || tile.y >> tile.zoom != 0)
        return std::nullopt;
    std::uint64_t number = ((std::uint64_t{1} << (2 * tile.zoom)) - 1) / 3;
    std::uint32_t x = tile.x, y = tile.y;
    for (std::uint32_t side = tile.zoom > 0 ? 1U << (tile.zoom - 1) : 0; side > 0; side >>= 1) {
        const std::uint32_t right = (x & side) != 0 ? 1 : 0, below = (y & side) != 0 ? 1 : 0;
        number += std::uint64_t{side} * side * ((3 * right) ^ below);
        if (below != 0)
            continue;
        if (right != 0) {
            x = side - 1 - x;
            y = side - 1 - y;
        }
        std::swap(x, y);
    }
    return number;
}

Status PmTiles::readHeader(std::string_view bytes, std::uint64_t size)
{
    if (!bytes.starts_with("PMTiles"))
        return refuseArchive("it does not begin with PMTiles");
    if (bytes[7] != 3)
        return refuseArchive(std::format("it is of version {}, not 3", int{bytes[7]}));
    const auto section = [&](std::size_t at) {
        return Section{littleEndian(bytes, at, 8), littleEndian(bytes, at + 8, 8)};
    };
    m_rootSection = section(8);
    m_metadata = section(24);
    m_leaves = section(40);
    m_tiles = section(56);
    for (const Section &each : {m_rootSection, m_metadata, m_leaves, m_tiles})
        if (each.offset > size || each.length > size - each.offset)
            return refuseArchive("a part of it would lie beyond its end");
    const auto packingAt = [&](std::size_t at) -> Result<Packing> {
        switch (bytes[at]) {
        case 1: return Packing::None;
        case 2: return Packing::Gzip;
        default:
            return refuseArchive(std::format("it is packed by method {}, and only gzip can be read",
                                             int{static_cast<std::uint8_t>(bytes[at])}));
        }
    };
    const auto directories = packingAt(97), tiles = packingAt(98);
    if (!directories || !tiles)
        return std::unexpected((directories ? tiles : directories).error());
    m_directoryPacking = *directories;
    m_tilePacking = *tiles;
    const auto kind = static_cast<std::uint8_t>(bytes[99]);
    m_info.kind = kind <= 5 ? static_cast<TileKind>(kind) : TileKind::Unknown;
    m_info.zoomMin = static_cast<std::uint8_t>(bytes[100]);
    m_info.zoomMax = static_cast<std::uint8_t>(bytes[101]);
    if (m_info.zoomMin > m_info.zoomMax || m_info.zoomMax > kZoomMax)
        return refuseArchive("its zooms make no sense");
    m_info.bounds = {degreesAt(bytes, 102), degreesAt(bytes, 106), degreesAt(bytes, 110),
                     degreesAt(bytes, 114)};
    return {};
}

Status PmTiles::readMetadata()
{
    if (m_metadata.length == 0)
        return {};
    const auto text = unpacked(m_metadata, m_directoryPacking, kMetadataBytesMax);
    if (!text)
        return std::unexpected(text.error());
    const auto document = JsonDocument::parse(*text);
    if (!document)
        return refuseArchive("its metadata is no JSON");
    m_info.name = wordsOf(document->root(), "name");
    m_info.attribution = wordsOf(document->root(), "attribution");
    m_info.description = wordsOf(document->root(), "description");
    return {};
}

Result<std::string> PmTiles::unpacked(const Section &section, Packing packing,
                                      std::size_t bytesMax) const
{
    if (section.length > bytesMax)
        return refuseArchive("a piece is larger than its limit");
    auto bytes = m_read(section.offset, static_cast<std::size_t>(section.length));
    if (!bytes || packing == Packing::None)
        return bytes;
    return ungzip(*bytes, bytesMax);
}

Result<PmTiles::Directory> PmTiles::directoryAt(const Section &section) const
{
    const auto bytes = unpacked(section, m_directoryPacking, kDirectoryBytesMax);
    if (!bytes)
        return std::unexpected(bytes.error());
    VarintReader reader(*bytes);
    const std::uint64_t count = reader.number();
    // Each entry takes a byte in each of the four columns at least.
    if (count == 0 || count > reader.left() / 4)
        return refuseArchive("a directory has another length than it says");
    Directory entries(static_cast<std::size_t>(count));
    std::uint64_t tile = 0;
    for (Entry &entry : entries)
        entry.tile = tile += reader.number();
    const auto shortNumber = [&reader] {
        const std::uint64_t value = reader.number();
        if (value > UINT32_MAX)
            reader.setBroken();
        return static_cast<std::uint32_t>(value);
    };
    for (Entry &entry : entries)
        entry.run = shortNumber();
    for (Entry &entry : entries)
        entry.length = shortNumber();
    std::uint64_t behind = 0;
    for (Entry &entry : entries) {
        const std::uint64_t offset = reader.number();
        entry.offset = offset == 0 ? behind : offset - 1;
        const Section &within = entry.run == 0 ? m_leaves : m_tiles;
        if (entry.length == 0 || entry.offset > within.length ||
            entry.length > within.length - entry.offset)
            return refuseArchive("a directory points beyond the archive");
        behind = entry.offset + entry.length;
    }
    if (reader.isBroken() || !std::ranges::is_sorted(entries, {}, &Entry::tile))
        return refuseArchive("a directory is broken");
    return entries;
}

Result<const PmTiles::Directory *> PmTiles::leafAt(const Section &section)
{
    const auto known = std::ranges::find(m_kept, section.offset, &Kept::offset);
    if (known != m_kept.end()) {
        m_kept.splice(m_kept.begin(), m_kept, known);
        return &m_kept.front().entries;
    }
    auto entries = directoryAt(section);
    if (!entries)
        return std::unexpected(entries.error());
    m_kept.push_front({section.offset, std::move(*entries)});
    if (m_kept.size() > kKeptMax)
        m_kept.pop_back();
    return &m_kept.front().entries;
}

Result<PmTiles> PmTiles::open(Read read, std::uint64_t size)
{
    if (size < kHeaderBytes)
        return refuseArchive("it is too short");
    PmTiles archive;
    archive.m_read = [read = std::move(read)](std::uint64_t offset,
                                              std::size_t length) -> Result<std::string> {
        auto bytes = read(offset, length);
        if (bytes && bytes->size() != length)
            return refuseArchive("it is shorter than it was");
        return bytes;
    };
    const auto header = archive.m_read(0, kHeaderBytes);
    if (!header)
        return std::unexpected(header.error());
    if (auto sound = archive.readHeader(*header, size); !sound)
        return std::unexpected(sound.error());
    auto root = archive.directoryAt(archive.m_rootSection);
    if (!root)
        return std::unexpected(root.error());
    archive.m_root = std::move(*root);
    if (auto sound = archive.readMetadata(); !sound)
        return std::unexpected(sound.error());
    return archive;
}

Result<std::optional<std::string>> PmTiles::tile(TileId tile)
{
    const auto number = tileNumber(tile);
    if (!number)
        return std::nullopt;
    const Directory *directory = &m_root;
    for (int depth = 0; depth < kDepthMax; ++depth) {
        const auto after = std::ranges::upper_bound(*directory, *number, {}, &Entry::tile);
        if (after == directory->begin())
            return std::nullopt;
        const Entry entry = *std::prev(after);
        if (entry.run > 0) {
            if (*number - entry.tile >= entry.run)
                return std::nullopt;
            return unpacked({m_tiles.offset + entry.offset, entry.length}, m_tilePacking,
                            kTileBytesMax)
                .transform([](std::string &&bytes) { return std::optional(std::move(bytes)); });
        }
        const auto below = leafAt({m_leaves.offset + entry.offset, entry.length});
        if (!below)
            return std::unexpected(below.error());
        directory = *below;
    }
    return refuseArchive("its directories are nested too deeply");
}

} // namespace chrona::formats
