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

/// Light that changes evenly over the pixels of a cell, in 128ths of a step of colour.
class Slope {
public:
    Slope(Four from, Four to)
    {
        const Four most = fourOf(255);
        const Four begin = (from < most ? from : most) * kOne;
        const Four end = (to < most ? to : most) * kOne;
        const auto now = __builtin_convertvector(begin + kOne / 2, FourInts); // rounds
        const auto step = __builtin_convertvector((end - begin) / GlowField::kCell, FourInts);
        constexpr EightShorts kPixels{0, 1, 2, 3, 4, 5, 6, 7};
        for (std::size_t c = 0; c < 3; ++c)
            m_light[c] = (kPixels * std::uint16_t(step[c]) + std::uint16_t(now[c])) / kOne;
    }
    /// Of four pixels, the first or the last.
    template <int kFirst> [[nodiscard]] SixteenBytes lightAt() const
    {
        const EightShorts blueGreen = m_light[0] | m_light[1] << 8;
        return reinterpret_cast<SixteenBytes>(
            __builtin_shufflevector(blueGreen, m_light[2], kFirst, kFirst + 8, kFirst + 1,
                                    kFirst + 9, kFirst + 2, kFirst + 10, kFirst + 3, kFirst + 11));
    }

private:
    static constexpr int kOne = 128;
    std::array<EightShorts, 3> m_light; ///< blue, green, red
};

/// Adds to the bytes of four pixels; none gets above 255.
void addLight(QRgb *four, SixteenBytes light)
{
    SixteenBytes pixels{};
    std::memcpy(&pixels, four, sizeof pixels);
    const SixteenBytes sum = pixels + light;
    pixels = sum | reinterpret_cast<SixteenBytes>(sum < pixels);
    std::memcpy(four, &pixels, sizeof pixels);
}

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
    const int width = image.width();
    for (int y = fromRow; y < toRow; ++y) {
        const std::vector<Light> row = rowAt(y);
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        // From the middle of one cell to the middle of the next the light changes evenly.
        for (int cell = -1; cell < m_columns - 1; ++cell) {
            const Light a = row[std::max(0, cell)], b = row[cell + 1];
            const Light brighter = a > b ? a : b;
            if (brightestOf(brighter) < kDark)
                continue;
            const Slope slope(a, b);
            const int begin = cell * kCell + kCell / 2;
            if (begin >= 0 && begin + kCell <= width) {
                addLight(pixels + begin, slope.lightAt<0>());
                addLight(pixels + begin + 4, slope.lightAt<4>());
                continue;
            }
            std::array<QRgb, kCell> eight{};
            const int from = std::max(0, -begin), to = std::min(kCell, width - begin);
            std::copy(pixels + begin + from, pixels + begin + to, eight.begin() + from);
            addLight(eight.data(), slope.lightAt<0>());
            addLight(eight.data() + 4, slope.lightAt<4>());
            std::copy(eight.begin() + from, eight.begin() + to, pixels + begin + from);
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
