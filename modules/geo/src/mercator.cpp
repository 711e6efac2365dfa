// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/mercator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chrona::geo {

namespace {
constexpr double kEarthRadiusKm = 6371.0088;
constexpr double kEquatorMetres = 40'075'016.685578;

double radians(double degrees)
{
    return degrees * std::numbers::pi / 180.0;
}
} // namespace

MercatorPoint project(schema::GeoPoint point)
{
    const double latitude = std::clamp(point.latitude, -kLatitudeMax, kLatitudeMax);
    const double stretched = std::log(std::tan(std::numbers::pi / 4 + radians(latitude) / 2));
    return {(point.longitude + 180.0) / 360.0, 0.5 - stretched / (2 * std::numbers::pi)};
}

schema::GeoPoint unproject(MercatorPoint point)
{
    const double x = point.x - std::floor(point.x);
    const double stretched = (0.5 - point.y) * 2 * std::numbers::pi;
    const double latitude = std::atan(std::sinh(stretched)) * 180.0 / std::numbers::pi;
    return {x * 360.0 - 180.0, latitude};
}

double worldPixels(double zoom)
{
    return kTilePixels * std::exp2(zoom);
}

double metresPerPixel(double latitude, double zoom)
{
    return kEquatorMetres * std::cos(radians(latitude)) / worldPixels(zoom);
}

double distanceKm(schema::GeoPoint from, schema::GeoPoint to)
{
    const double dLatitude = std::sin(radians(to.latitude - from.latitude) / 2);
    const double dLongitude = std::sin(radians(to.longitude - from.longitude) / 2);
    const double a = dLatitude * dLatitude + std::cos(radians(from.latitude)) *
                                                 std::cos(radians(to.latitude)) * dLongitude *
                                                 dLongitude;
    return 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(a)));
}

} // namespace chrona::geo
