// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "timeline/cumulative_counts.h"
#include "timeline/timeline_lanes.h"
#include "timeline/timeline_overlay.h"

#include "chrona/workspace/event_selector.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::ui {

/// What the timeline counts, made on a thread: once for a snapshot and a filter, whatever types are
/// chosen and wherever the window is. The newest request wins. UI thread only.
class TimelineCounter final : public QObject {
    Q_OBJECT
public:
    struct Counted {
        std::shared_ptr<const CumulativeCounts> counts;
        std::vector<TimelineLane> lanes;      ///< as they were asked for; empty: none
        std::vector<TimelineMark> releases;
    };

    explicit TimelineCounter(QObject *parent);
    ~TimelineCounter() override;

    /// Counts anew only where that changes anything; then counted() follows.
    void want(const std::shared_ptr<const workspace::VisibleEvents> &visible,
              const workspace::EventCriteria &criteria, TimelineGrouping grouping,
              const std::shared_ptr<const EntityEventsList> &entities = {});
    /// Of what was counted, these types are to be shown.
    [[nodiscard]] std::uint32_t types() const { return m_types; }
    /// How often rows were counted; for tests.
    [[nodiscard]] int rounds() const { return m_rounds; }

Q_SIGNALS:
    void counted(const chrona::ui::TimelineCounter::Counted &result);

private:
    struct Wanted {
        std::shared_ptr<const workspace::EventSnapshot> snapshot;
        workspace::EventCriteria criteria; ///< without window and types
        TimelineGrouping grouping = TimelineGrouping::Stacked;
        std::shared_ptr<const EntityEventsList> entities; ///< nullptr: no lanes are of them
        friend bool operator==(const Wanted &, const Wanted &) = default;
    };
    void count(std::shared_ptr<const workspace::VisibleEvents> visible);

    std::optional<Wanted> m_wanted;
    std::uint32_t m_types = kAllTypes;
    quint64 m_ticket = 0;
    int m_rounds = 0;
    QThreadPool m_pool;
};

} // namespace chrona::ui
