// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"
#include "text/time_text.h"

#include <QAbstractTableModel>

namespace chrona::ui {

class TableView;

/// What an operator was told, what holds first.
class OracleAlertsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, Raised, Ended, ColumnCount };

    OracleAlertsModel(workspace::OracleWatch &watch, QObject *parent);

    void setTimeText(const TimeText &times);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] const ipc::OracleAlert &alert(int row) const { return m_alerts.at(row); }

private:
    workspace::OracleWatch &m_watch;
    TimeText m_times;
    std::vector<ipc::OracleAlert> m_alerts;
};

/// UI thread only.
class OracleAlertsPane final : public OraclePane {
    Q_OBJECT
public:
    OracleAlertsPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                     QWidget *parent);
    void setTimeText(const TimeText &times) { m_model->setTimeText(times); }

private:
    void refresh();

    OracleAlertsModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
