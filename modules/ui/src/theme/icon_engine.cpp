// SPDX-License-Identifier: AGPL-3.0-or-later
#include "theme/icon_engine.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace chrona::ui {

IconEngine::IconEngine(QByteArray svg, QColor color, QColor disabled) :
    m_svg(std::move(svg)), m_color(color), m_disabled(disabled)
{
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    const QColor &color = mode == QIcon::Disabled ? m_disabled : m_color;
    QByteArray colored = m_svg;
    colored.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(colored);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(painter, rect);
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

QPixmap IconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                                 qreal scale)
{
    // Qt hands over the size in device pixels and sets the ratio itself.
    Q_UNUSED(scale)
    QPixmap made(size);
    made.fill(Qt::transparent);
    QPainter painter(&made);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return made;
}

} // namespace chrona::ui
