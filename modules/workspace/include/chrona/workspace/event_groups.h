// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_selector.h"

#include <QAbstractTableModel>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::workspace {

enum class GroupBy : std::uint8_t { Type, Region, Country, Source, Day, Week, Month };

/// Events that have something in common, and what they come to.
struct EventGroup {
    std::int64_t key = 0; ///< Type: its number; times: microseconds of the begin; else unused
    QString name;         ///< Region, Country, Source: the code or key; "" for none
    std::uint32_t events = 0;
    std::int64_t firstAt = 0, lastAt = 0; ///< observed, microseconds since 1970
    double severityMean = 0, severityMax = 0, confidenceMean = 0; ///< 0–1
    friend bool operator==(const EventGroup &, const EventGroup &) = default;
};

/// One walk through the rows; no group is empty. Any thread, pure.
[[nodiscard]] std::vector<EventGroup> groupRows(const EventSnapshot &snapshot,
                                                const std::vector<std::uint32_t> &rows, GroupBy by);

/// The visible events by group, sorted and summed off the UI thread; until that is done the table
/// keeps what it has. Computes nothing while it is not active. DisplayRole gives raw values: words
/// and units are the view's. Thread rule: UI thread.
class EventGroupsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Group,
        Events,
        Share, ///< of all visible ones, 0–1
        SeverityMean,
        SeverityMax,
        ConfidenceMean,
        First,
        Last,
        ColumnCount
    };

    explicit EventGroupsModel(const EventSelector &selector, QObject *parent = nullptr);
    ~EventGroupsModel() override;

    /// nullopt: not active, and without rows.
    void setGroupBy(std::optional<GroupBy> by);
    [[nodiscard]] std::optional<GroupBy> groupBy() const { return m_by; }
    [[nodiscard]] const EventGroup &group(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    /// Ties go by name, then by key.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

Q_SIGNALS:
    /// The groups of the newest request are shown.
    void arranged();

private:
    using Groups = std::vector<EventGroup>;
    void request();
    void compute();
    void finish(std::shared_ptr<const Groups> groups, std::size_t events);

    const EventSelector &m_selector;
    std::optional<GroupBy> m_by;
    std::shared_ptr<const Groups> m_groups;
    std::size_t m_events = 0;
    int m_sortColumn = Events;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    bool m_running = false;
    bool m_outdated = false;
    QThreadPool m_pool;
};

} // namespace chrona::workspace
