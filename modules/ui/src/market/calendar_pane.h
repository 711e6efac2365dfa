// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "tables/table_view.h"
#include "text/time_text.h"

#include <QTimer>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class CalendarDelegate;
class CalendarModel;

/// What is to come, with countdowns: scheduled events, and when New York opens and closes. UI
/// thread only.
class CalendarPane final : public Pane {
    Q_OBJECT
public:
    CalendarPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    [[nodiscard]] CalendarModel &model() { return *m_model; }
    [[nodiscard]] TableView &table() { return *m_table; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    workspace::Session &m_session;
    CalendarModel *m_model;
    CalendarDelegate *m_delegate;
    TableView *m_table;
    QTimer m_minute;
};

} // namespace chrona::ui
