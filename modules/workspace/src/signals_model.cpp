// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/signals_model.h"

#include "chrona/workspace/session.h"

#include <algorithm>
#include <iterator>

namespace chrona::workspace {
namespace {

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

/// What a column is sorted by where it is a number; nullopt: by its text.
std::optional<double> numberOf(const ipc::SignalEntry &signal, int column)
{
    switch (column) {
    case SignalsModel::Lag: return signal.lag;
    case SignalsModel::Effect: return signal.effect;
    case SignalsModel::Q: return signal.q;
    case SignalsModel::Stability: return signal.stability;
    case SignalsModel::Now: return signal.noveltyZ + (signal.elevated ? 1e6 : 0);
    case SignalsModel::Family: return signal.familySize;
    default: return std::nullopt;
    }
}

QString wordOf(const ipc::SignalEntry &signal, int column)
{
    switch (column) {
    case SignalsModel::Feature:
        return textOf(signal.featureName.empty() ? signal.feature : signal.featureName);
    case SignalsModel::Target:
        return textOf(signal.measure == "return" ? signal.target
                                                 : signal.target + ' ' + signal.measure);
    case SignalsModel::Label: return textOf(signal.label);
    default: return {};
    }
}

} // namespace

SignalsModel::SignalsModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &SignalsModel::refresh);
    connect(&session.focus(), &Focus::asOfChanged, this, &SignalsModel::refresh);
    connect(&session, &Session::jobChanged, this, [this](const ipc::JobEntry &job) {
        if (job.kind == "discovery.run" && job.state == ipc::JobState::Done)
            refresh();
    });
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

int SignalsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SignalsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SignalsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const ipc::SignalEntry &signal = entry(index.row());
    if (const auto number = numberOf(signal, index.column()))
        return index.column() == Now ? QVariant(signal.noveltyZ) : QVariant(*number);
    return wordOf(signal, index.column());
}

void SignalsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
}

void SignalsModel::setFilter(SignalFilter filter)
{
    if (filter == m_filter)
        return;
    m_filter = std::move(filter);
    arrange();
}

int SignalsModel::rowOf(schema::SignalId id) const
{
    const auto at = std::ranges::find_if(
        m_rows, [&](std::uint32_t position) { return m_signals[position].id == id; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

std::size_t SignalsModel::elevatedCount() const
{
    return static_cast<std::size_t>(std::ranges::count_if(m_signals, &ipc::SignalEntry::elevated));
}

void SignalsModel::refresh()
{
    ++m_ticket;
    m_coming = {};
    if (m_signals.empty()) {
        m_state = ListState::Loading;
        Q_EMIT stateChanged();
    }
    ask({});
}

void SignalsModel::ask(const std::string &cursor)
{
    ipc::SignalQuery query;
    query.limit = ipc::SignalQuery::kLimitMax;
    query.asOf = m_session.focus().asOf();
    query.cursor = cursor;
    m_session.request<ipc::SignalQuery>(
        std::move(query), this, [this, ticket = m_ticket](Result<ipc::SignalQueryReply> reply) {
            if (ticket == m_ticket)
                take(std::move(reply));
        });
}

void SignalsModel::take(Result<ipc::SignalQueryReply> reply)
{
    if (!reply)
        return fail(reply.error());
    // A page of another search than the first: one ended in between, so all is asked again.
    if (m_coming.run && reply->run && m_coming.run->id != reply->run->id)
        return refresh();
    m_coming.run = std::move(reply->run);
    std::ranges::move(reply->signals, std::back_inserter(m_coming.signals));
    if (!reply->nextCursor.empty() && m_coming.signals.size() < kRowsMax)
        return ask(reply->nextCursor);
    publish();
}

void SignalsModel::publish()
{
    beginResetModel();
    m_signals = std::move(m_coming.signals);
    m_signals.resize(std::min(m_signals.size(), kRowsMax));
    m_run = std::move(m_coming.run);
    m_coming = {};
    m_folded.clear();
    for (const ipc::SignalEntry &signal : m_signals)
        m_folded += textOf(signal.feature + ' ' + signal.featureName + ' ' + signal.target + ' ' +
                           signal.targetName + ' ' + signal.measure + ' ' + signal.label)
                        .toCaseFolded();
    m_rows.clear();
    endResetModel();
    m_problem.reset();
    m_state = ListState::Ready;
    arrange();
    Q_EMIT stateChanged();
}

void SignalsModel::fail(const Error &error)
{
    // What is shown stays; the view tells that it is old.
    m_problem = error;
    m_state = ListState::Failed;
    Q_EMIT stateChanged();
}

void SignalsModel::arrange()
{
    const QStringList words =
        m_filter.text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < m_signals.size(); ++i) {
        const QString &folded = m_folded[static_cast<qsizetype>(i)];
        const bool isFound =
            std::ranges::all_of(words, [&](const QString &word) { return folded.contains(word); });
        if (isFound && (!m_filter.elevatedOnly || m_signals[i].elevated))
            rows.push_back(i);
    }
    const auto comesBefore = [this](std::uint32_t first, std::uint32_t second) {
        const ipc::SignalEntry &one = m_signals[first];
        const ipc::SignalEntry &other = m_signals[second];
        if (const auto number = numberOf(one, m_sortColumn))
            return *number < *numberOf(other, m_sortColumn);
        return wordOf(one, m_sortColumn).localeAwareCompare(wordOf(other, m_sortColumn)) < 0;
    };
    if (m_sortColumn >= 0) {
        // Stable both ways, so that equal ones keep the order of their rank.
        if (m_sortOrder == Qt::AscendingOrder)
            std::ranges::stable_sort(rows, comesBefore);
        else
            std::ranges::stable_sort(rows, [&](std::uint32_t first, std::uint32_t second) {
                return comesBefore(second, first);
            });
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

} // namespace chrona::workspace
