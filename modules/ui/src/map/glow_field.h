// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map/four.h"

#include <QColor>
#include <QImage>

#include <array>
#include <vector>

namespace chrona::ui {

/// Soft light in cells of 8 pixels: gathered coarsely, blurred, and added smoothly to a picture.
class GlowField {
public:
    static constexpr int kCell = 8;

    void reset(int width, int height);
    /// Red, green and blue.
    void add(int cellX, int cellY, const std::array<float, 3> &light)
    {
        add(cellX, cellY, Four{light[2], light[1], light[0], 0});
    }
    /// Blue, green and red.
    void add(int cellX, int cellY, Four light)
    {
        m_cells[std::size_t(cellY) * m_columns + cellX] += light;
    }
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int rows() const { return m_rows; }
    /// Sums over pixelsEach pixels become a glow of at most strength × 255, half of it at full
    /// light.
    void compress(float pixelsEach, float strength);
    void blur(int radius, int passes);
    /// Adds light to every pixel, or only to those of one colour.
    void paintOn(QImage &image) const;
    /// The same to some of its rows, which other threads leave alone.
    void paintOn(QImage &image, int fromRow, int toRow) const;
    void paintOn(QImage &image, QRgb only) const;

private:
    using Light = Four; ///< blue, green, red
    [[nodiscard]] std::vector<Light> rowAt(int y) const;
    void blurRow(Light *first, int count, int stride, int radius);

    int m_columns = 0, m_rows = 0;
    std::vector<Light> m_cells, m_line;
};

} // namespace chrona::ui
