// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/job_columns.h"

#include "shell/status_mark.h"
#include "text/names.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace chrona::ui {

QVariant JobColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section == Attempts || section == Created || section == Finished;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Kind: return tr("Job");
    case Queue: return tr("Queue");
    case State: return tr("State");
    case Progress: return tr("Progress");
    case Attempts: return tr("Tries");
    case Created: return tr("Age");
    case Finished: return tr("Finished");
    default: return {};
    }
}

QString stateName(ipc::JobState state)
{
    switch (state) {
    case ipc::JobState::Ready: return JobDelegate::tr("Waiting");
    case ipc::JobState::Running: return JobDelegate::tr("Running");
    case ipc::JobState::Done: return JobDelegate::tr("Done");
    case ipc::JobState::Retrying: return JobDelegate::tr("Retrying");
    case ipc::JobState::Dead: return JobDelegate::tr("Given up");
    case ipc::JobState::Cancelled: return JobDelegate::tr("Cancelled");
    }
    return {};
}

Role roleOf(ipc::JobState state)
{
    switch (state) {
    case ipc::JobState::Running: return Role::Accent;
    case ipc::JobState::Done: return Role::Ok;
    case ipc::JobState::Retrying: return Role::Watch;
    case ipc::JobState::Dead: return Role::Critical;
    case ipc::JobState::Ready:
    case ipc::JobState::Cancelled: return Role::Text3;
    }
    return Role::Text3;
}

QString jobKindName(std::string_view kind)
{
    if (kind == "demo.load" || kind == "demo_load")
        return JobDelegate::tr("Load the sample world");
    if (kind == "normalize")
        return JobDelegate::tr("Normalise raw items");
    if (kind == "fetch")
        return JobDelegate::tr("Fetch a source");
    QString words = fromUtf8(kind);
    words.replace(u'_', u' ').replace(u'.', u' ');
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

bool canCancel(ipc::JobState state)
{
    return state == ipc::JobState::Ready || state == ipc::JobState::Running ||
           state == ipc::JobState::Retrying;
}

bool canRetry(ipc::JobState state)
{
    return state == ipc::JobState::Dead || state == ipc::JobState::Cancelled;
}

JobDelegate::JobDelegate(const Theme &theme, const JobColumnsModel &model, QObject *parent)
    : CellDelegate(theme, parent), m_model(model)
{
}

Cell JobDelegate::cell(const QModelIndex &index) const
{
    const ipc::JobEntry &job = m_model.entry(index.row());
    const QFont body = m_theme.font(TextSize::Small);
    const QColor second = m_theme.color(Role::Text2);
    switch (index.column()) {
    case workspace::JobsModel::Kind:
        return {jobKindName(job.kind), body, m_theme.color(Role::Text1)};
    case workspace::JobsModel::Queue: return {fromUtf8(job.queue), body, second};
    case workspace::JobsModel::State:
        return {stateName(job.state), body, second, Qt::AlignLeft, 14};
    case workspace::JobsModel::Progress: {
        if (job.progress.total <= 0)
            return {job.progress.done > 0 ? countText(job.progress.done) : u"–"_s, body, second};
        const auto percent = job.progress.done * 100 / job.progress.total;
        return {tr("%1 %").arg(percent), m_theme.font(TextSize::Tiny), second, Qt::AlignRight};
    }
    case workspace::JobsModel::Attempts:
        return {tr("%1 of %2").arg(job.attempts).arg(job.attemptsMax), body, second,
                Qt::AlignRight};
    case workspace::JobsModel::Created:
        return {ageText(nowInstant() - job.createdAt), body, second, Qt::AlignRight};
    case workspace::JobsModel::Finished:
        return {job.finishedAt ? m_times.clock(*job.finishedAt) : u"–"_s, body, second,
                Qt::AlignRight};
    default: return {};
    }
}

void JobDelegate::paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    const ipc::JobEntry &job = m_model.entry(index.row());
    if (index.column() == workspace::JobsModel::State) {
        const Role role = roleOf(job.state);
        paintMark(painter, QRectF(box.left(), box.center().y() - 3.5, 8, 8), markShapeOf(role),
                  m_theme.color(role));
    } else if (index.column() == workspace::JobsModel::Progress && job.progress.total > 0) {
        const double share = std::clamp(static_cast<double>(job.progress.done) /
                                            static_cast<double>(job.progress.total),
                                        0.0, 1.0);
        const QRectF track(box.left(), box.center().y() - 1, box.width() - 40, 4);
        painter.fillRect(track, m_theme.color(Role::Surface3));
        painter.fillRect(QRectF(track.topLeft(), QSizeF(track.width() * share, 4)),
                         m_theme.color(roleOf(job.state)));
    }
}

QString JobDelegate::hint(const QModelIndex &index) const
{
    const ipc::JobEntry &job = m_model.entry(index.row());
    if (index.column() == workspace::JobsModel::Created)
        return m_times.second(job.createdAt) + u' ' + m_times.zoneName();
    return fromUtf8(job.lastError);
}

} // namespace chrona::ui
