// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

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
    void add(int cellX, int cellY, const std::array<float, 3> &light)
    {
        auto &cell = m_cells[std::size_t(cellY) * m_columns + cellX];
        for (std::size_t i = 0; i < 3; ++i)
            cell[i] += light[i];
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
    using Light = std::array<float, 3>;
    template <class Accept>
    void paint(QImage &image, int fromRow, int toRow, Accept accept) const;
    void blurRow(Light *first, int count, int stride, int radius);

    int m_columns = 0, m_rows = 0;
    std::vector<Light> m_cells, m_line;
};

} // namespace chrona::ui
