// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class Theme;

/// The icon that stays when the window is closed. All it can do is in its menu; its shape, never
/// its colour, tells the state, because menu bars recolour it. UI thread only.
class Tray final : public QObject {
    Q_OBJECT
public:
    Tray(workspace::Session &session, const Theme &theme, QObject *parent);

    [[nodiscard]] static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void show();
    [[nodiscard]] QString stateText() const { return m_state->text(); }

Q_SIGNALS:
    void windowWanted();
    void quitWanted();

private:
    void refresh();

    workspace::Session &m_session;
    const Theme &m_theme;
    QMenu m_menu;
    QAction *m_state;
    QSystemTrayIcon m_icon;
};

} // namespace chrona::ui
