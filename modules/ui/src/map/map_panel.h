// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QFrame>
#include <QPainter>

namespace chrona::ui {

/// A panel of the theme that floats on the map.
class MapPanel : public QFrame {
public:
    MapPanel(const Theme &theme, QWidget *parent) : QFrame(parent), m_theme(theme) {}

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.color(Role::Line));
        painter.setBrush(m_theme.color(Role::Surface1, 0.94));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius,
                                metric::kRadius);
    }

private:
    const Theme &m_theme;
};

} // namespace chrona::ui
