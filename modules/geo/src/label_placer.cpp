// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/label_placer.h"

#include <algorithm>

namespace chrona::geo {

namespace {
constexpr int kCellPixels = 64;
}

LabelPlacer::LabelPlacer(int width, int height)
    : m_width(std::max(1, width)), m_height(std::max(1, height)),
      m_columns(m_width / kCellPixels + 1), m_rows(m_height / kCellPixels + 1),
      m_cells(std::size_t(m_columns) * m_rows)
{
}

bool LabelPlacer::tryPlace(const LabelBox &box)
{
    const bool inside = box.left >= 0 && box.top >= 0 && box.right <= m_width &&
                        box.bottom <= m_height && box.left <= box.right && box.top <= box.bottom;
    if (!inside || !isFree(box))
        return false;
    take(box);
    return true;
}

void LabelPlacer::block(const LabelBox &box)
{
    take({std::clamp(box.left, 0.0, double(m_width)), std::clamp(box.top, 0.0, double(m_height)),
          std::clamp(box.right, 0.0, double(m_width)),
          std::clamp(box.bottom, 0.0, double(m_height))});
}

bool LabelPlacer::isFree(const LabelBox &box) const
{
    for (int row = int(box.top) / kCellPixels; row <= int(box.bottom) / kCellPixels; ++row)
        for (int column = int(box.left) / kCellPixels; column <= int(box.right) / kCellPixels;
             ++column)
            for (const std::uint32_t i : m_cells[std::size_t(row) * m_columns + column]) {
                const LabelBox &other = m_boxes[i];
                if (box.left < other.right && other.left < box.right && box.top < other.bottom &&
                    other.top < box.bottom)
                    return false;
            }
    return true;
}

void LabelPlacer::take(const LabelBox &box)
{
    const auto index = static_cast<std::uint32_t>(m_boxes.size());
    m_boxes.push_back(box);
    for (int row = int(box.top) / kCellPixels; row <= int(box.bottom) / kCellPixels; ++row)
        for (int column = int(box.left) / kCellPixels; column <= int(box.right) / kCellPixels;
             ++column)
            m_cells[std::size_t(row) * m_columns + column].push_back(index);
}

} // namespace chrona::geo
