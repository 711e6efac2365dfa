// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"
#include "text/time_text.h"

#include <QAbstractTableModel>

class QScrollArea;
class QToolButton;

namespace chrona::ui {

class FactColumn;
class TableView;

/// The followed provider's reward epochs, the newest first: how often it was there, how close it
/// came, what that brought.
class ProviderHistoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Epoch,
        Revealed,
        Primary,
        Secondary,
        Near,
        Percentile,
        DataConnector,
        FastUpdates,
        Staking,
        Passes,
        Predicted,
        Claimed,
        Open,
        Fees,
        ColumnCount
    };

    ProviderHistoryModel(workspace::OracleWatch &watch, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    /// Below what a provider aims at: 99.9 % of the rounds, the best quarter.
    [[nodiscard]] bool isBelowGoal(int row, int column) const;

private:
    [[nodiscard]] const ipc::FtsoEpochMoney *moneyOf(std::int64_t rewardEpoch) const;
    void take();

    workspace::OracleWatch &m_watch;
    std::vector<ipc::FtsoProviderEpoch> m_rows;
    std::vector<ipc::FtsoEpochMoney> m_money;
    QString m_coin;
};

/// First what an operator asks of a chain (registered now and next, indexer, addresses, balances),
/// then the history. UI thread only.
class ProviderPane final : public OraclePane {
    Q_OBJECT
public:
    ProviderPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                 QWidget *parent);

    void setTimeText(const TimeText &times);
    /// Its reward epochs in money, for a table program.
    [[nodiscard]] Status exportTo(const QString &path) const;

private:
    void askExport();
    void refresh();
    void tell(const ipc::FlareStatusReply &chain);
    void addStanding(FactColumn &column, const ipc::FlareStatusReply &chain) const;
    void addBalances(FactColumn &column, const ipc::FlareStatusReply &chain) const;
    [[nodiscard]] QString coin() const;

    ProviderHistoryModel *m_model;
    TableView *m_table;
    QScrollArea *m_scroll;
    QToolButton *m_export;
    TimeText m_times;
};

} // namespace chrona::ui
