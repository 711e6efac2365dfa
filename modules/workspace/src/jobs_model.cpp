// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/jobs_model.h"

#include "chrona/workspace/session.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace chrona::workspace {
namespace {

QVariant dateTimeOf(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count() / 1000,
                                          QTimeZone::UTC);
}

double fractionOf(const ipc::JobEntry &job)
{
    if (job.state == ipc::JobState::Done)
        return 1;
    if (job.progress.total <= 0)
        return -1;
    return std::clamp(
        static_cast<double>(job.progress.done) / static_cast<double>(job.progress.total), 0.0, 1.0);
}

bool isCancellable(ipc::JobState state)
{
    return state == ipc::JobState::Ready || state == ipc::JobState::Running ||
           state == ipc::JobState::Retrying;
}

} // namespace

JobsModel::JobsModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &JobsModel::refresh);
    connect(&session, &Session::jobChanged, this, &JobsModel::update);
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

int JobsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int JobsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::JobEntry &job = entry(index.row());
    switch (role) {
    case JobIdRole: return qint64{job.id.value};
    case StateRole: return static_cast<int>(job.state);
    case FractionRole: return fractionOf(job);
    case ProblemRole: return QString::fromStdString(job.lastError);
    case CancellableRole: return isCancellable(job.state);
    case Qt::DisplayRole: break;
    default: return {};
    }
    switch (index.column()) {
    case Kind: return QString::fromStdString(job.kind);
    case Queue: return QString::fromStdString(job.queue);
    case State: return static_cast<int>(job.state);
    case Progress: return QString::fromStdString(job.progress.stage);
    case Attempts: return job.attempts;
    case Created: return dateTimeOf(job.createdAt);
    case Finished: return job.finishedAt ? dateTimeOf(*job.finishedAt) : QVariant();
    default: return {};
    }
}

void JobsModel::command(int row, ipc::JobAction action)
{
    const ipc::JobCommand command{entry(row).id, action};
    m_session.request<ipc::JobCommand>(
        command, this, [this, command](const Result<ipc::Done> &done) {
            if (!done)
                Q_EMIT commandFailed(command.job.value, done.error());
        });
}

void JobsModel::refresh()
{
    ipc::JobsRequest request;
    request.limit = kRowsMax;
    m_session.request<ipc::JobsRequest>(request, this, [this](Result<ipc::JobsReply> reply) {
        if (reply)
            replace(std::move(reply->jobs));
    });
}

void JobsModel::replace(std::vector<ipc::JobEntry> jobs)
{
    if (jobs.size() > kRowsMax)
        jobs.resize(kRowsMax);
    if (jobs == m_jobs)
        return;
    beginResetModel();
    m_jobs = std::move(jobs);
    endResetModel();
}

void JobsModel::update(const ipc::JobEntry &job)
{
    const auto at = std::ranges::find(m_jobs, job.id, &ipc::JobEntry::id);
    if (at != m_jobs.end()) {
        *at = job;
        const auto row = static_cast<int>(at - m_jobs.begin());
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    beginInsertRows({}, 0, 0);
    m_jobs.insert(m_jobs.begin(), job);
    endInsertRows();
    if (m_jobs.size() > kRowsMax) {
        beginRemoveRows({}, static_cast<int>(kRowsMax), static_cast<int>(kRowsMax));
        m_jobs.pop_back();
        endRemoveRows();
    }
}

} // namespace chrona::workspace
