// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/playback.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace chrona::ui {

Playback::Playback(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(33ms);
    connect(&m_timer, &QTimer::timeout, this, &Playback::step);
}

void Playback::start(MicrosRange window, MicrosRange extent)
{
    m_extent = extent;
    m_window = window;
    if (window.end >= extent.end) {
        const std::int64_t whole = extent.end - extent.begin;
        const std::int64_t span = std::min(window.end - window.begin, whole / 10);
        m_window = {extent.begin, extent.begin + span};
        Q_EMIT windowMoved(m_window);
    }
    m_sinceStep.start();
    m_timer.start();
    Q_EMIT playingChanged();
}

void Playback::stop()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    Q_EMIT playingChanged();
}

MicrosRange Playback::advanced(MicrosRange window, MicrosRange extent, Duration rate,
                               std::chrono::milliseconds elapsed, Mode mode)
{
    const std::int64_t span = window.end - window.begin;
    const std::int64_t shift = rate.count() / 1000 * elapsed.count();
    const std::int64_t end = std::min(window.end + shift, extent.end);
    return {mode == Mode::Cumulative ? window.begin : end - span, end};
}

void Playback::step()
{
    // A slow machine skips, it does not fall behind; but never by more than a quarter of a second.
    const auto elapsed = std::min<qint64>(m_sinceStep.restart(), 250);
    m_window = advanced(m_window, m_extent, m_rate, std::chrono::milliseconds(elapsed), m_mode);
    Q_EMIT windowMoved(m_window);
    if (m_window.end >= m_extent.end)
        stop();
}

} // namespace chrona::ui
