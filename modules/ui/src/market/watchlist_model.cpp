// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/watchlist_model.h"

#include "text/time_text.h"

#include "chrona/stats/rolling.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// "−2.5 σ"; what rounds to nothing has no sign.
QString sigmaText(double sigmas)
{
    if (!std::isfinite(sigmas))
        return u"–"_s;
    const double shown = std::round(sigmas * 10) / 10;
    const QString sign = shown < 0 ? u"−"_s : shown > 0 ? u"+"_s : QString();
    return sign + QLocale().toString(std::abs(shown), 'f', 1) + u" σ"_s;
}

} // namespace

void measure(WatchRow &row)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> &closes = row.closes;
    row.last = closes.empty() ? kNone : closes.back();
    row.changeShare = row.sigmaMove = kNone;
    if (closes.size() < 2)
        return;
    std::vector<double> moves;
    const std::size_t wanted = std::min(closes.size() - 1, stats::kOwnVolatility.length + 1);
    for (std::size_t i = closes.size() - wanted; i < closes.size(); ++i)
        moves.push_back(closes[i] / closes[i - 1] - 1);
    row.changeShare = moves.back();
    row.sigmaMove = stats::inPastDeviations(moves, stats::kOwnVolatility).back();
}

void WatchlistModel::setOrder(const QStringList &symbols)
{
    m_order = symbols;
}

void WatchlistModel::setExposures(const std::vector<ipc::ExposureEntry> &rules)
{
    m_rules = rules;
    m_reach.clear();
    for (const WatchRow &row : m_rows)
        m_reach.insert(row.symbol, reachOf(m_rules, row.symbol.toStdString()));
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Exposure), index(rowCount() - 1, Exposure));
}

/// "monetary policy 0.80, broad equities 0.64".
QString WatchlistModel::exposureText(const QString &symbol, std::size_t countMax) const
{
    QStringList parts;
    const std::vector<ReachedFrom> reached = m_reach.value(symbol);
    for (std::size_t i = 0; i < std::min(reached.size(), countMax); ++i)
        parts += tr("%1 %2").arg(nodeText(reached[i].node),
                                 QLocale().toString(reached[i].weight, 'f', 2));
    if (reached.size() > countMax)
        parts += tr("%1 more").arg(countText(static_cast<qint64>(reached.size() - countMax)));
    return parts.join(u", "_s);
}

void WatchlistModel::setRow(WatchRow row)
{
    m_reach.insert(row.symbol, reachOf(m_rules, row.symbol.toStdString()));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].symbol == row.symbol) {
            m_rows[i] = std::move(row);
            Q_EMIT dataChanged(index(static_cast<int>(i), 0),
                               index(static_cast<int>(i), ColumnCount - 1));
            return;
        }
    }
    const auto place = m_order.indexOf(row.symbol);
    const auto after = std::ranges::find_if(
        m_rows, [&](const WatchRow &other) { return m_order.indexOf(other.symbol) > place; });
    const auto at = static_cast<int>(after - m_rows.begin());
    beginInsertRows({}, at, at);
    m_rows.insert(after, std::move(row));
    endInsertRows();
}

int WatchlistModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WatchlistModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WatchlistModel::data(const QModelIndex &index, int role) const
{
    const WatchRow &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole && index.column() == Symbol)
        return row.isSynthetic ? tr("%1 (synthetic)").arg(row.name) : row.name;
    if (role == Qt::ToolTipRole && index.column() == Exposure)
        return exposureText(row.symbol, 12);
    if (role == Qt::ToolTipRole && index.column() == Last)
        return tr("in %1").arg(row.currency);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() == Symbol || index.column() == Exposure
                                        ? Qt::AlignLeft
                                        : Qt::AlignRight));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Symbol: return row.symbol;
    case Last: return std::isfinite(row.last) ? QLocale().toString(row.last, 'f', 2) : u"–"_s;
    case Change: return percentChangeText(row.changeShare);
    case Sigma: return sigmaText(row.sigmaMove);
    case Spark:
        return role == Qt::AccessibleTextRole ? tr("%1 daily closes").arg(row.closes.size())
                                              : QVariant();
    case Exposure: {
        const QString reached = exposureText(row.symbol, 3);
        return reached.isEmpty() ? u"–"_s : reached;
    }
    default: return {};
    }
}

QVariant WatchlistModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter |
            (section == Symbol || section >= Spark ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole && section == Exposure)
        return tr("What it hangs on by the exposure rules, the strongest first");
    if (role == Qt::ToolTipRole && section == Sigma)
        return tr("The last change in standard deviations of the 60 days before");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Symbol: return tr("Symbol");
    case Last: return tr("Last");
    case Change: return tr("Δ 1 d");
    case Sigma: return tr("σ-move");
    case Spark: return tr("90 d");
    case Exposure: return tr("Exposed to");
    default: return {};
    }
}

} // namespace chrona::ui
