// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_filter.h"
#include "chrona/workspace/event_store.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <vector>

namespace chrona::workspace {

class Focus;

/// Which rows of which snapshot are visible, immutable. Rows ascend, so they are ordered by time.
struct VisibleEvents {
    std::shared_ptr<const EventSnapshot> snapshot;
    std::vector<std::uint32_t> rows;        ///< pass the filter and the window
    std::vector<std::uint32_t> rowsAnyTime; ///< pass the filter, at any time: for the timeline
    TimeWindow window;                      ///< with which rows were chosen
};

/// Applies Focus to EventStore off the UI thread; the newest request wins, and no more than one
/// computation runs at a time. Thread rule: UI thread; both must outlive it.
class EventSelector : public QObject {
    Q_OBJECT

public:
    EventSelector(const Focus &focus, const EventStore &store, QObject *parent = nullptr);
    ~EventSelector() override;

    /// Never null. May lag behind Focus by one computation; isSettled() tells.
    [[nodiscard]] std::shared_ptr<const VisibleEvents> visible() const { return m_visible; }
    [[nodiscard]] bool isSettled() const { return !m_running; }
    [[nodiscard]] const EventStore &store() const { return m_store; }

Q_SIGNALS:
    void visibleChanged();

private:
    void request();
    void compute();
    void finish(std::shared_ptr<const VisibleEvents> visible);

    const Focus &m_focus;
    const EventStore &m_store;
    std::shared_ptr<const VisibleEvents> m_visible;
    bool m_running = false;
    bool m_outdated = false;
    QThreadPool m_pool;
};

} // namespace chrona::workspace
