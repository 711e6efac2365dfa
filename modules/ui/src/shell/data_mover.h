// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/workspace/data_move.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>

#include <filesystem>
#include <stop_token>

namespace chrona::ui {

/// Moves the data folder off the UI thread. A service that is still ending is waited for. UI thread
/// only; destroying it stops the move, which then leaves everything where it was.
class DataMover final : public QObject {
    Q_OBJECT
public:
    DataMover(std::filesystem::path from, std::filesystem::path to, QObject *parent);
    ~DataMover() override;

    void start();
    void stop() { m_stop.request_stop(); }
    [[nodiscard]] const Status &outcome() const { return m_outcome; }

Q_SIGNALS:
    void progressed(quint64 doneBytes, quint64 totalBytes);
    void finished(); ///< outcome() says how

private:
    void attempt();

    std::filesystem::path m_from, m_to;
    std::stop_source m_stop;
    Status m_outcome;
    QElapsedTimer m_since;
    QThreadPool m_pool;
};

} // namespace chrona::ui
