// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/measure.h"

#include "chrona/geo/mercator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chrona::geo {
namespace {

constexpr double kMajor = 6378.137, kFlattening = 1 / 298.257223563; // WGS 84, km
constexpr double kMinor = kMajor * (1 - kFlattening);
constexpr double kAuthalicRadius = 6371.0071809;
constexpr double kDegree = std::numbers::pi / 180;

/// sin of the latitude on the sphere of equal area.
double authalicSine(double latitude)
{
    const double e = std::sqrt(kFlattening * (2 - kFlattening));
    const auto q = [e](double sine) {
        return (1 - e * e) *
               (sine / (1 - e * e * sine * sine) -
                std::log((1 - e * sine) / (1 + e * sine)) / (2 * e));
    };
    return std::clamp(q(std::sin(latitude)) / q(1), -1.0, 1.0);
}

} // namespace

double geodesicKm(schema::GeoPoint from, schema::GeoPoint to)
{
    const double across = (to.longitude - from.longitude) * kDegree;
    const double u1 = std::atan((1 - kFlattening) * std::tan(from.latitude * kDegree));
    const double u2 = std::atan((1 - kFlattening) * std::tan(to.latitude * kDegree));
    const double sin1 = std::sin(u1), cos1 = std::cos(u1), sin2 = std::sin(u2), cos2 = std::cos(u2);
    double lambda = across;
    for (int round = 0; round < 100; ++round) {
        const double sinL = std::sin(lambda), cosL = std::cos(lambda);
        const double sinS = std::hypot(cos2 * sinL, cos1 * sin2 - sin1 * cos2 * cosL);
        if (sinS == 0)
            return 0;
        const double cosS = sin1 * sin2 + cos1 * cos2 * cosL;
        const double sigma = std::atan2(sinS, cosS);
        const double sinA = cos1 * cos2 * sinL / sinS, cos2A = 1 - sinA * sinA;
        const double cosM = cos2A > 0 ? cosS - 2 * sin1 * sin2 / cos2A : 0;
        const double c = kFlattening / 16 * cos2A * (4 + kFlattening * (4 - 3 * cos2A));
        const double last = lambda;
        lambda = across + (1 - c) * kFlattening * sinA *
                              (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
        if (std::abs(lambda - last) > 1e-12)
            continue;
        const double k = cos2A * (kMajor * kMajor / (kMinor * kMinor) - 1);
        const double a = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)));
        const double b = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)));
        const double step =
            b * sinS *
            (cosM + b / 4 *
                        (cosS * (2 * cosM * cosM - 1) -
                         b / 6 * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3)));
        return kMinor * a * (sigma - step);
    }
    return distanceKm(from, to);
}

double lengthKm(std::span<const schema::GeoPoint> line)
{
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        length += geodesicKm(line[i - 1], line[i]);
    return length;
}

double areaKm2(std::span<const schema::GeoPoint> ring)
{
    // The spherical excess of the strip between each side and the equator.
    double excess = 0, turn = 0;
    const auto halfTangent = [](schema::GeoPoint point) {
        return std::tan(std::asin(authalicSine(point.latitude * kDegree)) / 2);
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const schema::GeoPoint &a = ring[i], &b = ring[(i + 1) % ring.size()];
        const double step = std::remainder((b.longitude - a.longitude) * kDegree,
                                           2 * std::numbers::pi);
        const double ta = halfTangent(a), tb = halfTangent(b);
        excess += 2 * std::atan2(std::tan(step / 2) * (ta + tb), 1 + ta * tb);
        turn += step;
    }
    excess = std::abs(excess);
    // Around a pole the strips reach to the equator: what is left of the half sphere lies within.
    if (std::abs(turn) > std::numbers::pi)
        excess = 2 * std::numbers::pi - excess;
    return std::abs(excess) * kAuthalicRadius * kAuthalicRadius;
}

} // namespace chrona::geo
