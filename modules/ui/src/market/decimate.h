// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>

namespace chrona::ui {

/// At most four points for each of columns even slices of x: first, lowest, highest, last. The
/// drawn line is the same to the pixel. Points are ordered by x; what is short already comes back
/// as it is.
[[nodiscard]] QList<QPointF> decimate(const QList<QPointF> &points, int columns);

} // namespace chrona::ui
