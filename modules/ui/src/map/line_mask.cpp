// SPDX-License-Identifier: AGPL-3.0-or-later
#include "line_mask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace chrona::ui {

namespace {

constexpr int kOneBits = 16, kOne = 1 << kOneBits; ///< a pixel
constexpr int kTableSpread = 2 * kOne; ///< wider lines reach more pixels than the table has
constexpr int kTableWorth = 48;        ///< steps that a table must be used for to be worth making
constexpr double kMargin = 3.1;        ///< from the sides: whatever the table reaches is inside

/// Shortens the segment to the box by its sides in turn (Liang and Barsky); false: nothing is left.
bool clip(QPointF &from, QPointF &to, double width, double height, double margin)
{
    const double dx = to.x() - from.x(), dy = to.y() - from.y();
    double enter = 0, leave = 1;
    const double deltas[] = {-dx, dx, -dy, dy};
    const double rooms[] = {from.x() + margin, width + margin - from.x(), from.y() + margin,
                            height + margin - from.y()};
    for (int side = 0; side < 4; ++side) {
        if (deltas[side] == 0) {
            if (rooms[side] < 0)
                return false;
            continue;
        }
        const double at = rooms[side] / deltas[side];
        if (deltas[side] < 0)
            enter = std::max(enter, at);
        else
            leave = std::min(leave, at);
        if (enter > leave)
            return false;
    }
    const QPointF start = from;
    to = {start.x() + dx * leave, start.y() + dy * leave};
    from = {start.x() + dx * enter, start.y() + dy * enter};
    return true;
}

QRgb blended(QRgb under, QRgb over, std::uint32_t coverage)
{
    const auto channel = [=](int shift) {
        const std::uint32_t a = (under >> shift) & 0xFF, b = (over >> shift) & 0xFF;
        return ((a * (255 - coverage) + b * coverage + 127) / 255) << shift;
    };
    return 0xFF000000u | channel(16) | channel(8) | channel(0);
}

} // namespace

void LineMask::reset(int width, int height)
{
    m_width = width;
    m_height = height;
    m_coverage.assign(std::size_t(width) * height, 0);
}

/// A line along the axis on which it is longer: at every step `a` it covers few pixels across.
/// In 65536ths of a pixel, since long lines have many steps and a step is few additions.
struct LineMask::Line {
    double a0, b0, a1, slope;
    std::ptrdiff_t nextA, nextB; ///< to the neighbouring cells
    int bMax;
    int spread;     ///< half of what is covered, on the axis across
    int reach;      ///< the same at a right angle to the line
    int acrossPart; ///< of a pixel on the axis across, at a right angle, in 256ths
    int strength;

    [[nodiscard]] double at(int a) const { return b0 + (std::clamp(a + 0.5, a0, a1) - a0) * slope; }
    [[nodiscard]] std::uint8_t coverage(int away) const
    {
        const int cover = reach - (std::abs(away) >> 8) * acrossPart;
        return static_cast<std::uint8_t>(std::clamp(cover, 0, kOne) * strength >> kOneBits);
    }
};

void LineMask::addSegment(QPointF from, QPointF to, double width)
{
    if (!clip(from, to, m_width, m_height, 2))
        return;
    const bool steep = std::abs(to.y() - from.y()) > std::abs(to.x() - from.x());
    double a0 = steep ? from.y() : from.x(), b0 = steep ? from.x() : from.y();
    double a1 = steep ? to.y() : to.x(), b1 = steep ? to.x() : to.y();
    if (a0 > a1) {
        std::swap(a0, a1);
        std::swap(b0, b1);
    }
    const double slope = a1 > a0 ? (b1 - b0) / (a1 - a0) : 0;
    const double across =
        1 / std::sqrt(1 + slope * slope); // from along the minor axis to across the line
    const double reach = width / 2 + 0.5;
    const int aMax = steep ? m_height : m_width;
    const Line line{.a0 = a0,
                    .b0 = b0,
                    .a1 = a1,
                    .slope = slope,
                    .nextA = steep ? m_width : 1,
                    .nextB = steep ? 1 : m_width,
                    .bMax = steep ? m_width : m_height,
                    .spread = int(reach / across * kOne),
                    .reach = int(reach * kOne),
                    .acrossPart = int(across * 256),
                    .strength = int(std::min(1.0, width) * 255)};
    const int first = std::max(0, int(std::floor(a0)));
    const int end = std::min(aMax - 1, int(std::floor(a1))) + 1;
    // The ends, and what leaves the picture sideways, step by step; the rest from a table.
    int begin = first + 1, last = end - 1;
    const auto isInside = [&line](int a) {
        const double b = line.at(a);
        return b > kMargin && b < line.bMax - kMargin;
    };
    if (line.spread > kTableSpread || last - begin < kTableWorth) {
        addSteps(line, first, end);
        return;
    }
    while (begin < last && !isInside(begin))
        ++begin;
    while (last > begin && !isInside(last - 1))
        --last;
    addSteps(line, first, begin);
    addTabled(line, begin, last);
    addSteps(line, last, end);
}

void LineMask::addSteps(const Line &line, int begin, int end)
{
    for (int a = begin; a < end; ++a) {
        const int b = int(line.at(a) * kOne);
        const int low = std::max(0, (b - line.spread) >> kOneBits);
        const int high = std::min(line.bMax - 1, (b + line.spread) >> kOneBits);
        std::uint8_t *cell = m_coverage.data() + a * line.nextA + low * line.nextB;
        for (int k = low; k <= high; ++k, cell += line.nextB)
            *cell = std::max(*cell, line.coverage((k << kOneBits) + kOne / 2 - b));
    }
}

/// The coverage of the pixels across depends on where between two of them the line passes, and a
/// 32nd of a pixel is near enough.
void LineMask::addTabled(const Line &line, int begin, int end)
{
    if (begin >= end)
        return;
    constexpr int kParts = 32, kCells = 5, kHalf = kCells / 2;
    std::array<std::array<std::uint8_t, 8>, kParts> table{};
    for (int part = 0; part < kParts; ++part)
        for (int cell = 0; cell < kCells; ++cell)
            table[std::size_t(part)][std::size_t(cell)] = line.coverage(
                ((cell - kHalf) << kOneBits) + kOne / 2 - (2 * part + 1) * kOne / (2 * kParts));
    const bool isThin = line.spread <= kOne + kOne / 2 - kOne / (2 * kParts); // three reach it all
    const int step = int(std::lround(line.slope * kOne));
    int b = int(line.at(begin) * kOne);
    std::uint8_t *base = m_coverage.data() + begin * line.nextA;
    for (int a = begin; a < end; ++a, b += step, base += line.nextA) {
        const auto &values = table[std::size_t((b & (kOne - 1)) * kParts >> kOneBits)];
        std::uint8_t *cells = base + (b >> kOneBits) * line.nextB;
        const auto add = [&](int cell) {
            std::uint8_t &covered = cells[cell * line.nextB];
            covered = std::max(covered, values[std::size_t(cell + kHalf)]);
        };
        add(-1);
        add(0);
        add(1);
        if (!isThin) {
            add(-2);
            add(2);
        }
    }
}

void LineMask::take(LineMask &other)
{
    for (std::size_t i = 0; i < m_coverage.size(); ++i)
        m_coverage[i] = std::max(m_coverage[i], other.m_coverage[i]);
    std::ranges::fill(other.m_coverage, std::uint8_t(0));
}

void LineMask::paintOn(QImage &image, const QColor &color)
{
    const QRgb rgb = color.rgb();
    const auto opacity = static_cast<std::uint32_t>(color.alpha());
    for (int y = 0; y < m_height; ++y) {
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        std::uint8_t *coverage = m_coverage.data() + std::size_t(y) * m_width;
        for (int x = 0; x < m_width;) {
            std::uint64_t eight = 1;
            if (x + 8 <= m_width)
                std::memcpy(&eight, coverage + x, 8);
            if (eight == 0) {
                x += 8;
                continue;
            }
            if (coverage[x] != 0)
                pixels[x] = blended(pixels[x], rgb, coverage[x] * opacity / 255);
            ++x;
        }
    }
    std::ranges::fill(m_coverage, std::uint8_t(0));
}

} // namespace chrona::ui
