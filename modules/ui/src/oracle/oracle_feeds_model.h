// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/oracle_watch.h"

#include <QAbstractTableModel>

namespace chrona::ui {

/// One row a feed, in the order of the settings; changes each second.
class OracleFeedsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Feed, Price, Confidence, Sources, State, Band, Spark, ColumnCount };

    OracleFeedsModel(workspace::OracleWatch &watch, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] const ipc::OracleFeedEntry &row(int row) const { return m_rows.at(row); }

private:
    void take();

    workspace::OracleWatch &m_watch;
    std::vector<ipc::OracleFeedEntry> m_rows;
};

} // namespace chrona::ui
