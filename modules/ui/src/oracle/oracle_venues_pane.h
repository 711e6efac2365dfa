// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"

#include <QAbstractTableModel>

namespace chrona::ui {

class TableView;

/// Venues by feeds: the deviation of each vote, its standing by shape; before them how the venue
/// itself is heard.
class VenueMatrixModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Venue, State, Latency, Week, FirstFeed };

    VenueMatrixModel(workspace::OracleWatch &watch, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] const ipc::OracleVenueEntry &venue(int row) const { return m_venues.at(row); }
    /// nullptr where the venue has no part in the feed.
    [[nodiscard]] const ipc::OracleVote *vote(int row, int column) const;

private:
    void take();

    workspace::OracleWatch &m_watch;
    std::vector<ipc::OracleVenueEntry> m_venues;
    std::vector<ipc::OracleFeedEntry> m_feeds;
};

/// UI thread only.
class OracleVenuesPane final : public OraclePane {
    Q_OBJECT
public:
    OracleVenuesPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                     QWidget *parent);

private:
    void refresh();

    VenueMatrixModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
