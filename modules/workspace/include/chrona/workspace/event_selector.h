// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_filter.h"
#include "chrona/workspace/event_store.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::workspace {

class EventTitles;
class Focus;

/// Which rows of which snapshot are visible, immutable. Rows ascend, so they are ordered by time.
struct VisibleEvents {
    std::shared_ptr<const EventSnapshot> snapshot;
    std::vector<std::uint32_t> rows;        ///< pass the filter and the window
    std::vector<std::uint32_t> rowsAnyTime; ///< pass the filter, at any time: for the timeline
    TimeWindow window;                      ///< with which rows were chosen
};

/// Applies Focus to EventStore off the UI thread; the newest request wins, and no more than one
/// computation runs at a time. Words of titles are looked up by the service first; until it has
/// answered, what was visible stays. Thread rule: UI thread; all three must outlive it.
class EventSelector : public QObject {
    Q_OBJECT

public:
    EventSelector(const Focus &focus, const EventStore &store, EventTitles &titles,
                  QObject *parent = nullptr);
    ~EventSelector() override;

    /// Never null. May lag behind Focus by one computation; isSettled() tells.
    [[nodiscard]] std::shared_ptr<const VisibleEvents> visible() const { return m_visible; }
    [[nodiscard]] bool isSettled() const { return !m_running && !m_waiting; }
    [[nodiscard]] const EventStore &store() const { return m_store; }

Q_SIGNALS:
    void visibleChanged();

private:
    void request();
    void compute();
    void finish(std::shared_ptr<const VisibleEvents> visible);

    /// What decides which rows pass at any time.
    struct Question {
        std::shared_ptr<const EventSnapshot> snapshot;
        EventCriteria criteria; ///< of any window
        std::shared_ptr<const EventIdTable> titled;
        friend bool operator==(const Question &, const Question &) = default;
    };

    const Focus &m_focus;
    const EventStore &m_store;
    EventTitles &m_titles;
    std::shared_ptr<const VisibleEvents> m_visible;
    std::optional<Question> m_answered; ///< by m_visible, or soon by what is computed
    bool m_running = false;
    bool m_outdated = false;
    bool m_waiting = false; ///< for what the service knows of titles
    QThreadPool m_pool;
};

} // namespace chrona::workspace
