// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed/feed_delegate.h"

#include "chrona/workspace/feed_model.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kHourHeight = 22;
constexpr int kEventHeight = 40;

} // namespace

FeedDelegate::FeedDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

bool FeedDelegate::opensHour(const QModelIndex &index)
{
    if (index.row() == 0)
        return true;
    return index.siblingAtRow(index.row() - 1).data(workspace::FeedModel::HourRole) !=
           index.data(workspace::FeedModel::HourRole);
}

QSize FeedDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {200, kEventHeight + (opensHour(index) ? kHourHeight : 0)};
}

QString FeedDelegate::hourText(const QModelIndex &index) const
{
    const Instant hour = instantOf(index.data(workspace::FeedModel::HourRole));
    return tr("%1  %2 %3").arg(m_times.date(hour), m_times.clock(hour), m_times.zoneName());
}

void FeedDelegate::paintHour(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    painter.fillRect(box, m_theme.color(Role::Surface2));
    painter.setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(box.adjusted(12, 0, -8, 0), Qt::AlignVCenter, hourText(index));
}

void FeedDelegate::paintEvent(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const auto type = static_cast<std::uint8_t>(index.data(workspace::FeedModel::TypeRole).toInt());
    painter.fillRect(QRect(box.left(), box.top() + 6, 3, box.height() - 12),
                     m_theme.category(categoryOfNumber(type)));
    const QRect text = box.adjusted(12, 4, -8, -3);
    const QString clock =
        m_times.clock(instantOf(index.data(workspace::FeedModel::ObservedAtRole)));
    painter.setFont(m_theme.mono(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text3));
    const int clockWidth = painter.fontMetrics().horizontalAdvance(clock);
    const QRect first(text.left(), text.top(), text.width(), 17);
    painter.drawText(first, Qt::AlignRight | Qt::AlignVCenter, clock);

    const QVariant title = index.data(workspace::FeedModel::TitleRole);
    QRect room = first.adjusted(0, 0, -clockWidth - 8, 0);
    if (index.data(workspace::FeedModel::NewRole).toBool()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Accent));
        painter.drawEllipse(QPointF(room.left() + 3, room.center().y() + 0.5), 3, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
        room.adjust(12, 0, 0, 0);
    }
    painter.setFont(m_theme.font(TextSize::Small));
    painter.setPen(m_theme.color(Role::Text1));
    if (title.isNull())
        painter.fillRect(QRect(room.left(), room.center().y() - 3, room.width() * 3 / 5, 7),
                         m_theme.color(Role::Surface3));
    else
        painter.drawText(
            room, Qt::AlignVCenter,
            painter.fontMetrics().elidedText(title.toString(), Qt::ElideRight, room.width()));
    const QString region = index.data(workspace::FeedModel::RegionRole).toString();
    QStringList words{typeName(type)};
    if (!region.isEmpty())
        words += region;
    words += index.data(workspace::FeedModel::SourceRole).toString();
    const QRect second(text.left(), text.top() + 17, text.width(), 15);
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text3));
    painter.drawText(
        second, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(words.join(u" · "_s), Qt::ElideRight, second.width()));
}

void FeedDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    QRect box = option.rect;
    if (opensHour(index)) {
        paintHour(*painter, QRect(box.topLeft(), QSize(box.width(), kHourHeight)), index);
        box.setTop(box.top() + kHourHeight);
    }
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(box, m_theme.color(Role::Focus, 0.14));
        painter->fillRect(QRect(box.right() - 1, box.top(), 2, box.height()),
                          m_theme.color(Role::Focus));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(box, m_theme.color(Role::Surface2));
    }
    paintEvent(*painter, box, index);
    painter->restore();
}

bool FeedDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const Instant at = instantOf(index.data(workspace::FeedModel::ObservedAtRole));
    QToolTip::showText(event->globalPos(),
                       tr("%1\n%2 %3, %4")
                           .arg(index.data(workspace::FeedModel::TitleRole).toString(),
                                m_times.second(at), m_times.zoneName(), agoText(nowInstant() - at)),
                       view);
    return true;
}

} // namespace chrona::ui
