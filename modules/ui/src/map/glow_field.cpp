// SPDX-License-Identifier: AGPL-3.0-or-later
#include "glow_field.h"

#include <algorithm>

namespace chrona::ui {

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
        for (std::size_t c = 0; c < 3; ++c) {
            if (i + radius < count)
                sum[c] += m_line[i + radius][c];
            if (i - radius - 1 >= 0)
                sum[c] -= m_line[i - radius - 1][c];
            if (i >= 0)
                first[std::ptrdiff_t(i) * stride][c] = sum[c] * share;
        }
    }
}

void GlowField::compress(float pixelsEach, float strength)
{
    for (Light &cell : m_cells) {
        const float brightest = std::max({cell[0], cell[1], cell[2]}) / pixelsEach;
        if (brightest <= 0)
            continue;
        // Little light shows early, much light never drowns the map.
        const float wanted = strength * 255 * brightest / (brightest + 24);
        for (float &channel : cell)
            channel = channel / pixelsEach * wanted / brightest;
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

template <class Accept>
void GlowField::paint(QImage &image, int fromRow, int toRow, Accept accept) const
{
    constexpr float kDark = 0.6f; // below this, rounding would add nothing
    const int width = image.width();
    std::vector<Light> row(m_columns);
    for (int y = fromRow; y < toRow; ++y) {
        const float fy = std::max(0.0f, (float(y) + 0.5f) / kCell - 0.5f);
        const int y0 = int(fy);
        const float v = fy - float(y0);
        const Light *above = m_cells.data() + std::size_t(y0) * m_columns,
                    *below = above + m_columns;
        for (int x = 0; x < m_columns; ++x)
            for (std::size_t c = 0; c < 3; ++c)
                row[x][c] = above[x][c] + (below[x][c] - above[x][c]) * v;
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        // From the middle of one cell to the middle of the next the light changes evenly.
        for (int cell = -1; cell < m_columns - 1; ++cell) {
            const Light &a = row[std::max(0, cell)], &b = row[cell + 1];
            if (std::max({a[0], a[1], a[2], b[0], b[1], b[2]}) < kDark)
                continue;
            const int first = std::max(0, cell * kCell + kCell / 2);
            const int last = std::min(width, (cell + 1) * kCell + kCell / 2);
            for (int x = first; x < last; ++x) {
                if (!accept(pixels[x]))
                    continue;
                const float u = float(x - cell * kCell - kCell / 2) * (1.0f / kCell);
                const auto lit = [&](int shift, std::size_t c) {
                    const int light = int(a[c] + (b[c] - a[c]) * u + 0.5f);
                    return QRgb(std::min(255, int((pixels[x] >> shift) & 0xFF) + light)) << shift;
                };
                pixels[x] = 0xFF000000u | lit(16, 0) | lit(8, 1) | lit(0, 2);
            }
        }
    }
}

void GlowField::paintOn(QImage &image) const
{
    paintOn(image, 0, image.height());
}

void GlowField::paintOn(QImage &image, int fromRow, int toRow) const
{
    paint(image, fromRow, toRow, [](QRgb) { return true; });
}

void GlowField::paintOn(QImage &image, QRgb only) const
{
    paint(image, 0, image.height(), [only](QRgb pixel) { return pixel == only; });
}

} // namespace chrona::ui
