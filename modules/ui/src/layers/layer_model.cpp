// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/layer_model.h"

#include "text/names.h"
#include "text/time_text.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace chrona::ui {

using workspace::EventFilter;
using workspace::EventStore;
using workspace::Focus;

LayerModel::LayerModel(Focus &focus, EventStore &store, QObject *parent) :
    QAbstractListModel(parent), m_focus(focus), m_store(store)
{
    connect(&focus, &Focus::filterChanged, this, &LayerModel::refreshAll);
    connect(&focus, &Focus::windowChanged, this, &LayerModel::recount);
    connect(&focus, &Focus::asOfChanged, this, &LayerModel::recount);
    connect(&store, &EventStore::snapshotChanged, this, &LayerModel::recount);
    rebuild();
    recount();
}

void LayerModel::rebuild()
{
    m_rows.clear();
    for (std::size_t i = 0; i < schema::kEventCategoryCount; ++i) {
        const auto category = static_cast<schema::EventCategory>(i);
        m_rows.push_back({category, std::nullopt});
        if (!m_isOpen[i])
            continue;
        for (std::size_t number = 0; number < schema::kEventTypeCount; ++number) {
            const auto type = static_cast<schema::EventType>(number);
            if (schema::categoryOf(type) == category)
                m_rows.push_back({category, type});
        }
    }
}

void LayerModel::recount()
{
    m_counts.fill(0);
    m_total = 0;
    if (const auto snapshot = m_store.snapshot()) {
        const auto &times = snapshot->columns.observedAt;
        const auto micros = [](Instant at) { return at.time_since_epoch().count(); };
        // Ordered by time, so the window is one stretch; a byte each, a million take a millisecond.
        const auto begin = std::ranges::lower_bound(times, micros(m_focus.window().begin));
        const auto end = std::ranges::lower_bound(times, micros(m_focus.window().end));
        const auto first = static_cast<std::size_t>(begin - times.begin());
        const auto last = static_cast<std::size_t>(end - times.begin());
        const schema::EventColumns &columns = snapshot->columns;
        const auto known = m_focus.asOf() ? micros(*m_focus.asOf())
                                          : std::numeric_limits<std::int64_t>::max();
        // As the filter does: what was taken back, or was not known then, is not there.
        for (std::size_t row = first; row < last; ++row) {
            const bool isThere = !(columns.flags[row] & schema::EventColumns::kRetracted)
                                 && columns.availableAt[row] <= known;
            m_counts[columns.type[row]] += isThere;
        }
        m_total = std::accumulate(m_counts.begin(), m_counts.end(), qint64{0});
    }
    refreshAll();
    Q_EMIT countsChanged();
}

void LayerModel::refreshAll()
{
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

std::uint32_t LayerModel::maskOf(const Row &row) const
{
    if (row.type)
        return 1U << static_cast<unsigned>(*row.type);
    std::uint32_t mask = 0;
    for (std::size_t number = 0; number < schema::kEventTypeCount; ++number) {
        if (schema::categoryOf(static_cast<schema::EventType>(number)) == row.category)
            mask |= 1U << number;
    }
    return mask;
}

qint64 LayerModel::countOf(const Row &row) const
{
    if (row.type)
        return m_counts[static_cast<std::size_t>(*row.type)];
    qint64 sum = 0;
    for (std::size_t number = 0; number < m_counts.size(); ++number) {
        if (categoryOfNumber(static_cast<std::uint8_t>(number)) == row.category)
            sum += m_counts[number];
    }
    return sum;
}

int LayerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LayerModel::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const std::uint32_t mask = maskOf(row);
    const std::uint32_t shown = m_focus.filter().types & mask;
    switch (role) {
    case Qt::DisplayRole: return row.type ? typeName(*row.type) : categoryName(row.category);
    case Qt::CheckStateRole:
        return shown == 0 ? Qt::Unchecked : shown == mask ? Qt::Checked : Qt::PartiallyChecked;
    case CategoryRole: return static_cast<int>(row.category);
    case IsTypeRole: return row.type.has_value();
    case IsOpenRole: return m_isOpen[static_cast<std::size_t>(row.category)];
    case CountRole: return countOf(row);
    case Qt::AccessibleTextRole:
        return tr("%1, %2 events, %3")
            .arg(data(index, Qt::DisplayRole).toString(), countText(countOf(row)),
                 shown == 0 ? tr("hidden") : tr("shown"));
    case Qt::ToolTipRole:
        return tr("%1: %2 events in the time window. Click to hide or show; double-click for this "
                  "one alone.")
            .arg(data(index, Qt::DisplayRole).toString(), countText(countOf(row)));
    default: return {};
    }
}

Qt::ItemFlags LayerModel::flags(const QModelIndex &) const
{
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

bool LayerModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole)
        return false;
    const std::uint32_t mask = maskOf(m_rows[static_cast<std::size_t>(index.row())]);
    EventFilter filter = m_focus.filter();
    if (value.value<Qt::CheckState>() == Qt::Unchecked)
        filter.types &= ~mask;
    else
        filter.types |= mask;
    m_focus.setFilter(filter);
    return true;
}

void LayerModel::toggle(const QModelIndex &index)
{
    const bool shown = data(index, Qt::CheckStateRole).value<Qt::CheckState>() == Qt::Checked;
    setData(index, shown ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void LayerModel::solo(const QModelIndex &index)
{
    constexpr std::uint32_t kKnown = (1ULL << schema::kEventTypeCount) - 1;
    const std::uint32_t mask = maskOf(m_rows[static_cast<std::size_t>(index.row())]);
    EventFilter filter = m_focus.filter();
    filter.types = (filter.types & kKnown) == mask ? ~0U : mask;
    m_focus.setFilter(filter);
}

void LayerModel::setOpen(const QModelIndex &index, Qt::CheckState open)
{
    const Row row = m_rows[static_cast<std::size_t>(index.row())];
    beginResetModel();
    m_isOpen[static_cast<std::size_t>(row.category)] = open == Qt::Checked;
    rebuild();
    endResetModel();
}

} // namespace chrona::ui
