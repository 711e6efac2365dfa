// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace chrona::geo {

struct LabelBox {
    double left = 0, top = 0, right = 0, bottom = 0;
};

/// Keeps labels apart: first come, first served, so the caller offers the important ones first. One
/// picture, one placer; not shared between threads.
class LabelPlacer {
public:
    /// In pixels; boxes that leave the picture are refused.
    LabelPlacer(int width, int height);

    /// True: the box touched no earlier one and is now taken.
    [[nodiscard]] bool tryPlace(const LabelBox &box);
    /// Takes the box whatever lies there: furniture that labels must keep clear of.
    void block(const LabelBox &box);

private:
    [[nodiscard]] bool isFree(const LabelBox &box) const;
    void take(const LabelBox &box);

    int m_width, m_height, m_columns, m_rows;
    std::vector<LabelBox> m_boxes;
    std::vector<std::vector<std::uint32_t>> m_cells;
};

} // namespace chrona::geo
