// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "timeline/playback.h"
#include "timeline/timeline_view.h"

#include <QThreadPool>

class QToolButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

/// The timeline in its dock: carries Focus in and out, builds counts off the UI thread, plays. The
/// newest rows win. UI thread only.
class TimelinePane final : public Pane {
    Q_OBJECT
public:
    TimelinePane(workspace::Session &session, const Theme &theme, QWidget *parent);
    ~TimelinePane() override;

    void setTimeText(const TimeText &times);
    [[nodiscard]] TimelineView &view() { return *m_view; }
    [[nodiscard]] Playback &playback() { return m_playback; }
    void togglePlayback();
    /// The last stretch of this length that data covers, or everything with nullopt.
    void showLast(std::optional<Duration> span);
    void zoomToBrush();

private:
    void makeTools();
    void refreshTools();
    void countAgain();
    void takeExtent();
    void focusToView();
    void marksToView();
    void refreshState();

    workspace::Session &m_session;
    TimelineView *m_view;
    Playback m_playback;
    QToolButton *m_play = nullptr;
    QToolButton *m_rate = nullptr;
    QToolButton *m_fit = nullptr;
    QThreadPool m_pool;
    quint64 m_ticket = 0;
    bool m_hasExtent = false;
};

} // namespace chrona::ui
