// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

#include <span>

class QPainter;

namespace chrona::ui {

/// A line without axes, its last value marked. NaN breaks the line.
void paintSparkline(QPainter &painter, const QRectF &box, std::span<const double> values,
                    const QColor &line, const QColor &last);

} // namespace chrona::ui
