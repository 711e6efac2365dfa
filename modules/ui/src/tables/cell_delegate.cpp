// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tables/cell_delegate.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace chrona::ui {

namespace {

QRect contentOf(const QRect &cell)
{
    return cell.adjusted(metric::kPadding, 0, -metric::kPadding, 0);
}

} // namespace

CellDelegate::CellDelegate(const Theme &theme, QObject *parent) :
    QStyledItemDelegate(parent), m_theme(theme)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    if (const QColor under = wash(index); under.isValid())
        painter->fillRect(option.rect, under);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected) {
        painter->fillRect(option.rect, m_theme.color(Role::Focus, 0.14));
        if (index.column() == 0)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                              m_theme.color(Role::Focus));
    }
    const QRect box = contentOf(option.rect);
    paintMore(*painter, box, index);
    const Cell cell = this->cell(index);
    if (!cell.text.isEmpty()) {
        const QRect room = box.adjusted(cell.inset, 0, 0, 0);
        painter->setFont(cell.font);
        painter->setPen(cell.color);
        painter->drawText(
            room, cell.align | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(cell.text, Qt::ElideRight, room.width()));
    }
    painter->restore();
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const Cell cell = this->cell(index);
    const QRect room = contentOf(option.rect).adjusted(cell.inset, 0, 0, 0);
    const bool isCut = QFontMetrics(cell.font).horizontalAdvance(cell.text) > room.width();
    const QString more = hint(index);
    const QString text = !isCut          ? more
                         : more.isEmpty() ? cell.text
                                          : cell.text + u'\n' + more;
    QToolTip::showText(event->globalPos(), text, view, option.rect);
    return true;
}

void CellDelegate::paintMore(QPainter &, const QRect &, const QModelIndex &) const
{
}

QColor CellDelegate::wash(const QModelIndex &) const
{
    return {};
}

QString CellDelegate::hint(const QModelIndex &) const
{
    return {};
}

} // namespace chrona::ui
