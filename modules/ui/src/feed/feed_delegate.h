// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"
#include "text/time_text.h"

#include <QStyledItemDelegate>

namespace chrona::ui {

/// Two lines for each event; the first of an hour carries the hour above it.
class FeedDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    FeedDelegate(const Theme &theme, QObject *parent);
    void setTimeText(const TimeText &times) { m_times = times; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    [[nodiscard]] static bool opensHour(const QModelIndex &index);
    [[nodiscard]] QString hourText(const QModelIndex &index) const;
    void paintHour(QPainter &painter, const QRect &box, const QModelIndex &index) const;
    void paintEvent(QPainter &painter, const QRect &box, const QModelIndex &index) const;

    const Theme &m_theme;
    TimeText m_times;
};

} // namespace chrona::ui
