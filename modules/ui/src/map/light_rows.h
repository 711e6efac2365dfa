// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "four.h"

#include <vector>

namespace chrona::ui {

/// What events add to a pixel and its neighbours: blue, green, red and weight, in 255ths of an
/// event. Whole numbers, so that sums do not depend on who came first.
struct LightKernel {
    int reach = 0;                   ///< pixels from the middle to the last one
    bool isCross = false;            ///< reach 1, nothing in the corners
    Four middle{}, side{}, corner{}; ///< of reach 1, as most are where there are many
    std::vector<Four> cells;         ///< of others: a square of 2 × reach + 1
};

/// Sums of light of a picture's rows, from above downwards. Only those rows have memory that events
/// still fall on, few enough to stay in the processor's cache; they are zero before and after.
class LightRows {
public:
    /// Rows first to end; `alive` of them are used at a time, and `reach` pixels beyond each side.
    void reset(int width, int reach, int first, int end, int alive);

    /// The sums of a row, from its first pixel in the picture.
    [[nodiscard]] Four *at(int y) { return m_rows[y - m_first]; }
    /// The next row takes its memory.
    void clear(int y);

    void add(int x, int y, const LightKernel &kernel)
    {
        Four *const *row = m_rows.data() + (y - m_first);
        if (kernel.reach != 1)
            return addSquare(x, row, kernel);
        Four *above = row[-1] + x, *here = row[0] + x, *below = row[1] + x;
        above[0] += kernel.side;
        here[-1] += kernel.side;
        here[0] += kernel.middle;
        here[1] += kernel.side;
        below[0] += kernel.side;
        if (kernel.isCross)
            return;
        above[-1] += kernel.corner;
        above[1] += kernel.corner;
        below[-1] += kernel.corner;
        below[1] += kernel.corner;
    }

private:
    static void addSquare(int x, Four *const *row, const LightKernel &kernel);

    int m_first = 0, m_stride = 0, m_reach = 0;
    std::vector<Four> m_sums;
    std::vector<Four *> m_rows; ///< where each row of the picture is kept
};

} // namespace chrona::ui
