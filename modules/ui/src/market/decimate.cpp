// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/decimate.h"

#include <algorithm>
#include <array>

namespace chrona::ui {

QList<QPointF> decimate(const QList<QPointF> &points, int columns)
{
    if (columns < 1 || points.size() <= columns * 4)
        return points;
    const double begin = points.first().x();
    const double width = (points.last().x() - begin) / columns;
    QList<QPointF> kept;
    kept.reserve(columns * 4);
    qsizetype at = 0;
    for (int column = 0; column < columns && at < points.size(); ++column) {
        const double end = begin + width * (column + 1);
        const qsizetype first = at;
        qsizetype low = at;
        qsizetype high = at;
        while (at < points.size() && (points[at].x() < end || column == columns - 1)) {
            low = points[at].y() < points[low].y() ? at : low;
            high = points[at].y() > points[high].y() ? at : high;
            ++at;
        }
        if (at == first)
            continue;
        std::array order = {first, low, high, at - 1};
        std::ranges::sort(order);
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i == 0 || order[i] != order[i - 1])
                kept.append(points[order[i]]);
        }
    }
    return kept;
}

} // namespace chrona::ui
