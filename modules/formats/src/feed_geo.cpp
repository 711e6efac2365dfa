// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_geo.h"

#include "chrona/base/ascii.h"

#include <charconv>
#include <cmath>
#include <string>

namespace chrona::formats {
namespace {

constexpr std::size_t kNumbersMax = 20'000;

schema::Geometry checked(schema::Geometry geometry)
{
    return schema::validate(geometry).empty() ? geometry : schema::Geometry{};
}

} // namespace

bool isGeographic(std::string_view srsName)
{
    if (trimmed(srsName).empty())
        return true;
    const std::string name = asciiLowered(trimmed(srsName));
    for (const std::string_view known : {"4326", "4269", "4258", "crs84", "wgs84"})
        if (name.ends_with(known))
            return true;
    return false;
}

std::vector<double> readNumbers(std::string_view text)
{
    std::vector<double> numbers;
    const auto isGap = [](char c) { return isAsciiBlank(c) || c == ',' || c == ';'; };
    while (true) {
        while (!text.empty() && isGap(text.front()))
            text.remove_prefix(1);
        if (text.empty())
            return numbers;
        if (text.front() == '+')
            text.remove_prefix(1);
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || !std::isfinite(number) || numbers.size() == kNumbersMax)
            return {};
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.empty() && !isGap(text.front()))
            return {};
        numbers.push_back(number);
    }
}

schema::Geometry pointFrom(const std::optional<double> &latitude,
                           const std::optional<double> &longitude)
{
    if (!latitude || !longitude)
        return {};
    return checked(schema::Geometry::at({.longitude = *longitude, .latitude = *latitude}));
}

schema::Geometry geometryFrom(FeedRole shape, std::string_view positions)
{
    const auto numbers = readNumbers(positions);
    std::vector<schema::GeoPoint> points;
    if (numbers.empty() || numbers.size() % 2 != 0)
        return {};
    for (std::size_t i = 0; i < numbers.size(); i += 2)
        points.push_back({.longitude = numbers[i + 1], .latitude = numbers[i]});
    schema::Geometry geometry;
    switch (shape) {
    case FeedRole::GeoPoint:
        return points.size() == 1 ? checked(schema::Geometry::at(points.front()))
                                  : schema::Geometry{};
    case FeedRole::GeoLine:
        if (points.size() < 2)
            return {};
        geometry.kind = schema::Geometry::Kind::Lines;
        geometry.lines = {std::move(points)};
        break;
    case FeedRole::GeoBox: {
        if (points.size() != 2)
            return {};
        const auto [low, high] = std::pair(points[0], points[1]);
        points = {low,
                  {.longitude = high.longitude, .latitude = low.latitude},
                  high,
                  {.longitude = low.longitude, .latitude = high.latitude},
                  low};
        geometry.kind = schema::Geometry::Kind::Areas;
        geometry.areas = {{std::move(points)}};
        break;
    }
    default:
        if (points.size() < 3)
            return {};
        if (points.front() != points.back())
            points.push_back(points.front());
        geometry.kind = schema::Geometry::Kind::Areas;
        geometry.areas = {{std::move(points)}};
    }
    return checked(std::move(geometry));
}

} // namespace chrona::formats
