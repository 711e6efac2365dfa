// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "timeline/timeline_view.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace chrona::ui {

/// Slides a window over time at a rate, or lets its end run on (cumulative), until the end of time
/// is reached. Does nothing, and wakes nobody, while it is stopped. UI thread only.
class Playback final : public QObject {
    Q_OBJECT
public:
    explicit Playback(QObject *parent);

    [[nodiscard]] bool isPlaying() const { return m_timer.isActive(); }
    enum class Mode : std::uint8_t { Sliding, Cumulative };
    void setMode(Mode mode) { m_mode = mode; }
    [[nodiscard]] Mode mode() const { return m_mode; }
    /// World time for one second of watching.
    void setRate(Duration perSecond) { m_rate = perSecond; }
    [[nodiscard]] Duration rate() const { return m_rate; }
    /// A window that covers everything begins as its first tenth.
    void start(MicrosRange window, MicrosRange extent);
    void stop();
    /// The window after `elapsed` of watching; reaches the end of extent and stops there.
    [[nodiscard]] static MicrosRange advanced(MicrosRange window, MicrosRange extent, Duration rate,
                                              std::chrono::milliseconds elapsed,
                                              Mode mode = Mode::Sliding);

Q_SIGNALS:
    void windowMoved(chrona::ui::MicrosRange window);
    void playingChanged();

private:
    void step();

    QTimer m_timer;
    QElapsedTimer m_sinceStep;
    MicrosRange m_window;
    MicrosRange m_extent;
    Mode m_mode = Mode::Sliding;
    Duration m_rate = std::chrono::hours(24 * 7);
};

} // namespace chrona::ui
