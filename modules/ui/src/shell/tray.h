// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/alert.h"

#include <QList>
#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <vector>

namespace chrona::workspace {
class AlertBook;
class OracleWatch;
class Session;
} // namespace chrona::workspace

namespace chrona::ui {

class Theme;

/// The icon that stays when the window is closed. All it can do is in its menu; its shape, never
/// its colour, tells the state, because menu bars recolour it: a triangle where the oracle has an
/// alert; its countdown, the round's phase and the last rounds in the menu. UI thread only.
class Tray final : public QObject {
    Q_OBJECT
public:
    Tray(workspace::Session &session, const Theme &theme, QObject *parent);

    [[nodiscard]] static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void show();
    [[nodiscard]] QString stateText() const { return m_state->text(); }
    [[nodiscard]] QString oracleText() const { return m_oracleState->text(); }
    /// The round's phase, and how the last ones went: a disc where all was in time, a ring else.
    [[nodiscard]] QString phaseText() const { return m_phase->text(); }
    [[nodiscard]] QString roundsText() const { return m_rounds->text(); }
    [[nodiscard]] QMenu &menu() { return m_menu; }
    [[nodiscard]] QString shape() const { return m_shape; }
    /// What was announced last.
    [[nodiscard]] QString told() const { return m_told; }

Q_SIGNALS:
    void windowWanted();
    void quitWanted();

private:
    void refresh();
    void refreshOracle();
    void refreshRounds();
    void tellOracle();
    void tellAlerts();
    void show(const QString &title, QList<QString> lines, QSystemTrayIcon::MessageIcon icon);
    [[nodiscard]] QString shapeNow() const;

    workspace::Session &m_session;
    const Theme &m_theme;
    QMenu m_menu;
    workspace::OracleWatch *m_oracle;
    workspace::AlertBook *m_alerts;
    QAction *m_state;
    QAction *m_oracleState;
    QAction *m_phase;
    QAction *m_rounds;
    QAction *m_mute;
    QString m_shape;
    QList<QString> m_untold; ///< sentences of the oracle's alerts that came together
    std::vector<schema::Alert> m_untoldAlerts; ///< of the person's own rules
    QString m_told;
    QSystemTrayIcon m_icon;
};

} // namespace chrona::ui
