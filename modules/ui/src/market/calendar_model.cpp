// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/calendar_model.h"

#include "chrona/schema/calendar.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

constexpr std::size_t kEntriesMax = 100;
constexpr int kSessionsAhead = 3;

void addSessions(Instant after, std::vector<ComingUp> &coming)
{
    // From the day before: its session may still be open somewhere else on the globe.
    Date day = std::chrono::floor<std::chrono::days>(after) - std::chrono::days(1);
    for (int found = 0; found < kSessionsAhead;) {
        const schema::Session session =
            schema::sessionAfter(schema::Calendar::NewYork, day - std::chrono::days(1));
        day = session.day + std::chrono::days(1);
        const bool isHalf = session.length == schema::SessionLength::Half;
        if (session.closesAt <= after)
            continue;
        if (session.opensAt > after)
            coming.push_back({ComingUp::Kind::Opening, session.opensAt, 0, 0, isHalf});
        coming.push_back({ComingUp::Kind::Closing, session.closesAt, 0, 0, isHalf});
        ++found;
    }
}

} // namespace

std::vector<ComingUp> comingUp(const schema::EventColumns &columns, Instant after,
                               std::size_t countMax)
{
    std::vector<ComingUp> coming;
    const std::int64_t from = after.time_since_epoch().count();
    const auto first = std::ranges::upper_bound(columns.observedAt, from);
    for (auto row = static_cast<std::size_t>(first - columns.observedAt.begin());
         row < columns.size() && coming.size() < countMax; ++row) {
        if ((columns.flags[row] & schema::EventColumns::kRetracted) != 0 ||
            columns.availableAt[row] > from) // not announced yet at that moment
            continue;
        coming.push_back({ComingUp::Kind::Event, Instant(Duration(columns.observedAt[row])),
                          columns.id[row], columns.type[row], false});
    }
    addSessions(after, coming);
    std::ranges::stable_sort(coming, {}, &ComingUp::at);
    if (coming.size() > countMax)
        coming.resize(countMax);
    return coming;
}

QString countdownText(Duration until)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(std::max(until, Duration(0)));
    const auto hours = std::chrono::floor<std::chrono::hours>(minutes);
    const auto days = std::chrono::floor<std::chrono::days>(hours);
    if (days.count() > 0)
        return CalendarModel::tr("%1 d %2 h").arg(days.count()).arg((hours - days).count());
    if (hours.count() > 0)
        return CalendarModel::tr("%1 h %2 m")
            .arg(hours.count())
            .arg((minutes - hours).count(), 2, 10, QChar(u'0'));
    return CalendarModel::tr("%1 m").arg(minutes.count());
}

CalendarModel::CalendarModel(workspace::Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session.events(), &workspace::EventStore::snapshotChanged, this,
            &CalendarModel::refresh);
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, &CalendarModel::refresh);
    connect(&session.texts(), &workspace::EventTexts::textsArrived, this, [this] {
        if (!m_entries.empty())
            Q_EMIT dataChanged(index(0, What), index(rowCount() - 1, What));
    });
    refresh();
}

void CalendarModel::refresh()
{
    m_now = m_session.focus().asOf().value_or(nowInstant());
    beginResetModel();
    m_entries = comingUp(m_session.events().snapshot()->columns, m_now, kEntriesMax);
    endResetModel();
}

QString CalendarModel::what(int row) const
{
    const ComingUp &one = entry(row);
    switch (one.kind) {
    case ComingUp::Kind::Opening:
        return one.isHalfDay ? tr("New York opens for half a day") : tr("New York opens");
    case ComingUp::Kind::Closing:
        return one.isHalfDay ? tr("New York closes early") : tr("New York closes");
    case ComingUp::Kind::Event: break;
    }
    return m_session.texts().title(one.event).value_or(typeName(one.type));
}

int CalendarModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int CalendarModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CalendarModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const ComingUp &one = entry(index.row());
    switch (index.column()) {
    case Countdown: return tr("in %1").arg(countdownText(one.at - m_now));
    case What: return what(index.row());
    case When:
        return QDateTime::fromMSecsSinceEpoch(
            std::chrono::floor<std::chrono::milliseconds>(one.at.time_since_epoch()).count(),
            QTimeZone::UTC);
    default: return {};
    }
}

QVariant CalendarModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Countdown: return tr("Until");
    case What: return tr("What");
    case When: return tr("When");
    default: return {};
    }
}

} // namespace chrona::ui
