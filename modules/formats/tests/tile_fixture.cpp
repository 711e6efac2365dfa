// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_fixture.h"

#include <zlib.h>

#include <algorithm>

namespace chrona::formats::fixture {
namespace {

struct Entry {
    std::uint64_t tile, offset;
    std::uint32_t length, run;
};

void put(std::string &to, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        to += static_cast<char>(value | 0x80);
    to += static_cast<char>(value);
}

void putFixed(std::string &to, std::uint64_t value, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i, value >>= 8)
        to += static_cast<char>(value);
}

void putBlock(std::string &to, std::uint32_t field, const std::string &bytes)
{
    put(to, field << 3 | 2);
    put(to, bytes.size());
    to += bytes;
}

void putStep(std::string &to, std::int32_t step)
{
    put(to, static_cast<std::uint32_t>(step << 1) ^ static_cast<std::uint32_t>(step >> 31));
}

std::string directory(const std::vector<Entry> &entries)
{
    std::string bytes;
    put(bytes, entries.size());
    std::uint64_t last = 0;
    for (const Entry &entry : entries)
        put(bytes, entry.tile - std::exchange(last, entry.tile));
    for (const Entry &entry : entries)
        put(bytes, entry.run);
    for (const Entry &entry : entries)
        put(bytes, entry.length);
    std::uint64_t behind = UINT64_MAX;
    for (const Entry &entry : entries) {
        put(bytes, entry.offset == behind ? 0 : entry.offset + 1);
        behind = entry.offset + entry.length;
    }
    return bytes;
}

std::string geometryOf(const DrawnFeature &feature)
{
    std::string bytes;
    TilePoint at;
    const auto step = [&](TilePoint to) {
        putStep(bytes, to.x - at.x);
        putStep(bytes, to.y - at.y);
        at = to;
    };
    for (const auto &part : feature.parts) {
        if (feature.kind == TileFeature::Kind::Points) {
            put(bytes, part.size() << 3 | 1);
            std::ranges::for_each(part, step);
            continue;
        }
        put(bytes, 1 << 3 | 1);
        step(part.front());
        put(bytes, (part.size() - 1) << 3 | 2);
        std::for_each(part.begin() + 1, part.end(), step);
        if (feature.kind == TileFeature::Kind::Polygons)
            put(bytes, 1 << 3 | 7);
    }
    return bytes;
}

std::string layerOf(const DrawnLayer &layer)
{
    std::string bytes, keys, values;
    putBlock(bytes, 1, layer.name);
    std::uint64_t known = 0;
    for (const DrawnFeature &feature : layer.features) {
        std::string message, tags;
        for (const auto &[key, value] : feature.tags) {
            putBlock(keys, 3, key);
            std::string text;
            putBlock(text, 1, value);
            putBlock(values, 4, text);
            put(tags, known);
            put(tags, known++);
        }
        putBlock(message, 2, tags);
        put(message, 3 << 3);
        put(message, static_cast<std::uint64_t>(feature.kind));
        putBlock(message, 4, geometryOf(feature));
        putBlock(bytes, 2, message);
    }
    bytes += keys + values;
    put(bytes, 5 << 3);
    put(bytes, layer.extent);
    put(bytes, 15 << 3);
    put(bytes, 2);
    return bytes;
}

} // namespace

std::string gzipped(const std::string &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string vectorTile(const std::vector<DrawnLayer> &layers)
{
    std::string bytes;
    for (const DrawnLayer &layer : layers)
        putBlock(bytes, 3, layerOf(layer));
    return bytes;
}

std::string archive(const std::map<TileId, std::string> &tiles, const ArchiveForm &form)
{
    const auto packed = [&form](const std::string &bytes) {
        return form.isGzipped ? gzipped(bytes) : bytes;
    };
    std::map<std::uint64_t, std::string> byNumber;
    std::uint8_t zoomMin = 26, zoomMax = 0;
    for (const auto &[id, bytes] : tiles) {
        byNumber[tileNumber(id).value()] = packed(bytes);
        zoomMin = std::min(zoomMin, id.zoom);
        zoomMax = std::max(zoomMax, id.zoom);
    }
    std::vector<Entry> entries;
    std::string data;
    for (const auto &[number, bytes] : byNumber) {
        entries.push_back({number, data.size(), static_cast<std::uint32_t>(bytes.size()), 1});
        data += bytes;
    }
    std::string leaves, root;
    if (form.hasLeaves) {
        std::vector<Entry> above;
        for (std::size_t i = 0; i < entries.size(); i += 2) {
            const auto first = entries.begin() + static_cast<std::ptrdiff_t>(i);
            const auto last = std::min(first + 2, entries.end());
            const std::string leaf = packed(directory({first, last}));
            above.push_back(
                {first->tile, leaves.size(), static_cast<std::uint32_t>(leaf.size()), 0});
            leaves += leaf;
        }
        root = packed(directory(above));
    } else {
        root = packed(directory(entries));
    }
    const std::string metadata = packed(form.metadata);
    std::string bytes = "PMTiles\x03";
    std::uint64_t at = 127;
    for (const auto *part : std::initializer_list<const std::string *>{&root, &metadata, &leaves,
                                                                   &data}) {
        putFixed(bytes, at, 8);
        putFixed(bytes, part->size(), 8);
        at += part->size();
    }
    for (int count = 0; count < 3; ++count)
        putFixed(bytes, entries.size(), 8);
    bytes += '\1'; // clustered
    bytes += form.isGzipped ? '\2' : '\1';
    bytes += form.isGzipped ? '\2' : '\1';
    bytes += static_cast<char>(form.kind);
    bytes += static_cast<char>(zoomMin);
    bytes += static_cast<char>(zoomMax);
    for (const double degrees : {-180.0, -85.0, 180.0, 85.0})
        putFixed(bytes, static_cast<std::uint32_t>(static_cast<std::int32_t>(degrees * 1e7)), 4);
    bytes.resize(127, '\0');
    return bytes + root + metadata + leaves + data;
}

PmTiles::Read readFrom(const std::string &bytes)
{
    return [&bytes](std::uint64_t offset, std::size_t length) -> Result<std::string> {
        if (offset > bytes.size() || length > bytes.size() - offset)
            return fail(ErrorCode::Unavailable, "read beyond the end");
        return bytes.substr(static_cast<std::size_t>(offset), length);
    };
}

} // namespace chrona::formats::fixture
