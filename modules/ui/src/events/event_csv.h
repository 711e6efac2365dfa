// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <vector>

namespace chrona::ui {

/// Makes CSV of events, a row each in the order given, with the titles as far as the service tells
/// them. Titles come a thousand at a time; it can be stopped in between. Deletes itself when it has
/// ended. UI thread; the session must outlive it.
class EventCsv final : public QObject {
    Q_OBJECT
public:
    /// Rows of the snapshot.
    EventCsv(workspace::Session &session, std::shared_ptr<const workspace::EventSnapshot> snapshot,
             std::vector<std::uint32_t> rows, QObject *parent);
    ~EventCsv() override;
    void start();
    void stop();

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    /// Not after stop().
    void finished(const QByteArray &csv);

private:
    void askTitles(std::size_t from);
    void finish();

    workspace::Session &m_session;
    std::shared_ptr<const workspace::EventSnapshot> m_snapshot;
    std::vector<std::uint32_t> m_rows;
    QHash<qint64, QString> m_titles;
    bool m_isStopped = false;
    QThreadPool m_pool; ///< writes the lines
};

/// Without asking anybody: rows with the titles that are known.
[[nodiscard]] QByteArray eventsCsv(const workspace::EventSnapshot &snapshot,
                                   const std::vector<std::uint32_t> &rows,
                                   const QHash<qint64, QString> &titles);
/// The parts of it: the line of titles, and lines of rows.
[[nodiscard]] QByteArray eventCsvTitles();
[[nodiscard]] QByteArray eventCsvLines(const workspace::EventSnapshot &snapshot,
                                       const std::vector<std::uint32_t> &rows,
                                       const QHash<qint64, QString> &titles);

} // namespace chrona::ui
