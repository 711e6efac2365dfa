// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"

#include <QAbstractTableModel>

namespace chrona::ui {

class TableView;

/// How close the followed provider's values came in its last rounds, feed by feed, beside everybody
/// else's.
class AccuracyModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Feed, Primary, Secondary, Near, Others, Rank, Place, ColumnCount };

    AccuracyModel(workspace::OracleWatch &watch, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] const ipc::FtsoFeedAccuracy &feed(int row) const
    {
        return m_rows.at(static_cast<std::size_t>(row));
    }

private:
    void take();

    workspace::OracleWatch &m_watch;
    std::vector<ipc::FtsoFeedAccuracy> m_rows;
};

/// UI thread only.
class AccuracyPane final : public OraclePane {
    Q_OBJECT
public:
    AccuracyPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                 QWidget *parent);

private:
    void refresh();

    AccuracyModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
