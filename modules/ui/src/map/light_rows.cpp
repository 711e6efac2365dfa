// SPDX-License-Identifier: AGPL-3.0-or-later
#include "light_rows.h"

#include <algorithm>

namespace chrona::ui {

void LightRows::reset(int width, int reach, int first, int end, int alive)
{
    alive = std::min(alive, end - first);
    m_first = first;
    m_reach = reach;
    m_stride = width + 2 * reach;
    m_sums.resize(std::size_t(m_stride) * alive); // zero, as all before are
    m_rows.resize(end - first);
    for (int row = 0; row < end - first; ++row)
        m_rows[row] = m_sums.data() + std::size_t(row % alive) * m_stride + reach;
}

void LightRows::clear(int y)
{
    std::fill_n(at(y) - m_reach, m_stride, Four{});
}

void LightRows::addSquare(int x, Four *const *row, const LightKernel &kernel)
{
    const int reach = kernel.reach, side = 2 * reach + 1;
    const Four *cell = kernel.cells.data();
    for (int y = -reach; y <= reach; ++y) {
        Four *to = row[y] + x - reach;
        for (int i = 0; i < side; ++i)
            to[i] += *cell++;
    }
}

} // namespace chrona::ui
