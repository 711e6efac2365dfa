// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QObject>
#include <QSaveFile>

namespace chrona::ui {

/// Writes what the database holds and a filter lets pass to a file, a thousand rows at a time as
/// they are read. The file is there when all of it is, else what was there before stays. Deletes
/// itself when it has ended. UI thread; the session must outlive it.
class StoredCsv final : public QObject {
    Q_OBJECT
public:
    StoredCsv(workspace::Session &session, const ipc::EventPick &pick, Qt::SortOrder byTime,
              const QString &path, QObject *parent);
    void start();
    void stop();

Q_SIGNALS:
    void progressed(qint64 rows);
    /// One of the two, unless it was stopped.
    void finished(qint64 rows);
    void failed(const chrona::Error &error);

private:
    void ask();
    void take(const Result<ipc::EventRowsReply> &reply);
    void refuse(const Error &error);

    workspace::Session &m_session;
    ipc::EventRowsQuery m_query;
    QSaveFile m_file;
    qint64 m_rows = 0;
    workspace::RequestHandle m_asked;
};

} // namespace chrona::ui
