// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QStyledItemDelegate>

namespace chrona::ui {

/// What a cell says and how; a delegate answers with it, painting and tooltips follow.
struct Cell {
    QString text;
    QFont font;
    QColor color;
    Qt::Alignment align = Qt::AlignLeft;
    int inset = 0; ///< pixels at the left that the delegate paints itself
};

/// Paints rows of tables and lists by the tokens: hover, amber for what is selected, text that ends
/// in an ellipsis where it does not fit and is then told by a tooltip.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    CellDelegate(const Theme &theme, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const final;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) final;

    /// Titles of columns stand as their cells do.
    [[nodiscard]] Qt::Alignment alignment(const QModelIndex &index) const
    {
        return cell(index).align;
    }

protected:
    [[nodiscard]] virtual Cell cell(const QModelIndex &index) const = 0;
    /// What is not text: swatches, bars, sparklines. box is the cell without its padding.
    virtual void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const;
    /// Lies under the whole cell; invalid: nothing does.
    [[nodiscard]] virtual QColor wash(const QModelIndex &index) const;
    /// More than what the cell says, shown although the text fits; empty: nothing.
    [[nodiscard]] virtual QString hint(const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace chrona::ui
