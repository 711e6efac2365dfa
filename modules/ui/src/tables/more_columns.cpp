// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tables/more_columns.h"

#include "tables/table_view.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

MoreColumns::MoreColumns(TableView &table) : QToolButton(&table), m_table(table)
{
    setAutoRaise(true);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAutoFillBackground(true);
    hide();
    connect(this, &QToolButton::toggled, &table, &TableView::setScrolling);
    connect(&table, &TableView::fitted, this, &MoreColumns::tell);
}

QString MoreColumns::names() const
{
    QStringList titles;
    for (const int column : m_table.expended())
        titles += m_table.model()->headerData(column, Qt::Horizontal).toString();
    return titles.join(u", "_s);
}

void MoreColumns::tell()
{
    const auto hidden = m_table.expended().size();
    setVisible(hidden > 0 || isChecked());
    auto *titles = static_cast<TableHeader *>(m_table.horizontalHeader());
    if (isHidden()) {
        titles->leaveFree(0);
        return;
    }
    setText(isChecked() ? u"↔"_s : u"+%1"_s.arg(hidden));
    setToolTip(isChecked() ? tr("All columns are shown: scroll sideways. Press to fit them again")
                           : tr("Not shown for want of room: %1. Press to show them and scroll")
                                 .arg(names()));
    setAccessibleName(isChecked() ? tr("Fit the columns") : tr("Show hidden columns"));
    resize(sizeHint().width(), titles->height());
    move(titles->geometry().right() - width() + 1, titles->geometry().top());
    titles->leaveFree(width());
    raise();
}

} // namespace chrona::ui
