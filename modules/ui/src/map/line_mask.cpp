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
constexpr int kMaskBorder = 16;   ///< pixels: more than kMaskBeyond and half a profile

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

/// The larger ones of many at once.
template <class Values> void raise(std::uint8_t *cells, Values values)
{
    Values now{};
    std::memcpy(&now, cells, sizeof now);
    now = now > values ? now : values;
    std::memcpy(cells, &now, sizeof now);
}

/// Rows as columns: eight by eight, shuffled like cards three times.
void turn(std::array<EightBytes, 8> &rows)
{
    for (int round = 0; round < 3; ++round) {
        std::array<EightBytes, 8> next{};
        for (std::size_t i = 0; i < 4; ++i) {
            const EightBytes upper = rows[i], lower = rows[i + 4];
            next[2 * i] = __builtin_shufflevector(upper, lower, 0, 8, 1, 9, 2, 10, 3, 11);
            next[2 * i + 1] = __builtin_shufflevector(upper, lower, 4, 12, 5, 13, 6, 14, 7, 15);
        }
        rows = next;
    }
}

/// What 255ths of 255ths are in 255ths.
EightShorts rounded(EightShorts product)
{
    product += 127;
    return (product + 1 + (product >> 8)) >> 8;
}

/// Eight pixels with as much of a colour over them as its coverage says.
void blendEight(QRgb *pixels, EightBytes coverage, QRgb over, std::uint16_t opacity)
{
    const EightShorts whole = __builtin_convertvector(coverage, EightShorts) * opacity;
    const EightShorts cover = (whole + 1 + (whole >> 8)) >> 8;
    const auto two = [&](QRgb *at, EightShorts share) {
        EightBytes under{}, colour{};
        std::memcpy(&under, at, sizeof under);
        for (int byte = 0; byte < 8; ++byte)
            colour[byte] = std::uint8_t(over >> byte % 4 * 8);
        const EightShorts mixed =
            rounded(__builtin_convertvector(under, EightShorts) * (255 - share) +
                    __builtin_convertvector(colour, EightShorts) * share);
        under = __builtin_convertvector(mixed, EightBytes);
        std::memcpy(at, &under, sizeof under);
    };
    two(pixels, __builtin_shufflevector(cover, cover, 0, 0, 0, 0, 1, 1, 1, 1));
    two(pixels + 2, __builtin_shufflevector(cover, cover, 2, 2, 2, 2, 3, 3, 3, 3));
    two(pixels + 4, __builtin_shufflevector(cover, cover, 4, 4, 4, 4, 5, 5, 5, 5));
    two(pixels + 6, __builtin_shufflevector(cover, cover, 6, 6, 6, 6, 7, 7, 7, 7));
}

bool isZero(EightBytes eight)
{
    std::uint64_t all = 0;
    std::memcpy(&all, &eight, sizeof all);
    return all == 0;
}

} // namespace

void LineMask::Cells::reset(int along, int width)
{
    across = width;
    stride = width + 2 * kMaskBorder;
    coverage.assign(std::size_t(stride) * (along + 2 * kMaskBorder), 0);
}

std::uint8_t *LineMask::Cells::at(int a, int b)
{
    return coverage.data() + (a + kMaskBorder) * stride + (b + kMaskBorder);
}

const std::uint8_t *LineMask::Cells::at(int a, int b) const
{
    return coverage.data() + (a + kMaskBorder) * stride + (b + kMaskBorder);
}

LineMask::LineMask() : m_profileAt(std::size_t(kSlopes + 1) * kWidthLevels) {}

void LineMask::reset(int width, int height)
{
    if (!m_isEmpty || m_width != width || m_height != height) {
        m_steep.reset(height, width);
        m_flat.reset(width, height);
    }
    m_width = width;
    m_height = height;
    m_isEmpty = true;
}

/// A line along the axis on which it is longer: at every step `a` it covers few pixels across.
struct LineMask::Line {
    double a0, b0, a1, slope, width;
    Cells *cells;
    double across; ///< from along the axis across to at a right angle to the line

    [[nodiscard]] int first() const { return int(a0 + kMaskBorder) - kMaskBorder; }
    [[nodiscard]] int last() const { return int(a1 + kMaskBorder) - kMaskBorder; }
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
              .cells = steep ? &m_steep : &m_flat,
              .across = 1};
    double b1 = steep ? to.x() : to.y();
    if (line.a0 > line.a1) {
        std::swap(line.a0, line.a1);
        std::swap(line.b0, b1);
    }
    line.slope = line.a1 > line.a0 ? (b1 - line.b0) / (line.a1 - line.a0) : 0;
    if (width * kWidthParts < kWidthLevels - 1) {
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
                made[std::size_t(part)][cell] =
                    like.coverage(cell - kHalf + 0.5 - (part + 0.5) / kParts);
        at = static_cast<std::uint16_t>(m_profiles.size());
    }
    return m_profiles[at - 1U];
}

void LineMask::addProfiled(const Line &line, const Profile &profile)
{
    const int first = line.first(), last = line.last();
    const auto cover = [&profile](std::uint8_t *row, int b) {
        raise(row + (b >> kOneBits) - kHalf,
              profile[std::size_t((b & (kOne - 1)) * kParts >> kOneBits)]);
    };
    const std::ptrdiff_t stride = line.cells->stride;
    const int step = int(line.slope * kOne + (line.slope < 0 ? -0.5 : 0.5));
    std::uint8_t *row = line.cells->at(first, 0);
    // The ends lie within a pixel and count with where they are.
    cover(row, line.at(first));
    int b = line.at(first + 1);
    row += stride;
    for (int a = first + 1; a < last; ++a, b += step, row += stride)
        cover(row, b);
    if (last > first)
        cover(row, line.at(last));
}

void LineMask::addWide(const Line &line)
{
    const double spread = line.reach() / line.across;
    for (int a = line.first(); a <= line.last(); ++a) {
        const double b = double(line.at(a)) / kOne;
        const int low = std::max(-kMaskBorder, int(std::floor(b - spread)));
        const int high =
            std::min(line.cells->across + kMaskBorder - 1, int(std::floor(b + spread)));
        std::uint8_t *cell = line.cells->at(a, low);
        for (int k = low; k <= high; ++k, ++cell)
            *cell = std::max(*cell, line.coverage(k + 0.5 - b));
    }
}

void LineMask::take(LineMask &other)
{
    if (other.m_isEmpty)
        return;
    m_isEmpty = false;
    for (const auto &[to, from] :
         {std::pair(&m_steep, &other.m_steep), std::pair(&m_flat, &other.m_flat)})
        std::ranges::transform(to->coverage, from->coverage, to->coverage.begin(),
                               [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
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
    if (m_isEmpty)
        return;
    std::ranges::fill(m_steep.coverage, std::uint8_t(0));
    std::ranges::fill(m_flat.coverage, std::uint8_t(0));
    m_isEmpty = true;
}

/// What lines cover of eight by eight pixels, row by row; false: nothing.
bool LineMask::blockAt(int x, int y, Block &block) const
{
    Block flat{};
    EightBytes any{};
    for (int i = 0; i < kSide; ++i) {
        std::memcpy(&block[std::size_t(i)], m_steep.at(y + i, x), kSide);
        std::memcpy(&flat[std::size_t(i)], m_flat.at(x + i, y), kSide);
        any |= block[std::size_t(i)] | flat[std::size_t(i)];
    }
    if (isZero(any))
        return false;
    turn(flat);
    for (std::size_t i = 0; i < block.size(); ++i)
        block[i] = block[i] > flat[i] ? block[i] : flat[i];
    return true;
}

void LineMask::paintOn(QImage &image, const QColor &color, int fromRow, int toRow) const
{
    const QRgb rgb = color.rgb();
    const auto opacity = static_cast<std::uint16_t>(color.alpha());
    const qsizetype bytes = image.bytesPerLine();
    uchar *const top = image.bits();
    for (int y = fromRow; y < toRow; y += kSide)
        for (int x = 0; x < m_width; x += kSide) {
            Block block{};
            if (!blockAt(x, y, block))
                continue;
            const int rows = std::min(kSide, toRow - y), columns = std::min(kSide, m_width - x);
            for (int i = 0; i < rows; ++i) {
                if (isZero(block[std::size_t(i)]))
                    continue;
                auto *pixels = reinterpret_cast<QRgb *>(top + (y + i) * bytes) + x;
                if (columns == kSide) {
                    blendEight(pixels, block[std::size_t(i)], rgb, opacity);
                    continue;
                }
                std::array<QRgb, kSide> eight{};
                std::memcpy(eight.data(), pixels, std::size_t(columns) * sizeof(QRgb));
                blendEight(eight.data(), block[std::size_t(i)], rgb, opacity);
                std::memcpy(pixels, eight.data(), std::size_t(columns) * sizeof(QRgb));
            }
        }
}

} // namespace chrona::ui
