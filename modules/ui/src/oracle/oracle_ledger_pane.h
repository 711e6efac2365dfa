// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"
#include "text/time_text.h"

#include <QAbstractTableModel>

namespace chrona::ui {

class TableView;

/// What the followed provider handed in on chain, the newest round first.
class OracleLedgerModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Round, Commit, Reveal, Signature, InBand, Near, ColumnCount };

    OracleLedgerModel(workspace::OracleWatch &watch, QObject *parent);

    void setTimeText(const TimeText &times) { m_times = times; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    /// "in_time", "late", …: of Commit, Reveal and Signature; empty for the others.
    [[nodiscard]] std::string_view part(int row, int column) const;

private:
    workspace::OracleWatch &m_watch;
    TimeText m_times;
    std::vector<ipc::FtsoSubmission> m_rows;
};

/// UI thread only.
class OracleLedgerPane final : public OraclePane {
    Q_OBJECT
public:
    OracleLedgerPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                     QWidget *parent);

private:
    void refresh();

    OracleLedgerModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
