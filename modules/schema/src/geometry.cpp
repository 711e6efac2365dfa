// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/geometry.h"

#include "checks.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <numbers>
#include <numeric>

namespace chrona::schema {
namespace {

/// A span of longitudes, from ≤ to.
struct Span {
    double from, to;
};

constexpr double kRadians = std::numbers::pi / 180;

class Bounds {
public:
    void addPoint(GeoPoint point) { add(point, point); }
    void addPath(const std::vector<GeoPoint> &path)
    {
        if (path.size() == 1)
            addPoint(path.front());
        for (std::size_t i = 1; i < path.size(); ++i)
            add(path[i - 1], path[i]);
    }
    [[nodiscard]] GeoBox box()
    {
        if (m_spans.empty())
            return {};
        const Span span = coveringSpan();
        return {span.from, m_south, span.to, m_north};
    }

private:
    void add(GeoPoint a, GeoPoint b)
    {
        m_spans.push_back({std::min(a.longitude, b.longitude), std::max(a.longitude, b.longitude)});
        m_south = std::min({m_south, a.latitude, b.latitude});
        m_north = std::max({m_north, a.latitude, b.latitude});
    }
    /// What is left of the circle of longitudes when its largest uncovered gap is taken out.
    [[nodiscard]] Span coveringSpan()
    {
        std::ranges::sort(m_spans, {}, &Span::from);
        double reach = m_spans.front().to;
        double gapMax = 0;
        Span inner{};
        for (const Span &span : m_spans) {
            if (span.from - reach > gapMax) {
                gapMax = span.from - reach;
                inner = {span.from, reach};
            }
            reach = std::max(reach, span.to);
        }
        const Span whole{m_spans.front().from, reach};
        const double outerGap = whole.from + 360 - whole.to;
        return gapMax > outerGap ? inner : whole;
    }

    std::vector<Span> m_spans;
    double m_south = 90, m_north = -90;
};

GeoPoint middleOf(const std::vector<GeoPoint> &line)
{
    const auto length = [](GeoPoint a, GeoPoint b) {
        const double shrink = std::cos((a.latitude + b.latitude) / 2 * kRadians);
        return std::hypot((b.longitude - a.longitude) * shrink, b.latitude - a.latitude);
    };
    double total = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        total += length(line[i - 1], line[i]);
    double rest = total / 2;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const GeoPoint a = line[i - 1];
        const GeoPoint b = line[i];
        const double step = length(a, b);
        if (step >= rest && step > 0) {
            const double share = rest / step;
            return {std::lerp(a.longitude, b.longitude, share),
                    std::lerp(a.latitude, b.latitude, share)};
        }
        rest -= step;
    }
    return line.front();
}

struct Centroid {
    double area = 0; ///< not negative
    GeoPoint at;
};

/// In the cylindrical equal-area projection, so that areas compare as they are on the globe.
Centroid centroidOf(const Ring &ring)
{
    const GeoPoint origin = ring.front();
    const auto x = [&](GeoPoint p) { return p.longitude - origin.longitude; };
    const double originY = std::sin(origin.latitude * kRadians);
    const auto y = [&](GeoPoint p) { return std::sin(p.latitude * kRadians) - originY; };
    double twice = 0, sumX = 0, sumY = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double cross = x(ring[i - 1]) * y(ring[i]) - x(ring[i]) * y(ring[i - 1]);
        twice += cross;
        sumX += (x(ring[i - 1]) + x(ring[i])) * cross;
        sumY += (y(ring[i - 1]) + y(ring[i])) * cross;
    }
    // A ring without area: a point or a line walked there and back.
    if (std::abs(twice) < 1e-18)
        return {0, middleOf(ring)};
    const double sine = std::clamp(sumY / (3 * twice) + originY, -1.0, 1.0);
    return {std::abs(twice) / 2,
            {std::clamp(sumX / (3 * twice) + origin.longitude, -180.0, 180.0),
             std::asin(sine) / kRadians}};
}

GeoPoint centreOf(const MultiPolygon &areas)
{
    Centroid best{-1, {}};
    for (const Polygon &polygon : areas) {
        if (polygon.empty() || polygon.front().empty())
            continue;
        if (const Centroid centroid = centroidOf(polygon.front()); centroid.area > best.area)
            best = centroid;
    }
    return best.at;
}

void checkPath(Checks &checks, const std::string &field, const std::vector<GeoPoint> &path)
{
    for (std::size_t i = 0; i < path.size(); ++i) {
        Checks one;
        one.point(std::format("{}[{}]", field, i), path[i]);
        for (const Fault &fault : one.take())
            checks.add(fault.field, fault.reason);
    }
}

} // namespace

GeoBox boundsOf(const Geometry &geometry)
{
    Bounds bounds;
    for (const GeoPoint &point : geometry.points)
        bounds.addPoint(point);
    for (const auto &line : geometry.lines)
        bounds.addPath(line);
    for (const Polygon &polygon : geometry.areas) {
        if (!polygon.empty())
            bounds.addPath(polygon.front());
    }
    return bounds.box();
}

bool doTouch(const GeoBox &one, const GeoBox &other)
{
    const bool oneWraps = one.west > one.east, otherWraps = other.west > other.east;
    const bool isBeside = one.west > other.east || other.west > one.east;
    const bool isApart = oneWraps == otherWraps ? !oneWraps && isBeside
                                                : one.west > other.east && other.west > one.east;
    return !isApart && one.south <= other.north && other.south <= one.north;
}

GeoPoint anchorOf(const Geometry &geometry)
{
    switch (geometry.kind) {
    case Geometry::Kind::Point:
        return geometry.points.empty() ? GeoPoint{} : geometry.points.front();
    case Geometry::Kind::Lines: {
        const auto longest = std::ranges::max_element(geometry.lines, {},
                                                      [](const auto &line) { return line.size(); });
        const bool any = longest != geometry.lines.end() && !longest->empty();
        return any ? middleOf(*longest) : GeoPoint{};
    }
    case Geometry::Kind::Areas: return centreOf(geometry.areas);
    case Geometry::Kind::None: break;
    }
    return {};
}

std::size_t pointCount(const Geometry &geometry)
{
    std::size_t count = geometry.points.size();
    for (const auto &line : geometry.lines)
        count += line.size();
    for (const Polygon &polygon : geometry.areas) {
        for (const Ring &ring : polygon)
            count += ring.size();
    }
    return count;
}

Faults validate(const Geometry &geometry)
{
    using Kind = Geometry::Kind;
    Checks checks;
    checks.require(geometry.kind == Kind::Point ? !geometry.points.empty()
                                                : geometry.points.empty(),
                   "points", "do not fit the kind of geometry");
    checks.require(geometry.kind == Kind::Lines ? !geometry.lines.empty() : geometry.lines.empty(),
                   "lines", "do not fit the kind of geometry");
    checks.require(geometry.kind == Kind::Areas ? !geometry.areas.empty() : geometry.areas.empty(),
                   "areas", "do not fit the kind of geometry");
    checkPath(checks, "points", geometry.points);
    for (std::size_t i = 0; i < geometry.lines.size(); ++i) {
        const std::string field = std::format("lines[{}]", i);
        checks.require(geometry.lines[i].size() >= 2, field, "has fewer than two points");
        checkPath(checks, field, geometry.lines[i]);
    }
    for (std::size_t i = 0; i < geometry.areas.size(); ++i) {
        checks.require(!geometry.areas[i].empty(), std::format("areas[{}]", i), "has no ring");
        for (std::size_t j = 0; j < geometry.areas[i].size(); ++j) {
            const Ring &ring = geometry.areas[i][j];
            const std::string field = std::format("areas[{}][{}]", i, j);
            if (ring.size() < 4)
                checks.add(field, "has fewer than four points");
            else
                checks.require(ring.front() == ring.back(), field, "is not closed");
            checkPath(checks, field, ring);
        }
    }
    return checks.take();
}

} // namespace chrona::schema
