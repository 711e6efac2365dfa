// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/stored_events_model.h"

#include "chrona/base/clock.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace chrona::workspace {
namespace {

/// The first walk is short, so that the first rows are there at once; then ever longer ones.
constexpr std::uint32_t kFirstWalkPages = 16;
constexpr std::uint32_t kWalkGrowth = 4;

} // namespace

StoredEventsModel::StoredEventsModel(FetchSteps fetchSteps, StoredPages::Fetch fetchPage,
                                     QObject *parent)
    : QAbstractTableModel(parent), m_fetchSteps(std::move(fetchSteps)),
      m_pages(std::make_unique<StoredPages>(std::move(fetchPage)))
{
    connect(m_pages.get(), &StoredPages::arrived, this, &StoredEventsModel::note);
    connect(m_pages.get(), &StoredPages::failed, this, [this](const Error &error) {
        m_problem = error;
        Q_EMIT extentChanged();
    });
}

StoredEventsModel::~StoredEventsModel()
{
    m_walking.cancel();
}

void StoredEventsModel::show(const std::optional<ipc::EventPick> &pick)
{
    if (pick == m_pick)
        return;
    m_pick = pick;
    readAgain();
}

void StoredEventsModel::stop()
{
    ++m_generation;
    std::exchange(m_walking, {}).cancel();
    m_pages->clear();
    m_keys.clear();
    m_next.reset();
    m_rows = 0;
    m_walkPages = 0;
    m_about.reset();
    m_isOutdated = false;
    m_problem.reset();
    m_walk = Walk::None;
}

void StoredEventsModel::readAgain()
{
    beginResetModel();
    stop();
    endResetModel();
    if (m_pick) {
        m_asOf = SystemClock().now();
        m_walk = Walk::Underway;
        goOn();
    }
    Q_EMIT extentChanged();
}

void StoredEventsModel::goOn()
{
    m_walkPages = m_walkPages == 0
                      ? kFirstWalkPages
                      : std::min(m_walkPages * kWalkGrowth, ipc::EventStepsQuery::kPagesMax);
    ipc::EventStepsQuery query;
    query.pick = *m_pick;
    query.order =
        m_sortOrder == Qt::AscendingOrder ? ipc::RowOrder::OldestFirst : ipc::RowOrder::NewestFirst;
    query.from = m_next;
    query.rowsPerPage = kPageRows;
    query.pages = m_walkPages;
    m_walking =
        m_fetchSteps(std::move(query),
                     [this, generation = m_generation](const Result<ipc::EventStepsReply> &reply) {
                         take(generation, reply);
                     });
}

void StoredEventsModel::take(quint64 generation, const Result<ipc::EventStepsReply> &reply)
{
    if (generation != m_generation)
        return;
    if (!reply) {
        m_problem = reply.error();
        m_walk = Walk::Stopped;
        Q_EMIT extentChanged();
        return;
    }
    const auto room = static_cast<std::uint64_t>(kRowsMax - m_rows);
    const int rows = static_cast<int>(std::min(reply->rows, room));
    if (rows > 0) {
        beginInsertRows({}, m_rows, m_rows + rows - 1);
        m_keys.insert(m_keys.end(), reply->keys.begin(), reply->keys.end());
        m_next = reply->next;
        m_rows += rows;
        endInsertRows();
    }
    if (reply->about)
        m_about = static_cast<qint64>(*reply->about);
    const bool isFull = m_rows >= kRowsMax && (reply->next || reply->rows > room);
    m_walk = isFull ? Walk::Full : reply->next ? Walk::Underway : Walk::Done;
    if (m_walk == Walk::Underway)
        goOn();
    Q_EMIT extentChanged();
}

std::optional<qint64> StoredEventsModel::about() const
{
    if (!m_about || m_walk == Walk::Done)
        return std::nullopt;
    return std::max(*m_about, qint64{m_rows});
}

int StoredEventsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int StoredEventsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : EventTableModel::ColumnCount;
}

ipc::EventRowsQuery StoredEventsModel::queryFor(int page) const
{
    const auto at = static_cast<std::size_t>(page);
    ipc::EventRowsQuery query;
    query.pick = *m_pick;
    query.order =
        m_sortOrder == Qt::AscendingOrder ? ipc::RowOrder::OldestFirst : ipc::RowOrder::NewestFirst;
    query.from = m_keys[at];
    query.before = at + 1 < m_keys.size() ? std::optional(m_keys[at + 1]) : m_next;
    // Room for what has come between: a row too many says so.
    query.limit = 2 * kPageRows;
    return query;
}

QVariant StoredEventsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int number = index.row() / kPageRows;
    const StoredPage *page =
        role == Qt::DisplayRole ? m_pages->page(number, queryFor(number)) : m_pages->kept(number);
    const auto at = static_cast<std::size_t>(index.row() % kPageRows);
    if (!page || at >= page->rows.size())
        return {};
    switch (role) {
    case Qt::DisplayRole: return display(*page, index.column(), at);
    case EventTableModel::EventIdRole: return qint64{page->rows.id[at]};
    case EventTableModel::TypeRole: return int{page->rows.type[at]};
    case EventTableModel::SyntheticRole:
        return (page->rows.flags[at] & schema::EventColumns::kSynthetic) != 0;
    default: return {};
    }
}

QVariant StoredEventsModel::display(const StoredPage &page, int column, std::size_t at) const
{
    const schema::EventColumns &rows = page.rows;
    switch (column) {
    case EventTableModel::Time:
        return QDateTime::fromMSecsSinceEpoch(rows.observedAt[at] / 1000, QTimeZone::UTC);
    case EventTableModel::Type: return int{rows.type[at]};
    case EventTableModel::Title: return page.titles.value(static_cast<qsizetype>(at));
    case EventTableModel::Region: return page.regions.value(rows.region[at]);
    case EventTableModel::Source: return page.sources.value(rows.source[at]);
    case EventTableModel::Severity: return rows.severity[at] / 255.0;
    case EventTableModel::Confidence: return rows.confidence[at] / 255.0;
    default: return {};
    }
}

void StoredEventsModel::sort(int column, Qt::SortOrder order)
{
    if (column != EventTableModel::Time || order == m_sortOrder)
        return;
    m_sortOrder = order;
    if (m_pick)
        readAgain();
}

/// A page is here. One that does not hold what the walk found there says that rows have come or
/// gone since.
void StoredEventsModel::note(int page)
{
    const int first = page * kPageRows;
    const int expected = std::min(kPageRows, m_rows - first);
    if (expected <= 0)
        return;
    const bool isOther = m_pages->kept(page)->rows.size() != static_cast<std::size_t>(expected);
    if (isOther || m_problem) {
        m_isOutdated = m_isOutdated || isOther;
        if (m_walk != Walk::Stopped)
            m_problem.reset();
        Q_EMIT extentChanged();
    }
    Q_EMIT dataChanged(index(first, 0), index(first + expected - 1, columnCount() - 1));
}

qint64 StoredEventsModel::eventAt(int row) const
{
    if (row < 0 || row >= m_rows)
        return 0;
    const StoredPage *page = m_pages->kept(row / kPageRows);
    const auto at = static_cast<std::size_t>(row % kPageRows);
    return page && at < page->rows.size() ? page->rows.id[at] : 0;
}

std::optional<StoredEventsModel::Place> StoredEventsModel::placeOf(qint64 event) const
{
    for (int number = 0; number < static_cast<int>(m_keys.size()); ++number) {
        const StoredPage *page = m_pages->kept(number);
        if (!page)
            continue;
        const auto found = std::ranges::find(page->rows.id, event);
        if (found == page->rows.id.end())
            continue;
        const auto at = static_cast<std::size_t>(found - page->rows.id.begin());
        return Place{page->rows.observedAt[at],
                     (page->rows.flags[at] & schema::EventColumns::kHasPlace) != 0,
                     page->rows.longitude[at], page->rows.latitude[at]};
    }
    return std::nullopt;
}

} // namespace chrona::workspace
