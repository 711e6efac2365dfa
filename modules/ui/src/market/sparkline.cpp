// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::ui {

void paintSparkline(QPainter &painter, const QRectF &box, std::span<const double> values,
                    const QColor &line, const QColor &last)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (values.size() < 2 || low > high)
        return;
    const double unit = high > low ? box.height() / (high - low) : 0;
    const double step = box.width() / static_cast<double>(values.size() - 1);
    QPainterPath path;
    bool isBroken = true;
    QPointF at;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            isBroken = true;
            continue;
        }
        at = {box.left() + step * static_cast<double>(i), box.bottom() - (values[i] - low) * unit};
        isBroken ? path.moveTo(at) : path.lineTo(at);
        isBroken = false;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1.25));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(last);
    painter.drawEllipse(at, 1.75, 1.75);
    painter.restore();
}

} // namespace chrona::ui
