// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "timeline/playback.h"
#include "timeline/timeline_counter.h"
#include "timeline/timeline_view.h"

#include <optional>
#include <utility>
#include <vector>

class QToolButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

/// The timeline in its dock: carries Focus in and out, has counts made off the UI thread, plays,
/// compares two windows. UI thread only.
class TimelinePane final : public Pane {
    Q_OBJECT
public:
    TimelinePane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    [[nodiscard]] TimelineView &view() { return *m_view; }
    [[nodiscard]] Playback &playback() { return m_playback; }
    void togglePlayback();
    /// The last stretch of this length that data covers, or everything with nullopt.
    void showLast(std::optional<Duration> span);
    void zoomToBrush();
    /// Brings a moment into view, a month around it where it was not seen closer; the window stays.
    void showAround(std::int64_t micros);

    /// The days that there are briefings of, "2026-11-25" and their titles.
    void setBriefings(std::vector<std::pair<QString, QString>> days);
    /// When a signal was elevated; an empty name: none is chosen.
    void setEpisodes(const QString &signal, std::vector<MicrosRange> episodes);
    /// What is pinned in the open investigation, and when it was worked on.
    void setCase(std::vector<TimelineMark> marks);
    /// Entities to have lanes of; empty: the most named.
    [[nodiscard]] EntityLanes &entities() { return m_entities; }
    void setPrice(std::optional<TimelineLine> price);
    /// Values of the chosen signal's feature.
    void setFeature(std::optional<TimelineLine> feature);
    [[nodiscard]] TimelineGrouping grouping() const { return m_grouping; }
    void setGrouping(TimelineGrouping grouping);
    /// Keeps the window to compare others with it; again: lets it go.
    void toggleCompared();
    /// Edges of the brush go to where sessions of the exchange open and close.
    void setSnapping(bool isOn);
    [[nodiscard]] const TimelineCounter &counter() const { return m_counter; }
    /// Which of these are shown beside the events.
    [[nodiscard]] TimelineLayers layers() const { return m_layers; }
    void setLayers(TimelineLayers layers);

Q_SIGNALS:
    void layersChanged();
    void briefingWanted(const QString &day);
    void caseItemWanted(qint64 item);

private:
    // timeline_pane_tools.cpp
    void makeTools();
    void makePlaybackMenu();
    void makeLaneMenu();
    void refreshTools();
    void refreshCompared();
    void countAgain();
    void takeExtent();
    void focusToView();
    void marksToView();
    void makeLayerMenu();
    void overlayToView();
    void takeMark(const TimelineMark &mark);
    [[nodiscard]] QString textOf(const TimelineMark &mark) const;
    void refreshState();

    workspace::Session &m_session;
    TimelineView *m_view;
    Playback m_playback;
    QToolButton *m_play = nullptr;
    QToolButton *m_rate = nullptr;
    QToolButton *m_fit = nullptr;
    QToolButton *m_layerMenu = nullptr;
    QToolButton *m_compare = nullptr;
    TimelineLayers m_layers =
        TimelineLayer::Releases | TimelineLayer::Briefings | TimelineLayer::Episodes |
        TimelineLayer::Pins;
    std::vector<TimelineMark> m_releases;
    std::vector<TimelineMark> m_briefings;
    std::vector<TimelineMark> m_episodes;
    std::vector<TimelineMark> m_case; ///< pins and own work
    EntityLanes m_entities;
    std::optional<TimelineLine> m_price, m_feature;
    TimelineCounter m_counter;
    TimelineGrouping m_grouping = TimelineGrouping::Stacked;
    bool m_hasExtent = false;
};

} // namespace chrona::ui
