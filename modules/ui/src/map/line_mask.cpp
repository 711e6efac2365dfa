// SPDX-License-Identifier: AGPL-3.0-or-later
#include "line_mask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#include <utility>

namespace chrona::ui {

namespace {

constexpr int kOneBits = 16, kOne = 1 << kOneBits; ///< a pixel
constexpr double kMaskBeyond = 2; ///< so far beyond the picture's sides lines still begin and end
constexpr int kMaskBorder = 8;    ///< pixels: more than kMaskBeyond and half a profile
constexpr double kProfiledMost = 3.5; ///< on the axis across: wider lines reach more pixels

/// Shortens the segment to the box by its sides in turn (Liang and Barsky); false: nothing is left.
bool clip(QPointF &from, QPointF &to, double width, double height, double margin)
{
    const auto isInside = [&](QPointF at) {
        return at.x() >= -margin && at.x() <= width + margin && at.y() >= -margin &&
               at.y() <= height + margin;
    };
    if (isInside(from) && isInside(to))
        return true;
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

/// The larger ones of eight at once.
void raiseEight(std::uint8_t *cells, const std::uint8_t *values)
{
    std::array<std::uint8_t, 8> now{}, wanted{};
    std::memcpy(now.data(), cells, now.size());
    std::memcpy(wanted.data(), values, wanted.size());
    for (std::size_t at = 0; at < now.size(); ++at)
        now[at] = now[at] > wanted[at] ? now[at] : wanted[at];
    std::memcpy(cells, now.data(), now.size());
}

} // namespace

LineMask::LineMask() : m_profileAt(std::size_t(kSlopes + 1) * kWidthLevels) {}

void LineMask::reset(int width, int height)
{
    const int stride = width + 2 * kMaskBorder;
    const std::size_t size = std::size_t(stride) * (height + 2 * kMaskBorder);
    if (!m_isEmpty || m_coverage.size() != size)
        m_coverage.assign(size, 0);
    m_width = width;
    m_height = height;
    m_stride = stride;
    m_isEmpty = true;
}

/// A line along the axis on which it is longer: at every step `a` it covers few pixels across.
struct LineMask::Line {
    double a0, b0, a1, slope, width;
    std::ptrdiff_t nextA, nextB; ///< to the neighbouring cells
    int bMost;                   ///< the last cell across, with the border
    double across;               ///< from along the axis across to at a right angle to the line

    [[nodiscard]] int first() const { return int(std::floor(a0)); }
    [[nodiscard]] int last() const { return int(std::floor(a1)); }
    /// Where it passes at a step, in 65536ths of a pixel. At its ends it goes on evenly.
    [[nodiscard]] int at(int a) const
    {
        return int((b0 + (std::clamp(a + 0.5, a0, a1) - a0) * slope) * kOne);
    }
    [[nodiscard]] double reach() const { return width / 2 + 0.5; }
    /// Of a pixel whose middle is so far away on the axis across.
    [[nodiscard]] std::uint8_t coverage(double away) const
    {
        const double cover = reach() - std::abs(away) * across;
        return static_cast<std::uint8_t>(std::clamp(cover, 0.0, 1.0) * std::min(1.0, width) * 255);
    }
};

void LineMask::addSegment(QPointF from, QPointF to, double width)
{
    if (!clip(from, to, m_width, m_height, kMaskBeyond))
        return;
    m_isEmpty = false;
    const bool steep = std::abs(to.y() - from.y()) > std::abs(to.x() - from.x());
    Line line{.a0 = steep ? from.y() : from.x(),
              .b0 = steep ? from.x() : from.y(),
              .a1 = steep ? to.y() : to.x(),
              .slope = 0,
              .width = width,
              .nextA = steep ? m_stride : 1,
              .nextB = steep ? 1 : m_stride,
              .bMost = (steep ? m_width : m_height) + kMaskBorder - 1,
              .across = 1};
    double b1 = steep ? to.x() : to.y();
    if (line.a0 > line.a1) {
        std::swap(line.a0, line.a1);
        std::swap(line.b0, b1);
    }
    line.slope = line.a1 > line.a0 ? (b1 - line.b0) / (line.a1 - line.a0) : 0;
    // By the slope's square and not its root: what is asked is only whether a profile is enough.
    const double reach = line.reach();
    if (reach * reach * (1 + line.slope * line.slope) <= kProfiledMost * kProfiledMost) {
        addProfiled(line, profileOf(line));
    } else {
        line.across = 1 / std::sqrt(1 + line.slope * line.slope);
        addWide(line);
    }
}

const LineMask::Profile &LineMask::profileOf(const Line &line)
{
    const int slope = int(std::abs(line.slope) * kSlopes + 0.5);
    const int width = std::clamp(int(line.width * kWidthParts + 0.5), 1, kWidthLevels - 1);
    std::uint16_t &at = m_profileAt[std::size_t(slope) * kWidthLevels + width];
    if (at == 0) {
        Line like = line;
        like.width = double(width) / kWidthParts;
        like.across = 1 / std::hypot(1, double(slope) / kSlopes);
        Profile &made = m_profiles.emplace_back();
        for (int part = 0; part < kParts; ++part)
            for (int cell = 0; cell < kCells; ++cell)
                made[std::size_t(part)][std::size_t(cell)] =
                    like.coverage(cell - kHalf + 0.5 - (part + 0.5) / kParts);
        at = static_cast<std::uint16_t>(m_profiles.size());
    }
    return m_profiles[at - 1U];
}

void LineMask::addProfiled(const Line &line, const Profile &profile)
{
    const int first = line.first(), last = line.last();
    const int step = int(std::lround(line.slope * kOne));
    std::uint8_t *const corner =
        m_coverage.data() + std::ptrdiff_t(kMaskBorder) * (m_stride + 1) + first * line.nextA;
    const auto valuesAt = [&profile](int b) -> const auto &
    {
        return profile[std::size_t((b & (kOne - 1)) * kParts >> kOneBits)];
    };
    const auto along = [&](const auto &cover) {
        // The ends lie within a pixel and count with where they are.
        cover(corner, line.at(first));
        int b = line.at(first + 1);
        std::uint8_t *base = corner + line.nextA;
        for (int a = first + 1; a < last; ++a, b += step, base += line.nextA)
            cover(base, b);
        if (last > first)
            cover(base, line.at(last));
    };
    if (line.nextB == 1) {
        along([&](std::uint8_t *base, int b) {
            raiseEight(base + (b >> kOneBits) - kHalf, valuesAt(b).data());
        });
        return;
    }
    const auto downwards = [&]<int half>(std::integral_constant<int, half>) {
        along([&](std::uint8_t *base, int b) {
            const auto &values = valuesAt(b);
            std::uint8_t *cell = base + std::ptrdiff_t((b >> kOneBits) - half) * line.nextB;
            for (int k = kHalf - half; k <= kHalf + half; ++k, cell += line.nextB)
                *cell = std::max(*cell, values[std::size_t(k)]);
        });
    };
    const double spread = line.reach() * std::sqrt(1 + line.slope * line.slope);
    if (spread <= 1.5)
        downwards(std::integral_constant<int, 1>());
    else if (spread <= 2.5)
        downwards(std::integral_constant<int, 2>());
    else
        downwards(std::integral_constant<int, kHalf>());
}

void LineMask::addWide(const Line &line)
{
    const double spread = line.reach() / line.across;
    std::uint8_t *const corner = m_coverage.data() + std::ptrdiff_t(kMaskBorder) * (m_stride + 1);
    for (int a = line.first(); a <= line.last(); ++a) {
        const double b = double(line.at(a)) / kOne;
        const int low = std::max(-kMaskBorder, int(std::floor(b - spread)));
        const int high = std::min(line.bMost, int(std::floor(b + spread)));
        std::uint8_t *cell = corner + a * line.nextA + low * line.nextB;
        for (int k = low; k <= high; ++k, cell += line.nextB)
            *cell = std::max(*cell, line.coverage(k + 0.5 - b));
    }
}

void LineMask::take(LineMask &other)
{
    if (other.m_isEmpty)
        return;
    m_isEmpty = false;
    std::size_t at = 0;
    for (; at + 8 <= m_coverage.size(); at += 8)
        raiseEight(m_coverage.data() + at, other.m_coverage.data() + at);
    for (; at < m_coverage.size(); ++at)
        m_coverage[at] = std::max(m_coverage[at], other.m_coverage[at]);
    other.clear();
}

void LineMask::paintOn(QImage &image, const QColor &color)
{
    if (m_isEmpty)
        return;
    image.detach();
    paintOn(image, color, 0, m_height);
    clear();
}

void LineMask::clear()
{
    if (!m_isEmpty)
        std::ranges::fill(m_coverage, std::uint8_t(0));
    m_isEmpty = true;
}

void LineMask::paintOn(QImage &image, const QColor &color, int fromRow, int toRow) const
{
    const QRgb rgb = color.rgb();
    const auto opacity = static_cast<std::uint32_t>(color.alpha());
    for (int y = fromRow; y < toRow; ++y) {
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        const std::uint8_t *coverage =
            m_coverage.data() + std::ptrdiff_t(y + kMaskBorder) * m_stride + kMaskBorder;
        for (int x = 0; x < m_width;) {
            std::uint64_t eight = 1;
            if (x + 8 <= m_width)
                std::memcpy(&eight, coverage + x, 8);
            if (eight == 0) {
                x += 8;
                continue;
            }
            const int end = std::min(m_width, x + 8);
            for (; x < end; ++x)
                if (coverage[x] != 0)
                    pixels[x] = blended(pixels[x], rgb, coverage[x] * opacity / 255);
        }
    }
}

} // namespace chrona::ui
