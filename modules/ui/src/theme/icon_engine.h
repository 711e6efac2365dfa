// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QColor>
#include <QIconEngine>

namespace chrona::ui {

/// Draws one line icon (SVG with currentColor) at whatever size and scale is asked for.
class IconEngine final : public QIconEngine {
public:
    IconEngine(QByteArray svg, QColor color, QColor disabled);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override;
    [[nodiscard]] QIconEngine *clone() const override { return new IconEngine(*this); }

private:
    QByteArray m_svg;
    QColor m_color;
    QColor m_disabled;
};

} // namespace chrona::ui
