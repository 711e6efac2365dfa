// SPDX-License-Identifier: AGPL-3.0-or-later
#include "packing.h"

#include <algorithm>
#include <cmath>

namespace chrona::graph {
namespace {

constexpr float kGap = 1; ///< an edge's length between boxes
constexpr float kWidthToHeight = 1.5F;

} // namespace

Box boxAround(std::span<const Point> points)
{
    if (points.empty())
        return {};
    Box box{points[0].x, points[0].y, points[0].x, points[0].y};
    for (const Point &point : points)
        box = {std::min(box.left, point.x), std::min(box.top, point.y),
               std::max(box.right, point.x), std::max(box.bottom, point.y)};
    return box;
}

std::vector<Point> packBoxes(std::span<const Box> boxes)
{
    double area = 0;
    float widest = 0;
    for (const Box &box : boxes) {
        const float width = box.right - box.left + kGap;
        area += double(width) * (box.bottom - box.top + kGap);
        widest = std::max(widest, width);
    }
    const float rowWidth = std::max(widest, float(std::sqrt(area * kWidthToHeight)));
    std::vector<Point> offsets;
    offsets.reserve(boxes.size());
    float x = 0, y = 0, rowHeight = 0;
    for (const Box &box : boxes) {
        const float width = box.right - box.left + kGap;
        if (x > 0 && x + width > rowWidth) {
            x = 0;
            y += rowHeight;
            rowHeight = 0;
        }
        offsets.push_back({x - box.left, y - box.top});
        x += width;
        rowHeight = std::max(rowHeight, box.bottom - box.top + kGap);
    }
    return offsets;
}

} // namespace chrona::graph
