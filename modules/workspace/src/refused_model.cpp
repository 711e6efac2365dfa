// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/refused_model.h"

#include "chrona/workspace/session.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace chrona::workspace {

RefusedModel::RefusedModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &RefusedModel::refresh);
    connect(&session.focus(), &Focus::asOfChanged, this, &RefusedModel::refresh);
    connect(&session, &Session::jobChanged, this, [this](const ipc::JobEntry &job) {
        if (job.kind == "discovery.run" && job.state == ipc::JobState::Done)
            refresh();
    });
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

int RefusedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_refused.size());
}

int RefusedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RefusedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const ipc::RefusedEntry &refused = entry(index.row());
    switch (index.column()) {
    case Feature:
        return QString::fromStdString(refused.featureName.empty() ? refused.feature
                                                                  : refused.featureName);
    case Target: return QString::fromStdString(refused.target);
    case Rule: return QString::fromStdString(refused.rule);
    case Measured: return refused.measured ? QVariant(*refused.measured) : QVariant();
    case Limit: return refused.limit ? QVariant(*refused.limit) : QVariant();
    default: return {};
    }
}

std::int64_t RefusedModel::total() const
{
    return std::accumulate(
        m_rules.begin(), m_rules.end(), std::int64_t{0},
        [](std::int64_t sum, const ipc::RuleCount &rule) { return sum + rule.count; });
}

void RefusedModel::setFilter(RefusedFilter filter)
{
    if (filter == m_filter)
        return;
    m_filter = std::move(filter);
    refresh();
}

void RefusedModel::refresh()
{
    ++m_ticket;
    m_isFirstPage = true;
    m_nextCursor.clear();
    ask();
}

bool RefusedModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_nextCursor.empty() && !m_isAsking;
}

void RefusedModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        ask();
}

void RefusedModel::ask()
{
    ipc::RefusedQuery query;
    query.text = m_filter.text;
    query.rule = m_filter.rule;
    query.asOf = m_session.focus().asOf();
    query.limit = kPageRows;
    query.cursor = m_nextCursor;
    m_isAsking = true;
    m_session.request<ipc::RefusedQuery>(
        std::move(query), this, [this, ticket = m_ticket](Result<ipc::RefusedQueryReply> reply) {
            if (ticket == m_ticket)
                take(std::move(reply));
        });
}

void RefusedModel::take(Result<ipc::RefusedQueryReply> reply)
{
    m_isAsking = false;
    if (!reply) {
        m_problem = reply.error();
        m_state = ListState::Failed;
        Q_EMIT stateChanged();
        return;
    }
    m_nextCursor = std::move(reply->nextCursor);
    if (m_isFirstPage) {
        beginResetModel();
        m_refused = std::move(reply->refused);
        m_rules = std::move(reply->rules);
        endResetModel();
    } else if (!reply->refused.empty()) {
        const auto first = static_cast<int>(m_refused.size());
        beginInsertRows({}, first, first + static_cast<int>(reply->refused.size()) - 1);
        std::ranges::move(reply->refused, std::back_inserter(m_refused));
        endInsertRows();
    }
    m_isFirstPage = false;
    m_problem.reset();
    m_state = ListState::Ready;
    Q_EMIT stateChanged();
}

} // namespace chrona::workspace
