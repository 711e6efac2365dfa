// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"

#include <QAbstractTableModel>

namespace chrona::ui {

class TableView;

/// Everybody who provides in the newest reward epoch, the closest first; who is followed stands
/// out.
class CompetitionModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Rank, Provider, Primary, Secondary, Revealed, OfCap, Fee, Share, ColumnCount };

    CompetitionModel(workspace::OracleWatch &watch, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool isOwn(int row) const;
    /// Of the provider followed; -1: it is not among them.
    [[nodiscard]] int ownRow() const;

private:
    void take();

    workspace::OracleWatch &m_watch;
    std::vector<ipc::FtsoProviderEpoch> m_rows;
    std::string m_identity;
};

/// UI thread only.
class CompetitionPane final : public OraclePane {
    Q_OBJECT
public:
    CompetitionPane(workspace::OracleWatch &watch, workspace::Session &session,
                    const Theme &theme, QWidget *parent);

private:
    void refresh();

    CompetitionModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
