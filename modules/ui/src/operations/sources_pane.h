// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "tables/table_view.h"
#include "text/time_text.h"

class QPushButton;
class QScrollArea;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

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

    workspace::Session &m_session;
    TimeText m_times;
    SourceColumnsModel *m_model;
    SourceDelegate *m_delegate;
    TableView *m_table;
    QScrollArea *m_detail;
    QPushButton *m_run;
    QPushButton *m_toggle;
};

} // namespace chrona::ui
