// SPDX-License-Identifier: AGPL-3.0-or-later
#include "glow_field.h"

#include <algorithm>
#include <cstring>

namespace chrona::ui {

namespace {

constexpr float kDark = 0.6F; ///< below this, rounding would add nothing

float brightestOf(Four light)
{
    return std::max({light[0], light[1], light[2]});
}

/// Bytes of a pixel, or of four, with those of light added to them; none gets above 255.
template <class Pixels> Pixels litBy(Pixels pixels, Pixels light)
{
    constexpr std::uint32_t kLow = 0x007F7F7FU, kHigh = 0x00808080U;
    const Pixels sum = ((pixels & kLow) + (light & kLow)) ^ ((pixels ^ light) & kHigh);
    const Pixels over = ((pixels & light) | ((pixels | light) & ~sum)) & kHigh;
    return 0xFF000000U | sum | ((over << 1) - (over >> 7));
}

/// Light that changes evenly from pixel to pixel, in 65536ths of a step of colour.
struct Slope {
    std::array<std::uint32_t, 3> now, step;

    Slope(Four from, Four to)
    {
        for (std::size_t c = 0; c < 3; ++c) {
            const float begin = std::min(from[c], 255.0F) * 65536;
            const float end = std::min(to[c], 255.0F) * 65536;
            now[c] = std::uint32_t(begin) + (1U << 15); // rounds
            step[c] = std::uint32_t(std::int32_t((end - begin) / GlowField::kCell));
        }
    }
    /// Of the pixel so many behind the first; modulo 2^32, so steps down are right as well.
    template <class Number> [[nodiscard]] Number lightAt(Number pixel) const
    {
        return ((now[0] + step[0] * pixel) >> 16) | ((now[1] + step[1] * pixel) >> 16) << 8 |
               ((now[2] + step[2] * pixel) >> 16) << 16;
    }
};

} // namespace

void GlowField::reset(int width, int height)
{
    m_columns = width / kCell + 2;
    m_rows = height / kCell + 2;
    m_cells.assign(std::size_t(m_columns) * m_rows, Light{});
}

void GlowField::blurRow(Light *first, int count, int stride, int radius)
{
    m_line.resize(count);
    for (int i = 0; i < count; ++i)
        m_line[i] = first[std::ptrdiff_t(i) * stride];
    Light sum{};
    const float share = 1.0f / float(2 * radius + 1);
    for (int i = -radius; i < count; ++i) {
        if (i + radius < count)
            sum += m_line[i + radius];
        if (i - radius - 1 >= 0)
            sum -= m_line[i - radius - 1];
        if (i >= 0)
            first[std::ptrdiff_t(i) * stride] = sum * share;
    }
}

void GlowField::compress(float pixelsEach, float strength)
{
    for (Light &cell : m_cells) {
        const float brightest = brightestOf(cell) / pixelsEach;
        if (brightest <= 0)
            continue;
        // Little light shows early, much light never drowns the map.
        const float wanted = strength * 255 * brightest / (brightest + 24);
        cell *= wanted / brightest / pixelsEach;
    }
}

void GlowField::blur(int radius, int passes)
{
    for (int pass = 0; pass < passes; ++pass) {
        for (int y = 0; y < m_rows; ++y)
            blurRow(m_cells.data() + std::size_t(y) * m_columns, m_columns, 1, radius);
        for (int x = 0; x < m_columns; ++x)
            blurRow(m_cells.data() + x, m_rows, m_columns, radius);
    }
}

/// The light of a row of pixels, in the middle of each cell.
std::vector<Four> GlowField::rowAt(int y) const
{
    const float fy = std::max(0.0f, (float(y) + 0.5f) / kCell - 0.5f);
    const int y0 = int(fy);
    const float v = fy - float(y0);
    const Light *above = m_cells.data() + std::size_t(y0) * m_columns, *below = above + m_columns;
    std::vector<Light> row(m_columns);
    for (int x = 0; x < m_columns; ++x)
        row[x] = above[x] + (below[x] - above[x]) * v;
    return row;
}

void GlowField::paintOn(QImage &image) const
{
    paintOn(image, 0, image.height());
}

void GlowField::paintOn(QImage &image, int fromRow, int toRow) const
{
    constexpr FourWords kFirst{0, 1, 2, 3}, kNext{4, 5, 6, 7};
    for (int y = fromRow; y < toRow; ++y) {
        const std::vector<Light> row = rowAt(y);
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        // From the middle of one cell to the middle of the next the light changes evenly.
        for (int cell = -1; cell < m_columns - 1; ++cell) {
            const Light a = row[std::max(0, cell)], b = row[cell + 1];
            if (std::max(brightestOf(a), brightestOf(b)) < kDark)
                continue;
            const Slope slope(a, b);
            const int begin = cell * kCell + kCell / 2;
            if (begin >= 0 && begin + kCell <= image.width()) {
                std::array<FourWords, 2> eight{};
                std::memcpy(eight.data(), pixels + begin, sizeof eight);
                eight[0] = litBy(eight[0], slope.lightAt(kFirst));
                eight[1] = litBy(eight[1], slope.lightAt(kNext));
                std::memcpy(pixels + begin, eight.data(), sizeof eight);
                continue;
            }
            for (int x = std::max(0, begin); x < std::min(image.width(), begin + kCell); ++x)
                pixels[x] = litBy<QRgb>(pixels[x], slope.lightAt(std::uint32_t(x - begin)));
        }
    }
}

/// Only few pixels have the colour, and light may be darkness here.
void GlowField::paintOn(QImage &image, QRgb only) const
{
    for (int y = 0; y < image.height(); ++y) {
        const std::vector<Light> row = rowAt(y);
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int cell = -1; cell < m_columns - 1; ++cell) {
            const Light a = row[std::max(0, cell)], b = row[cell + 1];
            if (std::max(brightestOf(a), brightestOf(b)) < kDark)
                continue;
            const int begin = cell * kCell + kCell / 2;
            for (int x = std::max(0, begin); x < std::min(image.width(), begin + kCell); ++x) {
                if (pixels[x] != only)
                    continue;
                const Light light = a + (b - a) * (float(x - begin) / kCell) + 0.5F;
                const auto lit = [&](int shift, std::size_t c) {
                    return QRgb(std::min(255, int((only >> shift) & 0xFF) + int(light[c])))
                           << shift;
                };
                pixels[x] = 0xFF000000u | lit(16, 2) | lit(8, 1) | lit(0, 0);
            }
        }
    }
}

} // namespace chrona::ui
