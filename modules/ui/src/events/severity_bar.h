// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QPainter>

namespace chrona::ui {

/// How a severity (0–1, within its type) is coloured wherever it stands in a table. The length of
/// the bar and the number say the same.
[[nodiscard]] inline Role severityRole(double share)
{
    return share >= 0.9   ? Role::Critical
           : share >= 0.7 ? Role::Warning
           : share >= 0.5 ? Role::Watch
                          : Role::Text3;
}

/// At the left of a cell; nothing where there would be no room for the number.
inline void paintSeverityBar(QPainter &painter, const QRect &box, double share, const Theme &theme)
{
    constexpr int kWidth = 40;
    if (box.width() <= kWidth + 36)
        return;
    const QRectF track(box.left(), box.center().y() - 1, kWidth, 3);
    painter.fillRect(track, theme.color(Role::Surface3));
    painter.fillRect(QRectF(track.topLeft(), QSizeF(track.width() * share, 3)),
                     theme.color(severityRole(share)));
}

} // namespace chrona::ui
