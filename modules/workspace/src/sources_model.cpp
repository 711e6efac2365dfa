// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/sources_model.h"

#include "chrona/workspace/session.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace chrona::workspace {
namespace {

QVariant dateTimeOf(const std::optional<Instant> &instant)
{
    if (!instant)
        return {};
    return QDateTime::fromMSecsSinceEpoch(instant->time_since_epoch().count() / 1000,
                                          QTimeZone::UTC);
}

} // namespace

SourcesModel::SourcesModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &SourcesModel::refresh);
    connect(&session, &Session::sourceChanged, this, &SourcesModel::update);
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

int SourcesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int SourcesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SourcesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &[source, health] = entry(index.row());
    switch (role) {
    case KeyRole: return QString::fromStdString(source.key);
    case StateRole: return static_cast<int>(health.state);
    case EnabledRole: return source.enabled;
    case ProblemRole: return QString::fromStdString(health.lastError);
    case Qt::DisplayRole: break;
    default: return {};
    }
    switch (index.column()) {
    case Name: return QString::fromStdString(source.name);
    case State: return static_cast<int>(health.state);
    case LastSuccess: return dateTimeOf(health.lastSuccessAt);
    case NextRun: return dateTimeOf(health.nextRunAt);
    case Items: return static_cast<quint64>(health.itemsTotal);
    case Licence: return QString::fromStdString(source.licence);
    case Mode: return static_cast<int>(source.mode);
    default: return {};
    }
}

void SourcesModel::command(int row, ipc::SourceAction action)
{
    ipc::SourceCommand command;
    command.source = entry(row).source.key;
    command.action = action;
    const QString key = QString::fromStdString(command.source);
    m_session.request<ipc::SourceCommand>(command, this,
                                          [this, key](const Result<ipc::Done> &done) {
                                              if (!done)
                                                  Q_EMIT commandFailed(key, done.error());
                                          });
}

void SourcesModel::refresh()
{
    m_session.request<ipc::SourcesRequest>({}, this, [this](Result<ipc::SourcesReply> reply) {
        if (reply)
            replace(std::move(reply->sources));
    });
}

void SourcesModel::replace(std::vector<ipc::SourceEntry> entries)
{
    if (entries == m_entries)
        return;
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

void SourcesModel::update(const ipc::SourceEntry &entry)
{
    const auto key = [](const ipc::SourceEntry &each) -> const std::string & {
        return each.source.key;
    };
    const auto at = std::ranges::lower_bound(m_entries, entry.source.key, {}, key);
    const auto row = static_cast<int>(at - m_entries.begin());
    if (at != m_entries.end() && key(*at) == entry.source.key) {
        *at = entry;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    beginInsertRows({}, row, row);
    m_entries.insert(at, entry);
    endInsertRows();
}

} // namespace chrona::workspace
