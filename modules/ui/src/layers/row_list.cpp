// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/row_list.h"

#include "chrona/ui/theme.h"

#include <algorithm>

namespace chrona::ui {

RowList::RowList(const Theme &theme, QWidget *parent) : QListView(parent), m_theme(theme)
{
    setMouseTracking(true);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&theme, &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout();
        fitRows();
        viewport()->update();
    });
}

void RowList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    fitRows();
}

void RowList::endWithRows()
{
    const auto fit = [this] {
        setMaximumHeight(std::max(1, model()->rowCount()) * m_theme.scaled(metric::kRowCompact));
    };
    connect(model(), &QAbstractItemModel::rowsInserted, this, fit);
    connect(model(), &QAbstractItemModel::rowsRemoved, this, fit);
    connect(model(), &QAbstractItemModel::modelReset, this, fit);
    connect(&m_theme, &Theme::changed, this, fit);
    fit();
}

void RowList::fitRows()
{
    const int row = m_theme.scaled(metric::kRowCompact);
    const QMargins wanted(0, 0, 0, contentsRect().height() % row);
    if (viewportMargins() != wanted)
        setViewportMargins(wanted);
}

} // namespace chrona::ui
