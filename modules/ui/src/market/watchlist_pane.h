// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"
#include "tables/table_view.h"

namespace chrona::ui {

class WatchlistModel;
struct WatchRow;

/// The default targets with last price, change, σ-move and 90 days. Asks for bars when the session
/// is ready and after new data. UI thread only.
class WatchlistPane final : public Pane {
    Q_OBJECT
public:
    WatchlistPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    [[nodiscard]] const WatchRow *currentRow() const;

Q_SIGNALS:
    /// Another instrument is chosen, or its prices are new.
    void currentChanged();
    void sampleWorldWanted();

private:
    void reload();
    void takeInstruments(const Result<ipc::InstrumentsReply> &reply);
    void askBars(const schema::Instrument &instrument);
    void takeBars(const schema::Instrument &instrument, const ipc::BarColumns &bars);
    void refreshState();
    void choose();
    void follow();

    workspace::Session &m_session;
    WatchlistModel *m_model;
    TableView *m_table;
    int m_waiting = 0;
    bool m_isFollowing = false;
};

} // namespace chrona::ui
