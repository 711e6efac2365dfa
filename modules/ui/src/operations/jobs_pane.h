// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "tables/table_view.h"
#include "text/time_text.h"

class QToolButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class JobColumnsModel;
class JobDelegate;

/// What the service is doing, with progress, cancel and retry. UI thread only.
class JobsPane final : public Pane {
    Q_OBJECT
public:
    JobsPane(workspace::Session &session, const Theme &theme, QWidget *parent);
    void setTimeText(const TimeText &times);

private:
    void refresh();
    void refreshTools();
    [[nodiscard]] int currentRow() const;

    workspace::Session &m_session;
    JobColumnsModel *m_model;
    JobDelegate *m_delegate;
    TableView *m_table;
    QToolButton *m_cancel;
    QToolButton *m_retry;
};

} // namespace chrona::ui
