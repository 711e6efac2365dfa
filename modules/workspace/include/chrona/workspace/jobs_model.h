// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_operations.h"

#include <QAbstractTableModel>

#include <vector>

namespace chrona::workspace {

class Session;

/// The service's jobs, newest first, bounded. Raw values; words are the view's. Thread rule: UI
/// thread.
class JobsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::size_t kRowsMax = 500;
    enum Column { Kind, Queue, State, Progress, Attempts, Created, Finished, ColumnCount };
    enum Role {
        JobIdRole = Qt::UserRole, ///< qint64
        StateRole,                ///< int, ipc::JobState
        FractionRole,             ///< double, 0–1; -1: not known
        ProblemRole,              ///< QString
        CancellableRole,          ///< bool
    };

    explicit JobsModel(Session &session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] const ipc::JobEntry &entry(int row) const { return m_jobs.at(row); }
    void command(int row, ipc::JobAction action);
    void refresh();

Q_SIGNALS:
    void commandFailed(qint64 job, const chrona::Error &error);

private:
    void replace(std::vector<ipc::JobEntry> jobs);
    void update(const ipc::JobEntry &job);

    Session &m_session;
    std::vector<ipc::JobEntry> m_jobs;
};

} // namespace chrona::workspace
