// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"
#include "tables/table_view.h"
#include "text/time_text.h"

#include <vector>

class QPushButton;
class QScrollArea;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class AddFeedDialog;
class SourceColumnsModel;
class SourceDelegate;

/// The registry of sources with health; below it the terms of the one that is chosen and what can
/// be done with it. UI thread only.
class SourcesPane final : public Pane {
    Q_OBJECT
public:
    SourcesPane(workspace::Session &session, const Theme &theme, QWidget *parent);
    void setTimeText(const TimeText &times);

Q_SIGNALS:
    void sampleWorldWanted();

private:
    void refresh();
    void refreshDetail();
    [[nodiscard]] int currentRow() const;
    void runCurrent();
    void toggleCurrent();
    void addFeed();
    /// What a feed that is there already means: for one it is a mistake, for a list it is not.
    enum class Known : std::uint8_t { Refused, PassedOver };
    void add(AddFeedDialog *dialog, std::vector<ipc::SourceAdd> requests, Known known);
    void removeCurrent();

    workspace::Session &m_session;
    TimeText m_times;
    SourceColumnsModel *m_model;
    SourceDelegate *m_delegate;
    TableView *m_table;
    QScrollArea *m_detail;
    QPushButton *m_run;
    QPushButton *m_toggle;
    QPushButton *m_add;
    QPushButton *m_remove;
};

} // namespace chrona::ui
