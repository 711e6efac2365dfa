// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tables/cell_delegate.h"
#include "tables/table_view.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace chrona::ui {

/// A cell of a table of facts.
struct SmallCell {
    QString text;
    Role role = Role::Text1;
    std::optional<double> bar{}; ///< −1…1, drawn from the middle
    std::optional<Role> mark{};  ///< a shape before the text: its state
};

struct SmallColumn {
    QString title;
    bool isNumber = false;
    int width = 80;
};

/// A few rows of words and numbers, as values.
class SmallTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setColumns(std::vector<SmallColumn> columns);
    void setRows(std::vector<std::vector<SmallCell>> rows);
    [[nodiscard]] const SmallCell &cell(const QModelIndex &index) const;
    [[nodiscard]] const std::vector<SmallColumn> &columns() const { return m_columns; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<SmallColumn> m_columns;
    std::vector<std::vector<SmallCell>> m_rows;
};

/// Shows it, as high as its rows are, up to `rowsShown`; the first column takes what is left.
class SmallTable final : public TableView {
    Q_OBJECT
public:
    SmallTable(const Theme &theme, const QString &name, int rowsShown, QWidget *parent);
    void setColumns(const std::vector<SmallColumn> &columns);
    void setRows(std::vector<std::vector<SmallCell>> rows);
    [[nodiscard]] SmallTableModel &table() { return *m_model; }

private:
    SmallTableModel *m_model;
    int m_rowsShown;
};

} // namespace chrona::ui
