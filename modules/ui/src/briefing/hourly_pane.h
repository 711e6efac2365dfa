// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/hourly_watch.h"
#include "shell/pane.h"
#include "text/time_text.h"

class QScrollArea;
class QToolButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class FactColumn;

/// The hourly update: alerts first, then what changed, then what is missing. Each line shows its
/// event in every view. UI thread only.
class HourlyPane final : public Pane {
    Q_OBJECT
public:
    HourlyPane(workspace::HourlyWatch &watch, workspace::Session &session, const Theme &theme,
               QWidget *parent);

    void setTimeText(const TimeText &times);
    /// Selects what the statement rests on, as a press on its button does.
    void follow(const schema::Statement &statement);

Q_SIGNALS:
    void signalWanted(qint64 id);

private:
    void refresh();
    void rebuild();
    void addStatement(FactColumn &column, const schema::Statement &statement);
    [[nodiscard]] QToolButton *stepButton(const QString &name, int hours);

    workspace::HourlyWatch &m_watch;
    workspace::Session &m_session;
    TimeText m_times;
    QScrollArea *m_scroll;
    QList<QToolButton *> m_steps;
};

} // namespace chrona::ui
