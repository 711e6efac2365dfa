// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/feed_model.h"

#include "chrona/workspace/event_texts.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace chrona::workspace {
namespace {

constexpr std::int64_t kHourMicroseconds = 3'600'000'000;

QDateTime dateTimeOf(std::int64_t microseconds)
{
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000, QTimeZone::UTC);
}

std::int64_t hourOf(std::int64_t microseconds)
{
    const std::int64_t rest = microseconds % kHourMicroseconds;
    return microseconds - (rest < 0 ? rest + kHourMicroseconds : rest);
}

} // namespace

FeedModel::FeedModel(const EventSelector &selector, EventTexts &texts, QObject *parent)
    : QAbstractListModel(parent), m_selector(selector), m_texts(texts),
      m_visible(selector.visible())
{
    connect(&selector, &EventSelector::visibleChanged, this, &FeedModel::update);
    connect(&texts, &EventTexts::textsArrived, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole, TitleRole});
    });
    update();
}

int FeedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FeedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::uint32_t row = m_rows[static_cast<std::size_t>(index.row())];
    const EventSnapshot &snapshot = *m_visible->snapshot;
    const schema::EventColumns &columns = snapshot.columns;
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole: {
        const auto title = m_texts.title(columns.id[row]);
        return title ? QVariant(*title) : QVariant();
    }
    case EventIdRole: return qint64{columns.id[row]};
    case TypeRole: return int{columns.type[row]};
    case ObservedAtRole: return dateTimeOf(columns.observedAt[row]);
    case HourRole: return dateTimeOf(hourOf(columns.observedAt[row]));
    case RegionRole: return snapshot.regions.value(columns.region[row]);
    case SourceRole: return snapshot.sources.value(columns.source[row]);
    case SeverityRole: return columns.severity[row] / 255.0;
    case ConfidenceRole: return columns.confidence[row] / 255.0;
    case SyntheticRole: return (columns.flags[row] & schema::EventColumns::kSynthetic) != 0;
    case NewRole: return m_selector.store().hasArrived(columns.id[row]);
    default: return {};
    }
}

QHash<int, QByteArray> FeedModel::roleNames() const
{
    return {
        {EventIdRole, "eventId"},       {TypeRole, "type"},         {TitleRole, "title"},
        {ObservedAtRole, "observedAt"}, {HourRole, "hour"},         {RegionRole, "region"},
        {SourceRole, "source"},         {SeverityRole, "severity"}, {ConfidenceRole, "confidence"},
        {SyntheticRole, "synthetic"},   {NewRole, "isNew"}};
}

void FeedModel::update()
{
    const auto visible = m_selector.visible();
    const auto &all = visible->rowsAnyTime;
    const std::size_t count = std::min(all.size(), kRowsMax);
    std::vector<std::uint32_t> rows(all.rbegin(),
                                    all.rbegin() + static_cast<std::ptrdiff_t>(count));
    std::vector<std::int64_t> ids(rows.size());
    std::ranges::transform(rows, ids.begin(),
                           [&](std::uint32_t row) { return visible->snapshot->columns.id[row]; });
    // The common case: some came on top, as many as that fell off at the end, so that a view keeps
    // its place.
    const auto old = m_ids.empty() ? ids.end() : std::ranges::find(ids, m_ids.front());
    const auto fresh = static_cast<int>(old - ids.begin());
    const std::size_t kept = static_cast<std::size_t>(ids.end() - old);
    const bool grew = kept > 0 && kept <= m_ids.size() &&
                      (kept == m_ids.size() || count == kRowsMax) &&
                      std::equal(old, ids.end(), m_ids.begin());
    if (!grew) {
        beginResetModel();
        m_visible = visible;
        m_rows = std::move(rows);
        m_ids = std::move(ids);
        endResetModel();
        return;
    }
    if (kept < m_ids.size()) {
        beginRemoveRows({}, static_cast<int>(kept), rowCount() - 1);
        m_rows.resize(kept);
        m_ids.resize(kept);
        endRemoveRows();
    }
    if (fresh > 0)
        beginInsertRows({}, 0, fresh - 1);
    m_visible = visible;
    m_rows = std::move(rows);
    m_ids = std::move(ids);
    if (fresh > 0)
        endInsertRows();
}

} // namespace chrona::workspace
