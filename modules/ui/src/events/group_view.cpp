// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/group_view.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/focus.h"
#include "events/severity_bar.h"
#include "text/known_names.h"
#include "text/names.h"

#include <QLocale>
#include <QPainter>

#include <chrono>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::EventGroup;
using workspace::EventGroupsModel;
using workspace::GroupBy;

namespace {

bool isTimeGroup(GroupBy by)
{
    return by == GroupBy::Day || by == GroupBy::Week || by == GroupBy::Month;
}

/// The stretch of time that a group stands for.
workspace::TimeWindow groupWindow(const EventGroup &group, GroupBy by)
{
    const Instant begin{Duration(group.key)};
    if (by != GroupBy::Month)
        return {begin, begin + std::chrono::days(by == GroupBy::Week ? 7 : 1)};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(begin));
    const auto next = day.year() / day.month() + std::chrono::months(1);
    return {begin, Instant(std::chrono::sys_days(next / 1))};
}

/// Places in a table of words that pass.
template <class Passes>
std::vector<std::uint16_t> placesIn(const QStringList &words, const Passes &passes)
{
    std::vector<std::uint16_t> places;
    for (qsizetype i = 0; i < words.size(); ++i)
        if (passes(words[i]))
            places.push_back(static_cast<std::uint16_t>(i));
    return places;
}

} // namespace

QString groupByName(GroupBy by)
{
    switch (by) {
    case GroupBy::Type: return GroupView::tr("by type");
    case GroupBy::Region: return GroupView::tr("by region");
    case GroupBy::Country: return GroupView::tr("by country");
    case GroupBy::Source: return GroupView::tr("by source");
    case GroupBy::Day: return GroupView::tr("by day");
    case GroupBy::Week: return GroupView::tr("by week");
    case GroupBy::Month: return GroupView::tr("by month");
    }
    return {};
}

QVariant GroupColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == Group ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Group: return tr("Group");
    case Events: return tr("Events");
    case Share: return tr("Share %");
    case SeverityMean: return tr("Mean severity %");
    case SeverityMax: return tr("Greatest severity %");
    case ConfidenceMean: return tr("Mean confidence %");
    case First: return tr("First");
    case Last: return tr("Last");
    default: return {};
    }
}

QString GroupColumnsModel::name(int row) const
{
    const EventGroup &one = group(row);
    switch (groupBy().value_or(GroupBy::Type)) {
    case GroupBy::Type: return typeName(static_cast<std::uint8_t>(one.key));
    case GroupBy::Day:
    case GroupBy::Week: return TimeText{}.date(instantFromMicros(one.key));
    case GroupBy::Month: return TimeText{}.date(instantFromMicros(one.key)).left(7);
    case GroupBy::Country:
    case GroupBy::Region:
        if (!one.name.isEmpty())
            return regionName(one.name);
        [[fallthrough]];
    default: return one.name.isEmpty() ? tr("none") : one.name;
    }
}

QVariant GroupColumnsModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::AccessibleTextRole)
        return EventGroupsModel::data(index, role);
    const QVariant value = EventGroupsModel::data(index, Qt::DisplayRole);
    switch (index.column()) {
    case Group: return name(index.row());
    case Events: return countText(value.toLongLong());
    case First:
    case Last: return value.toDateTime().toString(Qt::ISODate);
    default: return QLocale().toString(value.toDouble() * 100, 'f', 1);
    }
}

Cell GroupDelegate::cell(const QModelIndex &index) const
{
    const auto &model = static_cast<const GroupColumnsModel &>(*index.model());
    const QFont body = m_theme.font(TextSize::Small);
    const QColor second = m_theme.color(Role::Text2);
    switch (index.column()) {
    case EventGroupsModel::Group:
        return {model.name(index.row()), body, m_theme.color(Role::Text1), Qt::AlignLeft,
                model.groupBy() == GroupBy::Type ? 14 : 0};
    case EventGroupsModel::Events:
        return {countText(index.data().toLongLong()), body, m_theme.color(Role::Text1),
                Qt::AlignRight};
    case EventGroupsModel::First:
    case EventGroupsModel::Last:
        return {m_times.minute(instantOf(index.data())), m_theme.mono(TextSize::Tiny), second,
                Qt::AlignRight};
    default:
        return {QLocale().toString(index.data().toDouble() * 100, 'f',
                                   index.column() == EventGroupsModel::Share ? 1 : 0),
                m_theme.font(TextSize::Tiny), second, Qt::AlignRight};
    }
}

void GroupDelegate::paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const auto &model = static_cast<const GroupColumnsModel &>(*index.model());
    const int column = index.column();
    if (column == EventGroupsModel::Group && model.groupBy() == GroupBy::Type) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.category(
            categoryOfNumber(static_cast<std::uint8_t>(model.group(index.row()).key))));
        painter.drawEllipse(QPointF(box.left() + 4, box.center().y() + 0.5), 3.5, 3.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
    } else if (column == EventGroupsModel::SeverityMean ||
               column == EventGroupsModel::SeverityMax) {
        paintSeverityBar(painter, box, index.data().toDouble(), m_theme);
    }
}

GroupView::GroupView(workspace::Focus &focus, const workspace::EventSelector &selector,
                     const Theme &theme, QWidget *parent)
    : TableView(theme, parent), m_focus(focus), m_selector(selector),
      m_model(new GroupColumnsModel(selector, this)), m_delegate(new GroupDelegate(theme, this))
{
    setModel(m_model);
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Groups of events"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setStretchColumn(EventGroupsModel::Group, 160);
    for (int column = 1; column < EventGroupsModel::ColumnCount; ++column)
        setColumnWidth(column, column >= EventGroupsModel::First ? 124 : 132);
    setExpendableColumns({EventGroupsModel::ConfidenceMean, EventGroupsModel::First,
                          EventGroupsModel::SeverityMax});
    setSorting({m_model->sortColumn(), m_model->sortOrder()}, [this](Sorted wanted) {
        m_model->sort(wanted.first, wanted.second);
        return Sorted{m_model->sortColumn(), m_model->sortOrder()};
    });
    connect(this, &QTableView::activated, this,
            [this](const QModelIndex &index) { enter(index.row()); });
}

void GroupView::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    viewport()->update();
}

void GroupView::enter(int row)
{
    const auto by = m_model->groupBy();
    if (!by || row < 0 || row >= m_model->rowCount())
        return;
    const EventGroup group = m_model->group(row);
    if (isTimeGroup(*by)) {
        m_focus.setWindow(groupWindow(group, *by));
        return;
    }
    const auto snapshot = m_selector.visible()->snapshot;
    workspace::EventFilter filter = m_focus.filter();
    const auto isCountry = [&group](const QString &region) {
        return region.section(u'-', 0, 0) == group.name;
    };
    const auto isSame = [&group](const QString &word) { return word == group.name; };
    switch (*by) {
    case GroupBy::Type: filter.types = 1U << group.key; break;
    case GroupBy::Country: filter.regions = placesIn(snapshot->regions, isCountry); break;
    case GroupBy::Region: filter.regions = placesIn(snapshot->regions, isSame); break;
    default: filter.sources = placesIn(snapshot->sources, isSame); break;
    }
    m_focus.setFilter(filter);
}

} // namespace chrona::ui
