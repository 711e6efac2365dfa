// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_selector.h"

#include <QAbstractTableModel>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::workspace {

class EventTexts;
class EventTitles;
class Focus;

/// The visible events as a table. Sorting a million rows happens off the UI thread; until it is
/// done the table keeps the order it has. Words, units and colours are the view's: DisplayRole
/// gives raw values (times as QDateTime in UTC, types as int). Thread rule: UI thread.
class EventTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Type, Title, Region, Source, Severity, Confidence, ColumnCount };
    enum Role {
        EventIdRole = Qt::UserRole, ///< qint64
        TypeRole,                   ///< int, schema::EventType
        SyntheticRole,              ///< bool
        SnapshotRowRole,            ///< quint32, row in the snapshot
    };

    EventTableModel(const EventSelector &selector, EventTexts &texts, EventTitles &titles,
                    QObject *parent = nullptr);
    ~EventTableModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// Null where a title is not there yet; dataChanged() follows.
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    /// Ties are broken by time, newest first. The order of titles comes from the service.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// What is shown: rows of snapshot(), in the order of the table.
    [[nodiscard]] const std::vector<std::uint32_t> &snapshotRows() const { return *m_order; }
    [[nodiscard]] std::shared_ptr<const EventSnapshot> snapshot() const
    {
        return m_visible->snapshot;
    }
    [[nodiscard]] qint64 eventAt(int row) const;
    /// The table row that shows an event; -1 where none does.
    [[nodiscard]] int rowOf(qint64 event) const;

Q_SIGNALS:
    /// The rows of the newest request are shown.
    void arranged();

private:
    using Order = std::vector<std::uint32_t>;
    void request();
    void compute();
    void finish(std::shared_ptr<const VisibleEvents> visible, std::shared_ptr<const Order> order);
    void rearrange(std::shared_ptr<const VisibleEvents> visible,
                   std::shared_ptr<const Order> order);
    void refreshTitles();
    [[nodiscard]] QVariant display(int column, std::uint32_t row) const;

    const EventSelector &m_selector;
    EventTexts &m_texts;
    EventTitles &m_titles;
    std::shared_ptr<const VisibleEvents> m_visible;
    std::shared_ptr<const Order> m_order; ///< snapshot rows in table order
    int m_sortColumn = Time;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    bool m_running = false;
    bool m_outdated = false;
    QThreadPool m_pool;
};

} // namespace chrona::workspace
