// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"

#include <QTimer>

#include <map>

class QScrollArea;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

/// Stories and signals that bear on what is pinned: stories that hold a pinned event or name a
/// pinned entity or topic, signals that count one. Asked for again a moment after pins change. UI
/// thread only.
class BearingPane final : public Pane {
    Q_OBJECT
public:
    BearingPane(workspace::Investigations &book, workspace::Session &session, const Theme &theme,
                QWidget *parent);

    [[nodiscard]] const std::map<std::int64_t, schema::Cluster> &stories() const
    {
        return m_stories;
    }
    [[nodiscard]] const std::vector<ipc::SignalEntry> &signalsFound() const { return m_signals; }

Q_SIGNALS:
    void signalWanted(qint64 signal);

private:
    void ask();
    void askStories(ipc::ClusterQuery query);
    void finishOne();
    void rebuild();

    workspace::Investigations &m_book;
    workspace::Session &m_session;
    QScrollArea *m_scroll;
    QTimer m_pause;
    quint64 m_asked = 0; ///< answers to earlier questions are dropped
    int m_open = 0;
    std::map<std::int64_t, schema::Cluster> m_stories; ///< by id
    std::vector<ipc::SignalEntry> m_signals;
};

} // namespace chrona::ui
