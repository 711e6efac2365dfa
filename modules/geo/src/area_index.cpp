// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/area_index.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chrona::geo {

namespace {

constexpr int kBands = 512;
constexpr double kEquatorKm = 40'075.0;

int bandOf(double coordinate)
{
    return std::clamp(static_cast<int>(coordinate * kBands), 0, kBands - 1);
}

/// Turns (bucket, value) pairs, visited twice in the same way, into starts and values.
template <class ForEach>
void fillBuckets(std::size_t bucketCount, std::vector<std::uint32_t> &starts,
                 std::vector<std::uint32_t> &values, ForEach forEach)
{
    starts.assign(bucketCount + 1, 0);
    forEach([&](std::size_t bucket, std::uint32_t) { ++starts[bucket + 1]; });
    for (std::size_t i = 1; i < starts.size(); ++i)
        starts[i] += starts[i - 1];
    values.resize(starts.back());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    forEach([&](std::size_t bucket, std::uint32_t value) { values[next[bucket]++] = value; });
}

double squaredDistance(MapPoint p, MapPoint a, MapPoint b)
{
    const double dx = double(b.x) - a.x, dy = double(b.y) - a.y;
    const double length = dx * dx + dy * dy;
    const double along = ((double(p.x) - a.x) * dx + (double(p.y) - a.y) * dy);
    const double t = length == 0 ? 0 : std::clamp(along / length, 0.0, 1.0);
    const double ex = a.x + t * dx - p.x, ey = a.y + t * dy - p.y;
    return ex * ex + ey * ey;
}

/// Whether the segment lies on the edge of the world, where areas were cut: no border is there.
bool isCut(MapPoint a, MapPoint b)
{
    return (a.x == b.x && (a.x == 0 || a.x == 1)) || (a.y == b.y && (a.y == 0 || a.y == 1));
}

} // namespace

AreaIndex AreaIndex::build(const BaseMap &map, AreaLayer layer)
{
    AreaIndex index;
    std::vector<MapPoint> outline;
    for (const Area &area : map.areas(layer)) {
        const auto number = static_cast<std::uint32_t>(index.m_codes.size());
        index.m_codes.push_back(area.code);
        for (std::uint32_t i = 0; i < area.ringCount; ++i) {
            map.outline(map.rings[area.firstRing + i], outline);
            index.addRing(outline, number);
        }
    }
    index.finish();
    return index;
}

AreaIndex AreaIndex::build(std::span<const NamedArea> areas)
{
    AreaIndex index;
    std::vector<MapPoint> outline;
    for (const NamedArea &area : areas) {
        const auto number = static_cast<std::uint32_t>(index.m_codes.size());
        index.m_codes.push_back(area.code);
        for (const schema::Polygon &polygon : area.polygons)
            for (const schema::Ring &ring : polygon) {
                outline.clear();
                for (const schema::GeoPoint &point : ring) {
                    const MercatorPoint at = project(point);
                    outline.push_back({float(at.x), float(at.y)});
                }
                index.addRing(outline, number);
            }
    }
    index.finish();
    return index;
}

void AreaIndex::addRing(std::span<const MapPoint> outline, std::uint32_t area)
{
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const MapPoint from = outline[i], to = outline[(i + 1) % outline.size()];
        if (from.x != to.x || from.y != to.y)
            m_segments.push_back({from, to, area});
    }
}

void AreaIndex::finish()
{
    fillBuckets(kBands, m_rowStarts, m_rowSegments, [this](auto add) {
        for (std::uint32_t i = 0; i < m_segments.size(); ++i) {
            const auto [low, high] = std::minmax(m_segments[i].from.y, m_segments[i].to.y);
            for (int row = bandOf(low); row <= bandOf(high); ++row)
                add(std::size_t(row), i);
        }
    });
    fillBuckets(std::size_t(kBands) * kBands, m_cellStarts, m_cellSegments, [this](auto add) {
        for (std::uint32_t i = 0; i < m_segments.size(); ++i) {
            const auto &[from, to, area] = m_segments[i];
            if (isCut(from, to))
                continue;
            const auto [low, high] = std::minmax(from.y, to.y);
            for (int row = bandOf(low); row <= bandOf(high); ++row) {
                // The columns that the segment crosses within this row, not those of its whole box.
                const double top = std::max<double>(low, double(row) / kBands);
                const double bottom = std::min<double>(high, double(row + 1) / kBands);
                const double slope =
                    from.y == to.y ? 0 : (double(to.x) - from.x) / (double(to.y) - from.y);
                double a = from.y == to.y ? from.x : from.x + (top - from.y) * slope;
                double b = from.y == to.y ? to.x : from.x + (bottom - from.y) * slope;
                if (a > b)
                    std::swap(a, b);
                for (int column = bandOf(a); column <= bandOf(b); ++column)
                    add(std::size_t(row) * kBands + column, i);
            }
        }
    });
}

std::optional<AreaIndex::Match> AreaIndex::find(schema::GeoPoint point, double nearestKmMax) const
{
    if (!std::isfinite(point.longitude) || !std::isfinite(point.latitude) || m_segments.empty())
        return std::nullopt;
    const MercatorPoint exact = project(point);
    const MapPoint at{float(exact.x), float(exact.y)};
    if (const auto area = around(at))
        return Match{*area, 0};
    return nearest(at, nearestKmMax);
}

std::optional<std::uint32_t> AreaIndex::around(MapPoint point) const
{
    // Areas whose border crosses the line east of the point an odd number of times hold the point.
    std::vector<std::uint32_t> crossed;
    const int row = bandOf(point.y);
    for (std::uint32_t k = m_rowStarts[row]; k < m_rowStarts[row + 1]; ++k) {
        const auto &[from, to, area] = m_segments[m_rowSegments[k]];
        if ((from.y > point.y) == (to.y > point.y))
            continue;
        const double along = (double(point.y) - from.y) / (double(to.y) - from.y);
        if (point.x < from.x + (double(to.x) - from.x) * along)
            crossed.push_back(area);
    }
    std::ranges::sort(crossed);
    for (std::size_t i = 0; i < crossed.size();) {
        std::size_t end = i;
        while (end < crossed.size() && crossed[end] == crossed[i])
            ++end;
        if ((end - i) % 2 == 1)
            return crossed[i];
        i = end;
    }
    return std::nullopt;
}

std::optional<AreaIndex::Match> AreaIndex::nearest(MapPoint point, double kmMax) const
{
    const double latitude = unproject({point.x, point.y}).latitude;
    const double kmPerUnit =
        kEquatorKm * std::max(0.05, std::cos(latitude * std::numbers::pi / 180.0));
    const double radius = kmMax / kmPerUnit;
    double bestSquare = radius * radius;
    std::optional<std::uint32_t> best;
    for (int row = bandOf(point.y - radius); row <= bandOf(point.y + radius); ++row)
        for (int column = bandOf(point.x - radius); column <= bandOf(point.x + radius); ++column) {
            const std::size_t cell = std::size_t(row) * kBands + column;
            for (std::uint32_t k = m_cellStarts[cell]; k < m_cellStarts[cell + 1]; ++k) {
                const Segment &segment = m_segments[m_cellSegments[k]];
                const double square = squaredDistance(point, segment.from, segment.to);
                if (square <= bestSquare) {
                    bestSquare = square;
                    best = segment.area;
                }
            }
        }
    if (!best)
        return std::nullopt;
    return Match{*best, std::sqrt(bestSquare) * kmPerUnit};
}

} // namespace chrona::geo
