// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_status.h"

#include <QAbstractTableModel>

#include <vector>

namespace chrona::workspace {

class Session;

/// The source registry with health, by key. Raw values; words are the view's. Thread rule: UI
/// thread.
class SourcesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, State, LastSuccess, NextRun, Items, Licence, Mode, ColumnCount };
    enum Role { KeyRole = Qt::UserRole, StateRole, EnabledRole, ProblemRole };

    explicit SourcesModel(Session &session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] const ipc::SourceEntry &entry(int row) const { return m_entries.at(row); }
    /// Sends the command; the row changes when the service says so, commandFailed() tells
    /// otherwise.
    void command(int row, ipc::SourceAction action);
    void refresh();

Q_SIGNALS:
    void commandFailed(const QString &key, const chrona::Error &error);

private:
    void replace(std::vector<ipc::SourceEntry> entries);
    void update(const ipc::SourceEntry &entry);

    Session &m_session;
    std::vector<ipc::SourceEntry> m_entries;
};

} // namespace chrona::workspace
