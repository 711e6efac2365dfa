// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QStyledItemDelegate>

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

class CaseItemsModel;
class Theme;

/// Pins by kind: a heading where one begins, then two lines each.
class PinDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    PinDelegate(const Theme &theme, workspace::Investigations &book, const CaseItemsModel &model,
                QObject *parent);

    void setTimeText(const TimeText &times) { m_times = times; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    [[nodiscard]] QString detail(const QModelIndex &index) const;

    const Theme &m_theme;
    workspace::Investigations &m_book;
    const CaseItemsModel &m_model;
    TimeText m_times;
};

} // namespace chrona::ui
