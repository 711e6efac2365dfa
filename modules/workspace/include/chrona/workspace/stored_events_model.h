// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_table_model.h"
#include "chrona/workspace/stored_pages.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::workspace {

/// The events of the whole database as a table, by time: what is in memory is where its pages begin
/// and the pages that were looked at last (docs/adr/0125). A walk along the table finds where pages
/// begin, a stretch at a time; rows can be looked at as far as it has come. It is the table as it
/// stood when it was walked: what comes later is told by isOutdated() where a page shows it, and
/// shown by readAgain(). Columns and roles are those of EventTableModel, without SnapshotRowRole;
/// everything is null until a row's page is here. Thread rule: UI thread.
class StoredEventsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using StepsAnswer = std::function<void(Result<ipc::EventStepsReply>)>;
    using FetchSteps = std::function<RequestHandle(ipc::EventStepsQuery, StepsAnswer)>;

    static constexpr int kPageRows = 512;
    /// A view keeps eight bytes for each row, and counts pixels in 31 bits.
    static constexpr int kRowsMax = 39'000 * kPageRows; // some 20 million

    StoredEventsModel(FetchSteps fetchSteps, StoredPages::Fetch fetchPage,
                      QObject *parent = nullptr);
    ~StoredEventsModel() override;

    /// Absent: nothing, and nothing is asked. The same pick again does nothing.
    void show(const std::optional<ipc::EventPick> &pick);
    /// From the top, as it stands now.
    void readAgain();
    [[nodiscard]] const std::optional<ipc::EventPick> &pick() const { return m_pick; }

    enum class Walk : std::uint8_t {
        None,
        Underway,
        Done,    ///< rowCount() is exact
        Full,    ///< there are more than a table can show: kRowsMax of them are here
        Stopped, ///< problem() says why
    };
    [[nodiscard]] Walk walk() const { return m_walk; }
    /// Of all, as the database's planner believes; never fewer than were walked. Absent where it is
    /// not needed: the walk is done, or has not begun.
    [[nodiscard]] std::optional<qint64> about() const;
    [[nodiscard]] bool isOutdated() const { return m_isOutdated; }
    /// When the walk began.
    [[nodiscard]] Instant asOf() const { return m_asOf; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    /// By time only: no other order has an index, and sorting all would be read at each page.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// 0 where its page is not here.
    [[nodiscard]] qint64 eventAt(int row) const;
    struct Place {
        std::int64_t observedAt = 0; ///< microseconds since 1970
        bool hasPlace = false;
        float longitude = 0, latitude = 0;
    };
    /// Of an event on a page that is here.
    [[nodiscard]] std::optional<Place> placeOf(qint64 event) const;
    [[nodiscard]] const StoredPages &pages() const { return *m_pages; }
    /// What page that holds this row is asked by.
    [[nodiscard]] ipc::EventRowsQuery queryFor(int page) const;

Q_SIGNALS:
    /// Anything of walk(), about(), isOutdated() or problem() has changed.
    void extentChanged();

private:
    void goOn();
    void take(quint64 generation, const Result<ipc::EventStepsReply> &reply);
    void stop();
    void note(int page);
    [[nodiscard]] QVariant display(const StoredPage &page, int column, std::size_t at) const;

    FetchSteps m_fetchSteps;
    std::unique_ptr<StoredPages> m_pages;
    std::optional<ipc::EventPick> m_pick;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    std::vector<ipc::RowKey> m_keys; ///< the first row of each page
    std::optional<ipc::RowKey> m_next;
    int m_rows = 0;
    std::uint32_t m_walkPages = 0; ///< of the walk that is under way
    quint64 m_generation = 0;
    RequestHandle m_walking;
    Walk m_walk = Walk::None;
    std::optional<qint64> m_about;
    bool m_isOutdated = false;
    Instant m_asOf;
    std::optional<Error> m_problem;
};

} // namespace chrona::workspace
