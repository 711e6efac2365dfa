// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/vector_tile.h"

#include "varint.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <format>
#include <optional>

namespace chrona::formats {
namespace {

constexpr std::int64_t kCoordinateMax = 1 << 24; ///< in units of the extent, either side
constexpr std::uint32_t kExtentMax = 1 << 20;

std::unexpected<Error> refuseTile(std::string_view reason)
{
    return fail(ErrorCode::InvalidInput, std::format("a vector tile is broken: {}", reason));
}

/// One field of a protocol buffer: a number, or bytes.
struct WireField {
    std::uint32_t number = 0;
    std::uint32_t wire = 0;
    std::uint64_t value = 0;
    std::string_view bytes;
};

/// nullopt at the end, or where the reader broke.
std::optional<WireField> nextField(VarintReader &reader)
{
    if (reader.isAtEnd())
        return std::nullopt;
    const std::uint64_t tag = reader.number();
    WireField field{static_cast<std::uint32_t>(tag >> 3), static_cast<std::uint32_t>(tag & 7), 0,
                    {}};
    switch (field.wire) {
    case 0: field.value = reader.number(); break;
    case 1: field.bytes = reader.bytes(8); break;
    case 2: field.bytes = reader.block(); break;
    case 5: field.bytes = reader.bytes(4); break;
    default: reader.setBroken();
    }
    if (tag > UINT32_MAX)
        reader.setBroken();
    return reader.isBroken() ? std::nullopt : std::optional(field);
}

template <class To> To bitsOf(std::string_view bytes)
{
    std::array<char, sizeof(To)> raw{};
    bytes.copy(raw.data(), raw.size()); // of another type than it says: fewer, or none
    if constexpr (std::endian::native == std::endian::big)
        std::ranges::reverse(raw);
    return std::bit_cast<To>(raw);
}

std::string valueText(std::string_view message)
{
    VarintReader reader(message);
    std::string text;
    while (const auto field = nextField(reader)) {
        switch (field->number) {
        case 1: text = field->bytes; break;
        case 2: text = std::format("{}", bitsOf<float>(field->bytes)); break;
        case 3: text = std::format("{}", bitsOf<double>(field->bytes)); break;
        case 4: text = std::format("{}", static_cast<std::int64_t>(field->value)); break;
        case 5: text = std::format("{}", field->value); break;
        case 6:
            text = std::format("{}", static_cast<std::int64_t>(field->value >> 1) ^
                                         -static_cast<std::int64_t>(field->value & 1));
            break;
        case 7: text = field->value != 0 ? "true" : "false"; break;
        default: break;
        }
    }
    return text;
}

/// Commands of a pen: move, draw, close.
Status readParts(std::string_view commands, TileFeature &feature)
{
    enum Command : std::uint32_t { MoveTo = 1, LineTo = 2, ClosePath = 7 };
    VarintReader reader(commands);
    std::int64_t x = 0, y = 0;
    const bool arePoints = feature.kind == TileFeature::Kind::Points;
    while (!reader.isAtEnd()) {
        const std::uint64_t word = reader.number();
        const auto command = static_cast<std::uint32_t>(word & 7);
        const std::uint64_t count = word >> 3;
        if (command == ClosePath)
            continue;
        // Each point takes two bytes at least.
        if ((command != MoveTo && command != LineTo) || count > reader.left() / 2)
            return refuseTile("its geometry holds an unknown command or too few numbers");
        for (std::uint64_t i = 0; i < count; ++i) {
            x += reader.zigzag();
            y += reader.zigzag();
            if (std::max(std::abs(x), std::abs(y)) > kCoordinateMax)
                return refuseTile("its geometry reaches too far");
            if (feature.parts.empty() || (command == MoveTo && !arePoints))
                feature.parts.emplace_back();
            feature.parts.back().push_back(
                {static_cast<std::int32_t>(x), static_cast<std::int32_t>(y)});
        }
    }
    return reader.isBroken() ? Status(refuseTile("its geometry is cut off")) : Status();
}

Result<TileFeature> readFeature(std::string_view message, const TileLayer &layer)
{
    VarintReader reader(message);
    TileFeature feature;
    std::string_view geometry, tags;
    while (const auto field = nextField(reader)) {
        switch (field->number) {
        case 2: tags = field->bytes; break;
        case 3: feature.kind = static_cast<TileFeature::Kind>(field->value <= 3 ? field->value : 0);
            break;
        case 4: geometry = field->bytes; break;
        default: break;
        }
    }
    if (reader.isBroken())
        return refuseTile("a feature is cut off");
    VarintReader pairs(tags);
    while (!pairs.isAtEnd()) {
        const std::uint64_t key = pairs.number(), value = pairs.number();
        if (pairs.isBroken() || key >= layer.keys.size() || value >= layer.values.size())
            return refuseTile("a feature has a property that its layer has not");
        feature.tags.emplace_back(static_cast<std::uint32_t>(key),
                                  static_cast<std::uint32_t>(value));
    }
    if (auto read = readParts(geometry, feature); !read)
        return std::unexpected(read.error());
    return feature;
}

/// nullopt: of a version that nobody knows.
Result<std::optional<TileLayer>> readLayer(std::string_view message)
{
    VarintReader reader(message);
    TileLayer layer;
    std::uint64_t version = 1, extent = 4096;
    std::vector<std::string_view> features; // keys and values may come behind them
    while (const auto field = nextField(reader)) {
        switch (field->number) {
        case 1: layer.name = field->bytes; break;
        case 2: features.push_back(field->bytes); break;
        case 3: layer.keys.emplace_back(field->bytes); break;
        case 4: layer.values.push_back(valueText(field->bytes)); break;
        case 5: extent = field->value; break;
        case 15: version = field->value; break;
        default: break;
        }
    }
    if (reader.isBroken())
        return refuseTile("a layer is cut off");
    if (version != 1 && version != 2)
        return std::nullopt;
    if (extent == 0 || extent > kExtentMax)
        return refuseTile("a layer has no extent that makes sense");
    layer.extent = static_cast<std::uint32_t>(extent);
    for (const std::string_view each : features) {
        auto feature = readFeature(each, layer);
        if (!feature)
            return std::unexpected(feature.error());
        layer.features.push_back(std::move(*feature));
    }
    return layer;
}

} // namespace

std::string_view TileLayer::valueOf(const TileFeature &feature, std::string_view key) const
{
    for (const auto &[keyAt, valueAt] : feature.tags)
        if (keys[keyAt] == key)
            return values[valueAt];
    return {};
}

Result<std::vector<TileLayer>> readVectorTile(std::string_view bytes)
{
    VarintReader reader(bytes);
    std::vector<TileLayer> layers;
    while (const auto field = nextField(reader)) {
        if (field->number != 3 || field->wire != 2)
            continue;
        auto layer = readLayer(field->bytes);
        if (!layer)
            return std::unexpected(layer.error());
        if (*layer)
            layers.push_back(std::move(**layer));
    }
    if (reader.isBroken())
        return refuseTile("it is cut off");
    return layers;
}

} // namespace chrona::formats
