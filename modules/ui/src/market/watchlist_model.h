// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "market/reach.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QStringList>

#include <vector>

namespace chrona::ui {

/// One line of the watchlist, worked out from daily closes.
struct WatchRow {
    QString symbol;
    QString name;
    QString currency;           ///< ISO 4217
    std::vector<double> dayMs;  ///< when each close was, milliseconds since 1970
    std::vector<double> closes; ///< oldest first, adjusted
    double last = 0;
    double changeShare = 0; ///< last close against the one before
    double sigmaMove = 0;   ///< that change in its own volatility, as a briefing tells it
    bool isSynthetic = false;
};

/// Fills last, change and σ-move from the closes; NaN where there are too few.
void measure(WatchRow &row);

/// Symbols with their last price and what moved. UI thread only.
class WatchlistModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : int { Symbol, Last, Change, Sigma, Spark, Exposure, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRow(WatchRow row);
    void setOrder(const QStringList &symbols);
    /// The rules by which events reach a target.
    void setExposures(const std::vector<ipc::ExposureEntry> &rules);
    [[nodiscard]] const WatchRow &row(int index) const
    {
        return m_rows[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString exposureText(const QString &symbol, std::size_t countMax) const;

    QStringList m_order;
    QHash<QString, std::vector<ReachedFrom>> m_reach; ///< by symbol
    std::vector<ipc::ExposureEntry> m_rules;
    std::vector<WatchRow> m_rows;
};

} // namespace chrona::ui
