// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_feeds_model.h"

#include "oracle/oracle_words.h"
#include "text/names.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

OracleFeedsModel::OracleFeedsModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch)
{
    connect(&watch, &workspace::OracleWatch::feedsChanged, this, &OracleFeedsModel::take);
    take();
}

int OracleFeedsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OracleFeedsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

void OracleFeedsModel::take()
{
    const auto &feeds = m_watch.feeds();
    const bool isSame = feeds.size() == m_rows.size() &&
                        std::equal(feeds.begin(), feeds.end(), m_rows.begin(),
                                   [](const auto &left, const auto &right) {
                                       return left.answer.feed == right.answer.feed;
                                   });
    // The selection must survive a second's news.
    if (!isSame)
        beginResetModel();
    m_rows = feeds;
    if (!isSame)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QVariant OracleFeedsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::OracleFeedEntry &entry = row(index.row());
    const ipc::OracleAnswer &answer = entry.answer;
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case Band:
            return entry.handIn > 0
                       ? tr("Handed in at the last epoch's end: %1. Expected part of the reward: "
                            "%2 %")
                             .arg(priceText(entry.handIn))
                             .arg(std::lround(100 * entry.bandProbability))
                       : tr("Nothing was handed in at the last epoch's end");
        case State: return tr("Market: %1").arg(nameOf(answer.regime));
        default: return answer.synthetic ? tr("Synthetic: the sample world's ticks") : QString();
        }
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Feed: return fromUtf8(answer.feed);
    case Price: return priceText(answer.price);
    case Confidence:
        return answer.price > 0 ? u"±"_s + QLocale().toString(answer.confidenceBps, 'f', 1)
                                : u"–"_s;
    case Sources: return u"%1/%2"_s.arg(answer.sources).arg(answer.votes.size());
    case State: return nameOf(answer.state);
    case Band:
        return role == Qt::AccessibleTextRole && entry.handIn > 0
                   ? QLocale().toString(entry.bandPosition, 'f', 2)
                   : QString();
    default: return {};
    }
}

QVariant OracleFeedsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Feed: return tr("Feed");
    case Price: return tr("Price");
    case Confidence: return tr("bp");
    case Sources: return tr("Venues");
    case State: return tr("State");
    case Band: return tr("Band");
    case Spark: return tr("2 min");
    default: return {};
    }
}

} // namespace chrona::ui
