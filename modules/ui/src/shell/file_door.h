// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QObject>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class MainWindow;

/// Files that come from outside: dropped on the window, named on the command line, or opened from
/// the system's file manager. What a file is follows from its ending; an investigation is shown to
/// be read, and nothing of it is stored before somebody wants that. UI thread only.
class FileDoor final : public QObject {
    Q_OBJECT
public:
    FileDoor(MainWindow &window, workspace::Session &session);

    void open(const QString &path);
    /// Whether there is something to do with a file of that name.
    [[nodiscard]] static bool knows(const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    MainWindow &m_window;
    workspace::Session &m_session;
};

} // namespace chrona::ui
