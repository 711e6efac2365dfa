// SPDX-License-Identifier: AGPL-3.0-or-later
#include "line_mask.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace chrona::ui {

namespace {

constexpr int kOneBits = 16, kOne = 1 << kOneBits; ///< a pixel

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
    const int aMax = steep ? m_height : m_width, bMax = steep ? m_width : m_height;
    const int first = std::max(0, int(std::floor(a0))),
              last = std::min(aMax - 1, int(std::floor(a1)));
    // In 65536ths of a pixel from here on: long lines have many steps, and a step is few additions.
    const auto fixed = [](double value) { return int(value * kOne); };
    const int spread = fixed(reach / across), reachFixed = fixed(reach);
    const int acrossPart = int(across * 256), strength = int(std::min(1.0, width) * 255);
    const std::ptrdiff_t nextB = steep ? 1 : m_width;
    for (int a = first; a <= last; ++a) {
        const int b = fixed(b0 + (std::clamp(a + 0.5, a0, a1) - a0) * slope);
        const int low = std::max(0, (b - spread) >> kOneBits);
        const int high = std::min(bMax - 1, (b + spread) >> kOneBits);
        std::uint8_t *cell = m_coverage.data() + (steep ? std::ptrdiff_t(a) * m_width : a) +
                             std::ptrdiff_t(low) * nextB;
        for (int k = low; k <= high; ++k, cell += nextB) {
            const int away = std::abs((k << kOneBits) + kOne / 2 - b);
            const int cover = reachFixed - (away >> 8) * acrossPart;
            const int value = std::clamp(cover, 0, kOne) * strength >> kOneBits;
            *cell = std::max(*cell, static_cast<std::uint8_t>(value));
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
