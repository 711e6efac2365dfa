// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/event_columns.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace chrona::workspace {

/// The events that are loaded, immutable. Rows are ordered by observedAt.
struct EventSnapshot {
    schema::EventColumns columns;
    QStringList sources;  ///< keys, by EventColumns::source
    QStringList regions;  ///< ISO 3166 codes, by EventColumns::region
    quint64 sequence = 0; ///< of the newest notification that is in it
    std::optional<Instant> since{}; ///< older ones stay in the database; absent: all are here
    quint64 older = 0;              ///< about so many
};

/// What came after a snapshot.
struct EventDelta {
    std::vector<std::int64_t> removed; ///< ids to take out first
    schema::EventColumns rows;         ///< in any order
    QStringList sources;               ///< the whole table; empty: as before
    QStringList regions;
    quint64 sequence = 0;
};

/// `base` without the removed rows and with the new ones in their places. Any thread, pure.
[[nodiscard]] EventSnapshot merged(const EventSnapshot &base,
                                   const std::vector<EventDelta> &deltas);

/// Events as they stood at a past moment, with tables of their own.
struct FormerEvents {
    schema::EventColumns rows;
    QStringList sources; ///< keys, by EventColumns::source
    QStringList regions; ///< ISO 3166 codes, by EventColumns::region
};

/// `present` with those events as they stood, in the place of what stands now. Any thread, pure.
[[nodiscard]] EventSnapshot asItStood(const EventSnapshot &present, const FormerEvents &former);

/// Holds the newest snapshot. Deltas are merged off the UI thread, several at once where they come
/// quickly, because each merge copies the columns. Thread rule: UI thread.
class EventStore : public QObject {
    Q_OBJECT

public:
    explicit EventStore(QObject *parent = nullptr);
    ~EventStore() override;

    /// Never null; empty at first.
    [[nodiscard]] std::shared_ptr<const EventSnapshot> snapshot() const { return m_snapshot; }
    /// Deltas that wait to be merged are dropped: what the new snapshot lacks comes again.
    void replace(std::shared_ptr<const EventSnapshot> snapshot);
    /// What stood at a past moment is shown in place of what stands now; null: no longer. What
    /// comes meanwhile is merged below it.
    void setFormer(std::shared_ptr<const FormerEvents> former);
    /// A delta that the snapshot already holds (by its sequence, 0 being none) is dropped.
    void append(EventDelta delta);
    /// The row of an event in the current snapshot.
    [[nodiscard]] std::optional<std::uint32_t> rowOf(qint64 event) const;
    /// It came with one of the latest deltas, not with the snapshot that was loaded.
    [[nodiscard]] bool hasArrived(qint64 event) const { return m_arrived.contains(event); }

Q_SIGNALS:
    void snapshotChanged();

private:
    void mergeNext();
    struct Merge {
        std::shared_ptr<const EventSnapshot> present, shown;
    };
    void startMerge(std::vector<EventDelta> deltas);
    void finishMerge(quint64 generation, const Merge &merge);
    void noteArrived(const EventDelta &delta);

    std::shared_ptr<const EventSnapshot> m_present;  ///< what stands now
    std::shared_ptr<const EventSnapshot> m_snapshot; ///< what is shown
    std::shared_ptr<const FormerEvents> m_former;    ///< null: the two are the same
    std::vector<EventDelta> m_waiting;
    std::vector<EventDelta> m_underway; ///< in the merge that runs
    quint64 m_generation = 0; ///< a replace() makes a running merge obsolete
    bool m_merging = false;
    QTimer m_mergeTimer;
    QSet<qint64> m_arrived;
    std::deque<qint64> m_arrivedOrder; ///< oldest first: the set is bounded
    QThreadPool m_pool;
};

} // namespace chrona::workspace
