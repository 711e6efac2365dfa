// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/alert_book.h"
#include "shell/pane.h"
#include "text/time_text.h"

#include <QAbstractTableModel>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class TableView;

/// What crossed the person's rules, newest first. UI thread only.
class AlertsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, Rule, Raised, ColumnCount };

    AlertsModel(const workspace::AlertBook &book, QObject *parent);
    void setTimeText(const TimeText &times);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] const schema::Alert &alert(int row) const
    {
        return m_alerts[static_cast<std::size_t>(row)];
    }

private:
    const workspace::AlertBook &m_book;
    std::vector<schema::Alert> m_alerts;
    TimeText m_times;
};

/// Alerts in a table; the events of the current one become the selection of every view.
class AlertsPane final : public Pane {
    Q_OBJECT
public:
    AlertsPane(workspace::AlertBook &book, workspace::Session &session, const Theme &theme,
               QWidget *parent);

    void setTimeText(const TimeText &times);
    [[nodiscard]] TableView &table() { return *m_table; }

Q_SIGNALS:
    void rulesWanted();
    void signalWanted(qint64 id);

private:
    void refresh();
    void follow(int row);

    workspace::AlertBook &m_book;
    workspace::Session &m_session;
    AlertsModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
