// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/tray.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "text/time_text.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Session;

Tray::Tray(Session &session, const Theme &theme, QObject *parent) :
    QObject(parent), m_session(session), m_theme(theme), m_state(m_menu.addAction(QString()))
{
    m_state->setEnabled(false);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Open Chrona")), &QAction::triggered, this, &Tray::windowWanted);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Quit and stop the service")), &QAction::triggered, this,
            &Tray::quitWanted);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason why) {
                if (why == QSystemTrayIcon::Trigger)
                    Q_EMIT windowWanted();
            });
    connect(&session, &Session::stateChanged, this, &Tray::refresh);
    connect(&session, &Session::statusChanged, this, &Tray::refresh);
    connect(&theme, &Theme::changed, this, &Tray::refresh);
    refresh();
}

void Tray::show()
{
    m_icon.show();
}

void Tray::refresh()
{
    const bool isReady = m_session.state() == Session::State::Ready;
    const bool isLost = m_session.state() == Session::State::Lost;
    QIcon icon = m_theme.icon(isLost ? u"tray-lost"_s : isReady ? u"tray"_s : u"tray-waiting"_s,
                              Role::Text1);
    icon.setIsMask(true);
    m_icon.setIcon(icon);
    m_state->setText(isReady  ? tr("%1 events, live").arg(countText(m_session.status().eventCount))
                     : isLost ? tr("Service lost, reconnecting")
                              : tr("Service starting"));
    m_icon.setToolTip(u"Chrona · "_s + m_state->text());
}

} // namespace chrona::ui
