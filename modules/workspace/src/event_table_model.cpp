// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_table_model.h"

#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/event_titles.h"
#include "row_order.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace chrona::workspace {
namespace {

std::optional<OrderBy> orderByOf(int column)
{
    switch (column) {
    case EventTableModel::Time: return OrderBy::Time;
    case EventTableModel::Type: return OrderBy::Type;
    case EventTableModel::Title: return OrderBy::Title;
    case EventTableModel::Region: return OrderBy::Region;
    case EventTableModel::Source: return OrderBy::Source;
    case EventTableModel::Severity: return OrderBy::Severity;
    case EventTableModel::Confidence: return OrderBy::Confidence;
    default: return std::nullopt;
    }
}

} // namespace

EventTableModel::EventTableModel(const EventSelector &selector, EventTexts &texts,
                                 EventTitles &titles, QObject *parent)
    : QAbstractTableModel(parent), m_selector(selector), m_texts(texts), m_titles(titles),
      m_visible(selector.visible()), m_order(std::make_shared<const Order>())
{
    m_pool.setMaxThreadCount(1);
    connect(&selector, &EventSelector::visibleChanged, this, &EventTableModel::request);
    connect(&titles, &EventTitles::ranksChanged, this, [this] {
        if (m_sortColumn == Title)
            request();
    });
    connect(&texts, &EventTexts::textsArrived, this, &EventTableModel::refreshTitles);
    request();
}

EventTableModel::~EventTableModel()
{
    m_pool.waitForDone();
}

int EventTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order->size());
}

int EventTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::uint32_t row = (*m_order)[static_cast<std::size_t>(index.row())];
    const schema::EventColumns &columns = m_visible->snapshot->columns;
    switch (role) {
    case Qt::DisplayRole: return display(index.column(), row);
    case EventIdRole: return qint64{columns.id[row]};
    case TypeRole: return int{columns.type[row]};
    case SyntheticRole: return (columns.flags[row] & schema::EventColumns::kSynthetic) != 0;
    case SnapshotRowRole: return row;
    default: return {};
    }
}

QVariant EventTableModel::display(int column, std::uint32_t row) const
{
    const EventSnapshot &snapshot = *m_visible->snapshot;
    const schema::EventColumns &columns = snapshot.columns;
    switch (column) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(columns.observedAt[row] / 1000, QTimeZone::UTC);
    case Type: return int{columns.type[row]};
    case Title: {
        const auto title = m_texts.title(columns.id[row]);
        return title ? QVariant(*title) : QVariant();
    }
    case Region: return snapshot.regions.value(columns.region[row]);
    case Source: return snapshot.sources.value(columns.source[row]);
    case Severity: return columns.severity[row] / 255.0;
    case Confidence: return columns.confidence[row] / 255.0;
    default: return {};
    }
}

void EventTableModel::sort(int column, Qt::SortOrder order)
{
    if (!orderByOf(column) || (column == m_sortColumn && order == m_sortOrder))
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    request();
}

void EventTableModel::request()
{
    if (m_running)
        m_outdated = true;
    else
        compute();
}

void EventTableModel::compute()
{
    m_outdated = false;
    const EventTitles::Table ranks = m_sortColumn == Title ? m_titles.ranks() : nullptr;
    m_running = true;
    const OrderBy by = orderByOf(m_sortColumn).value_or(OrderBy::Time);
    const Direction direction =
        m_sortOrder == Qt::AscendingOrder ? Direction::Ascending : Direction::Descending;
    m_pool.start([this, visible = m_selector.visible(), by, direction, ranks] {
        auto order = std::make_shared<const Order>(
            arrangedRows(*visible->snapshot, visible->rows, by, direction, ranks.get()));
        QMetaObject::invokeMethod(
            this, [this, visible, order = std::move(order)] { finish(visible, order); });
    });
}

void EventTableModel::finish(std::shared_ptr<const VisibleEvents> visible,
                             std::shared_ptr<const Order> order)
{
    rearrange(std::move(visible), std::move(order));
    m_running = false;
    if (m_outdated)
        compute();
    Q_EMIT arranged();
}

void EventTableModel::rearrange(std::shared_ptr<const VisibleEvents> visible,
                                std::shared_ptr<const Order> order)
{
    if (order->size() != m_order->size()) {
        beginResetModel();
        m_visible = std::move(visible);
        m_order = std::move(order);
        endResetModel();
        return;
    }
    // As many rows as before: views keep their place and follow their current event.
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QList<qint64> events;
    for (const QModelIndex &index : before)
        events.append(eventAt(index.row()));
    m_visible = std::move(visible);
    m_order = std::move(order);
    QHash<qint64, int> rows;
    for (const qint64 event : events)
        if (!rows.contains(event))
            rows.insert(event, rowOf(event));
    QModelIndexList after;
    for (qsizetype at = 0; at < before.size(); ++at) {
        const int row = rows.value(events[at], -1);
        after.append(row < 0 ? QModelIndex() : index(row, before[at].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void EventTableModel::refreshTitles()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Title), index(rowCount() - 1, Title), {Qt::DisplayRole});
}

qint64 EventTableModel::eventAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return 0;
    return m_visible->snapshot->columns.id[(*m_order)[static_cast<std::size_t>(row)]];
}

int EventTableModel::rowOf(qint64 event) const
{
    const auto &ids = m_visible->snapshot->columns.id;
    const auto id = std::ranges::find(ids, event);
    if (id == ids.end())
        return -1;
    const auto found = std::ranges::find(*m_order, static_cast<std::uint32_t>(id - ids.begin()));
    return found == m_order->end() ? -1 : static_cast<int>(found - m_order->begin());
}

} // namespace chrona::workspace
