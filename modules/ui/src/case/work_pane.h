// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "text/time_text.h"

class QListWidget;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

/// The journal of own work on the current investigation, newest first. UI thread only.
class WorkPane final : public Pane {
    Q_OBJECT
public:
    WorkPane(workspace::Investigations &book, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);

Q_SIGNALS:
    void itemWanted(qint64 item);

private:
    void refresh();

    workspace::Investigations &m_book;
    QListWidget *m_list;
    TimeText m_times;
};

} // namespace chrona::ui
