// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_groups.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <chrono>
#include <tuple>
#include <unordered_map>

namespace chrona::workspace {
namespace {

using schema::EventColumns;

constexpr double kWhole = 255; ///< of a share in a byte

/// Sums while the rows go by.
struct GroupSum {
    EventGroup group;
    std::uint64_t severity = 0, confidence = 0;
    std::uint8_t severityMost = 0;
};

std::int64_t beginOf(std::int64_t micros, GroupBy by)
{
    const Instant at{Duration(micros)};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    switch (by) {
    case GroupBy::Week:
        return Instant(day - (std::chrono::weekday(day) - std::chrono::Monday))
            .time_since_epoch()
            .count();
    case GroupBy::Month:
        return Instant(std::chrono::sys_days(date.year() / date.month() / 1))
            .time_since_epoch()
            .count();
    default: return Instant(day).time_since_epoch().count();
    }
}

/// Which group a row belongs to, as a number; what the number means differs by grouping. Countries
/// share the number of the first region of theirs.
class GroupKeys {
public:
    GroupKeys(const EventSnapshot &snapshot, GroupBy by) : m_columns(snapshot.columns), m_by(by)
    {
        if (by != GroupBy::Country)
            return;
        std::unordered_map<std::string, std::int64_t> first;
        for (const QString &region : snapshot.regions) {
            const std::string country = region.section(u'-', 0, 0).toStdString();
            const auto next = static_cast<std::int64_t>(m_countries.size());
            m_countries.push_back(first.try_emplace(country, next).first->second);
        }
    }

    [[nodiscard]] std::int64_t of(std::uint32_t row) const
    {
        switch (m_by) {
        case GroupBy::Type: return m_columns.type[row];
        case GroupBy::Region: return m_columns.region[row];
        case GroupBy::Country: {
            const std::uint16_t region = m_columns.region[row];
            return region < m_countries.size() ? m_countries[region] : region;
        }
        case GroupBy::Source: return m_columns.source[row];
        default: return beginOf(m_columns.observedAt[row], m_by);
        }
    }

private:
    const EventColumns &m_columns;
    GroupBy m_by;
    std::vector<std::int64_t> m_countries;
};

QString groupName(const EventSnapshot &snapshot, GroupBy by, std::int64_t key)
{
    switch (by) {
    case GroupBy::Region: return snapshot.regions.value(key);
    case GroupBy::Country: return snapshot.regions.value(key).section(u'-', 0, 0);
    case GroupBy::Source: return snapshot.sources.value(key);
    default: return {};
    }
}

auto rankOf(const EventGroup &group, int column)
{
    switch (column) {
    case EventGroupsModel::Events:
    case EventGroupsModel::Share: return static_cast<double>(group.events);
    case EventGroupsModel::SeverityMean: return group.severityMean;
    case EventGroupsModel::SeverityMax: return group.severityMax;
    case EventGroupsModel::ConfidenceMean: return group.confidenceMean;
    case EventGroupsModel::First: return static_cast<double>(group.firstAt);
    case EventGroupsModel::Last: return static_cast<double>(group.lastAt);
    default: return 0.0;
    }
}

} // namespace

std::vector<EventGroup> groupRows(const EventSnapshot &snapshot,
                                  const std::vector<std::uint32_t> &rows, GroupBy by)
{
    const EventColumns &columns = snapshot.columns;
    const GroupKeys keys(snapshot, by);
    std::unordered_map<std::int64_t, GroupSum> sums;
    std::int64_t last = 0;
    GroupSum *sum = nullptr; // neighbours often belong together
    for (const std::uint32_t row : rows) {
        const std::int64_t key = keys.of(row);
        if (sum == nullptr || key != last) {
            sum = &sums[key];
            last = key;
        }
        EventGroup &group = sum->group;
        const std::int64_t at = columns.observedAt[row];
        if (group.events++ == 0)
            group.firstAt = at; // rows ascend in time
        group.lastAt = at;
        sum->severity += columns.severity[row];
        sum->confidence += columns.confidence[row];
        sum->severityMost = std::max(sum->severityMost, columns.severity[row]);
    }
    std::vector<EventGroup> groups;
    groups.reserve(sums.size());
    for (auto &[key, one] : sums) {
        const double count = one.group.events;
        one.group.key = key;
        one.group.name = groupName(snapshot, by, key);
        one.group.severityMean = static_cast<double>(one.severity) / count / kWhole;
        one.group.confidenceMean = static_cast<double>(one.confidence) / count / kWhole;
        one.group.severityMax = one.severityMost / kWhole;
        groups.push_back(std::move(one.group));
    }
    std::ranges::sort(groups, {},
                      [](const EventGroup &group) { return std::tie(group.name, group.key); });
    return groups;
}

EventGroupsModel::EventGroupsModel(const EventSelector &selector, QObject *parent)
    : QAbstractTableModel(parent), m_selector(selector), m_groups(std::make_shared<const Groups>())
{
    m_pool.setMaxThreadCount(1);
    connect(&selector, &EventSelector::visibleChanged, this, &EventGroupsModel::request);
}

EventGroupsModel::~EventGroupsModel()
{
    m_pool.waitForDone();
}

void EventGroupsModel::setGroupBy(std::optional<GroupBy> by)
{
    if (by == m_by)
        return;
    m_by = by;
    request();
}

const EventGroup &EventGroupsModel::group(int row) const
{
    return (*m_groups)[static_cast<std::size_t>(row)];
}

int EventGroupsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_groups->size());
}

int EventGroupsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventGroupsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const EventGroup &one = group(index.row());
    const auto time = [](std::int64_t micros) {
        return QDateTime::fromMSecsSinceEpoch(micros / 1000, QTimeZone::UTC);
    };
    switch (index.column()) {
    case Group:
        switch (m_by.value_or(GroupBy::Type)) {
        case GroupBy::Type: return static_cast<int>(one.key);
        case GroupBy::Region:
        case GroupBy::Country:
        case GroupBy::Source: return one.name;
        default: return time(one.key);
        }
    case Events: return one.events;
    case Share: return m_events > 0 ? one.events / static_cast<double>(m_events) : 0.0;
    case SeverityMean: return one.severityMean;
    case SeverityMax: return one.severityMax;
    case ConfidenceMean: return one.confidenceMean;
    case First: return time(one.firstAt);
    case Last: return time(one.lastAt);
    default: return {};
    }
}

void EventGroupsModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount || (column == m_sortColumn && order == m_sortOrder))
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    request();
}

void EventGroupsModel::request()
{
    if (m_running)
        m_outdated = true;
    else
        compute();
}

void EventGroupsModel::compute()
{
    m_outdated = false;
    if (!m_by) {
        if (!m_groups->empty())
            finish(std::make_shared<const Groups>(), 0);
        return;
    }
    m_running = true;
    m_pool.start([this, visible = m_selector.visible(), by = *m_by, column = m_sortColumn,
                  order = m_sortOrder] {
        auto groups = std::make_shared<Groups>();
        if (visible->snapshot)
            *groups = groupRows(*visible->snapshot, visible->rows, by);
        if (column == Group && order == Qt::DescendingOrder)
            std::ranges::reverse(*groups);
        else if (order == Qt::DescendingOrder)
            std::ranges::stable_sort(*groups, std::greater{}, [column](const EventGroup &one) {
                return rankOf(one, column);
            });
        else
            std::ranges::stable_sort(
                *groups, {}, [column](const EventGroup &one) { return rankOf(one, column); });
        QMetaObject::invokeMethod(this, [this, groups, events = visible->rows.size()] {
            m_running = false;
            finish(groups, events);
            if (m_outdated)
                compute();
        });
    });
}

void EventGroupsModel::finish(std::shared_ptr<const Groups> groups, std::size_t events)
{
    beginResetModel();
    m_groups = std::move(groups);
    m_events = events;
    endResetModel();
    Q_EMIT arranged();
}

} // namespace chrona::workspace
