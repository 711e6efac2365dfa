// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

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
    static constexpr int kParts = 32, kCells = 8, kHalf = 3;
    using Profile = std::array<std::array<std::uint8_t, kCells>, kParts>;
    static constexpr int kSlopes = 16;      ///< that are told apart, from level to diagonal
    static constexpr int kWidthParts = 16;  ///< of a pixel
    static constexpr int kWidthLevels = 97; ///< up to six pixels
    struct Line;

    [[nodiscard]] const Profile &profileOf(const Line &line);
    void addProfiled(const Line &line, const Profile &profile);
    void addWide(const Line &line);

    int m_width = 0, m_height = 0;
    int m_stride = 0; ///< with a border on every side, so that nothing need be looked at per pixel
    bool m_isEmpty = true;
    std::vector<std::uint8_t> m_coverage;
    std::vector<Profile> m_profiles;        ///< made as they are needed
    std::vector<std::uint16_t> m_profileAt; ///< by slope and width; 0: not yet, else one more
};

} // namespace chrona::ui
