// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/cap.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>
#include <numbers>

namespace chrona::formats {
namespace {

constexpr std::size_t kRingPointsMax = 100'000;
constexpr double kRadiusKmMax = 20'016; // half around the Earth
constexpr double kKmPerDegree = 111.195;
constexpr int kCirclePoints = 36;

/// The next number; commas and blanks both part numbers, so that CAP and GeoRSS read alike.
Result<double> nextNumber(std::string_view &text)
{
    const auto first = text.find_first_not_of(" \t\r\n,");
    if (first == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "ends where a number is due");
    text.remove_prefix(first);
    double value = 0;
    const char *begin = text.data() + (text.front() == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || !std::isfinite(value) ||
        (used < text.size() && std::string_view(" \t\r\n,").find(text[used]) == std::string::npos))
        return fail(ErrorCode::InvalidInput,
                    std::format("has \"{}\" where a number is due", text.substr(0, 24)));
    text.remove_prefix(used);
    return value;
}

bool isAtEnd(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n,") == std::string_view::npos;
}

Result<schema::GeoPoint> nextPoint(std::string_view &text)
{
    const auto latitude = nextNumber(text);
    if (!latitude)
        return std::unexpected(latitude.error());
    const auto longitude = nextNumber(text);
    if (!longitude)
        return std::unexpected(longitude.error());
    if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180)
        return fail(ErrorCode::InvalidInput,
                    std::format("has {},{}, which is not on Earth", *latitude, *longitude));
    return schema::GeoPoint{*longitude, *latitude};
}

double twiceArea(const schema::Ring &ring)
{
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i)
        sum += (ring[i - 1].longitude - ring[0].longitude) * (ring[i].latitude - ring[0].latitude) -
               (ring[i].longitude - ring[0].longitude) * (ring[i - 1].latitude - ring[0].latitude);
    return std::abs(sum);
}

} // namespace

Result<schema::Ring> readCapPolygon(std::string_view text)
{
    schema::Ring ring;
    while (!isAtEnd(text)) {
        const auto point = nextPoint(text);
        if (!point)
            return std::unexpected(point.error());
        ring.push_back(*point);
        if (ring.size() > kRingPointsMax)
            return fail(ErrorCode::InvalidInput,
                        std::format("has more than {} points", kRingPointsMax));
    }
    // Some publishers leave the last point to the reader.
    if (ring.size() >= 3 && ring.front() != ring.back())
        ring.push_back(ring.front());
    if (ring.size() < 4)
        return fail(ErrorCode::InvalidInput, "has fewer than four points");
    if (twiceArea(ring) == 0)
        return fail(ErrorCode::InvalidInput, "encloses nothing");
    return ring;
}

Result<CapCircle> readCapCircle(std::string_view text)
{
    const auto centre = nextPoint(text);
    if (!centre)
        return std::unexpected(centre.error());
    const auto radius = nextNumber(text);
    if (!radius)
        return std::unexpected(radius.error());
    if (*radius < 0 || *radius > kRadiusKmMax || !isAtEnd(text))
        return fail(ErrorCode::InvalidInput, "has no radius between 0 and 20016 km at its end");
    return CapCircle{*centre, *radius};
}

schema::Ring ringAround(const CapCircle &circle)
{
    schema::Ring ring;
    const double north = circle.radiusKm / kKmPerDegree;
    const double shrink = std::cos(circle.centre.latitude * std::numbers::pi / 180);
    const double east = north / std::max(shrink, 0.01);
    for (int i = 0; i < kCirclePoints; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCirclePoints;
        ring.push_back({std::clamp(circle.centre.longitude + east * std::cos(angle), -180.0, 180.0),
                        std::clamp(circle.centre.latitude + north * std::sin(angle), -90.0, 90.0)});
    }
    ring.push_back(ring.front());
    return ring;
}

} // namespace chrona::formats
