// SPDX-License-Identifier: AGPL-3.0-or-later
#include "query.h"

#include <charconv>
#include <cmath>
#include <vector>

namespace chrona::cli {
namespace {

/// Four numbers with commas between them, or nothing.
std::optional<std::array<double, 4>> fourNumbers(std::string_view text)
{
    std::array<double, 4> numbers{};
    for (std::size_t index = 0; index < numbers.size(); ++index) {
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), numbers[index]);
        const bool last = index + 1 == numbers.size();
        const bool ended = end == text.data() + text.size();
        if (error != std::errc{} || !std::isfinite(numbers[index]) || ended != last ||
            (!last && *end != ','))
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + (last ? 0 : 1));
    }
    return numbers;
}

} // namespace

Result<std::optional<schema::GeoBox>> boxFrom(const Arguments &arguments)
{
    const auto text = arguments.value("bbox");
    if (!text)
        return std::nullopt;
    const auto numbers = fourNumbers(*text);
    if (!numbers)
        return fail(
            ErrorCode::InvalidInput,
            std::format("--bbox is \"{}\", must be WEST,SOUTH,EAST,NORTH in degrees", *text));
    const auto [west, south, east, north] = *numbers;
    if (std::abs(west) > 180 || std::abs(east) > 180 || south < -90 || north > 90 || south > north)
        return fail(ErrorCode::InvalidInput, std::format("--bbox {} is outside the world", *text));
    return schema::GeoBox{west, south, east, north};
}

Result<std::int64_t> limitFrom(const Arguments &arguments)
{
    const auto limit = arguments.integer("limit");
    if (!limit)
        return std::unexpected(limit.error());
    if (*limit && **limit < 0)
        return fail(ErrorCode::InvalidInput, "--limit must not be negative");
    return limit->value_or(kQueryLimitDefault);
}

Result<QueryFormat> formatFrom(const Arguments &arguments, bool mayBeGeoJson)
{
    const std::string word = arguments.value("format").value_or("ndjson");
    if (word == "ndjson")
        return QueryFormat::NdJson;
    if (word == "csv")
        return QueryFormat::Csv;
    if (word == "geojson" && mayBeGeoJson)
        return QueryFormat::GeoJson;
    return fail(ErrorCode::InvalidInput, std::format("--format is \"{}\", must be ndjson, csv{}",
                                                     word, mayBeGeoJson ? " or geojson" : ""));
}

} // namespace chrona::cli
