// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map/four.h"

#include <QColor>
#include <QImage>
#include <QPointF>

#include <array>
#include <cstdint>
#include <vector>

namespace chrona::ui {

/// Draws many thin smooth lines: coverage first, colour once. Joints and shared stretches get no
/// darker spots, and 25,000 segments take a millisecond or two where a general painter takes forty.
class LineMask {
public:
    LineMask();

    void reset(int width, int height);
    /// In pixels; clipped.
    void addSegment(QPointF from, QPointF to, double width);
    /// Takes the lines of another of the same size, which is clear afterwards.
    void take(LineMask &other);
    /// Puts the colour on the image (RGB32 of the same size) where lines are, then clears the mask.
    void paintOn(QImage &image, const QColor &color);
    /// To some rows of an image that nobody else holds; other threads may paint on others. The mask
    /// keeps its lines.
    void paintOn(QImage &image, const QColor &color, int fromRow, int toRow) const;
    void clear();
    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }

private:
    /// What a line covers of the pixels across it, by where between two of them it passes. Alike
    /// for all lines of nearly one slope and width, and a 32nd of a pixel is near enough.
    static constexpr int kParts = 32, kCells = int(sizeof(SixteenBytes)), kHalf = 7;
    using Profile = std::array<SixteenBytes, kParts>;
    static constexpr int kSlopes = 16;      ///< that are told apart, from level to diagonal
    static constexpr int kWidthParts = 16;  ///< of a pixel
    static constexpr int kWidthLevels = 97; ///< up to six pixels, which reach less than kHalf
    /// Coverage with a border on every side, so that nothing need be looked at per pixel. Lines go
    /// from row to row, so that what one covers across lies side by side in memory.
    struct Cells {
        std::ptrdiff_t stride = 0;
        int across = 0; ///< pixels of a row
        std::vector<std::uint8_t> coverage;

        void reset(int along, int width);
        [[nodiscard]] std::uint8_t *at(int a, int b);
        [[nodiscard]] const std::uint8_t *at(int a, int b) const;
    };
    struct Line;

    [[nodiscard]] const Profile &profileOf(const Line &line);
    static void addProfiled(const Line &line, const Profile &profile);
    static void addWide(const Line &line);
    static constexpr int kSide = 8; ///< pixels of a block
    using Block = std::array<EightBytes, kSide>;
    bool blockAt(int x, int y, Block &block) const;

    int m_width = 0, m_height = 0;
    bool m_isEmpty = true;
    Cells m_steep;                   ///< rows of pixels
    Cells m_flat;                    ///< columns of pixels as rows: lines that are wider than high
    std::vector<Profile> m_profiles; ///< made as they are needed
    std::vector<std::uint16_t> m_profileAt; ///< by slope and width; 0: not yet, else one more
};

} // namespace chrona::ui
