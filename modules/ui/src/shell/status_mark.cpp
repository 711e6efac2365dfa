// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/status_mark.h"

#include <QMouseEvent>
#include <QPainter>

namespace chrona::ui {

MarkShape markShapeOf(Role role)
{
    switch (role) {
    case Role::Ok: return MarkShape::Disc;
    case Role::Watch: return MarkShape::Diamond;
    case Role::Warning: return MarkShape::Triangle;
    case Role::Critical: return MarkShape::Square;
    default: return MarkShape::Ring;
    }
}

void paintMark(QPainter &painter, const QRectF &box, MarkShape shape, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const QPointF middle = box.center();
    switch (shape) {
    case MarkShape::Disc: painter.drawEllipse(box); break;
    case MarkShape::Square: painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5)); break;
    case MarkShape::Ring:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5));
        painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75));
        break;
    case MarkShape::Triangle:
        painter.drawPolygon(QPolygonF{box.bottomLeft(), box.bottomRight(),
                                      QPointF(middle.x(), box.top())});
        break;
    case MarkShape::Diamond:
        painter.drawPolygon(
            QPolygonF{QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()),
                      QPointF(middle.x(), box.bottom()), QPointF(box.left(), middle.y())});
        break;
    }
    painter.restore();
}

StatusMark::StatusMark(const Theme &theme, TextSize size, QWidget *parent) :
    QWidget(parent), m_theme(theme), m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusMark::set(Role role, const QString &word, const QString &hint)
{
    m_role = role;
    m_word = word;
    setToolTip(hint);
    setAccessibleName(word);
    setAccessibleDescription(hint);
    updateGeometry();
    update();
}

QSize StatusMark::sizeHint() const
{
    return {14 + QFontMetrics(m_theme.font(m_size)).horizontalAdvance(m_word) + 2, 20};
}

void StatusMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintMark(painter, QRectF(0, height() / 2.0 - 4, 8, 8), markShapeOf(m_role),
              m_theme.color(m_role));
    painter.setFont(m_theme.font(m_size));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(rect().adjusted(14, 0, 0, 0), Qt::AlignVCenter, m_word);
}

void StatusMark::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

} // namespace chrona::ui
