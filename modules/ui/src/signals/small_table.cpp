// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/small_table.h"

#include "shell/status_mark.h"

#include <QPainter>

#include <algorithm>

namespace chrona::ui {

namespace {


class SmallDelegate final : public CellDelegate {
public:
    SmallDelegate(const Theme &theme, const SmallTableModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const SmallCell &cell = m_model.cell(index);
        const bool isNumber = m_model.columns()[static_cast<std::size_t>(index.column())].isNumber;
        return {cell.text, m_theme.font(TextSize::Small), m_theme.color(cell.role),
                isNumber ? Qt::AlignRight : Qt::AlignLeft, cell.mark ? kMarkRoom : 0};
    }
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        const SmallCell &cell = m_model.cell(index);
        if (cell.mark)
            paintMark(painter, QRectF(box.left(), box.center().y() - 3.5, 8, 8),
                      markShapeOf(*cell.mark), m_theme.color(*cell.mark));
        if (!cell.bar)
            return;
        const double half = box.width() / 2.0;
        const double length = std::clamp(*cell.bar, -1.0, 1.0) * half;
        const double middle = box.left() + half;
        painter.fillRect(
            QRectF(middle + std::min(length, 0.0), box.center().y() - 2, std::abs(length), 5),
            m_theme.color(Role::Accent, 0.7));
        painter.fillRect(QRectF(middle, box.top() + 4, 1, box.height() - 8),
                         m_theme.color(Role::Text3));
    }

private:
    const SmallTableModel &m_model;
};

} // namespace

void SmallTableModel::setColumns(std::vector<SmallColumn> columns)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_rows.clear();
    endResetModel();
}

void SmallTableModel::setRows(std::vector<std::vector<SmallCell>> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const SmallCell &SmallTableModel::cell(const QModelIndex &index) const
{
    static const SmallCell kEmpty;
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    return column < row.size() ? row[column] : kEmpty;
}

int SmallTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SmallTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant SmallTableModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return cell(index).text;
    return {};
}

QVariant SmallTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const SmallColumn &column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    return role == Qt::DisplayRole ? QVariant(column.title) : QVariant();
}

SmallTable::SmallTable(const Theme &theme, const QString &name, int rowsShown, QWidget *parent)
    : TableView(theme, parent), m_model(new SmallTableModel(this)), m_rowsShown(rowsShown)
{
    setModel(m_model);
    setItemDelegate(new SmallDelegate(theme, *m_model, this));
    setAccessibleName(name);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setSectionsMovable(false);
    horizontalHeader()->setSectionsClickable(false);
}

void SmallTable::setColumns(const std::vector<SmallColumn> &columns)
{
    m_model->setColumns(columns);
    setStretchColumn(0);
    for (int i = 1; i < static_cast<int>(columns.size()); ++i)
        setColumnWidth(i, columns[static_cast<std::size_t>(i)].width);
}

void SmallTable::setRows(std::vector<std::vector<SmallCell>> rows)
{
    const int shown = std::clamp(static_cast<int>(rows.size()), 1, m_rowsShown);
    m_model->setRows(std::move(rows));
    setFixedHeight(horizontalHeader()->height() + shown * m_theme.scaled(metric::kRowCompact) + 2);
}

} // namespace chrona::ui
