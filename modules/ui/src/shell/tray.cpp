// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/tray.h"

#include "alerts/alert_words.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/alert_book.h"
#include "chrona/workspace/oracle_watch.h"
#include "chrona/workspace/session.h"
#include "oracle/oracle_words.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QStringList>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Session;

Tray::Tray(Session &session, const Theme &theme, QObject *parent)
    : QObject(parent), m_session(session), m_theme(theme),
      m_oracle(new workspace::OracleWatch(session, this)),
      m_alerts(new workspace::AlertBook(session, this)), m_state(m_menu.addAction(QString())),
      m_oracleState(m_menu.addAction(QString())),
      m_mute(m_menu.addAction(tr("Mute oracle alerts for an hour")))
{
    m_state->setEnabled(false);
    m_oracleState->setEnabled(false);
    m_mute->setCheckable(true);
    constexpr int kMuteMinutes = 60;
    connect(m_mute, &QAction::triggered, this,
            [this](bool isOn) { m_oracle->mute(isOn ? kMuteMinutes : 0); });
    connect(m_oracle, &workspace::OracleWatch::statusChanged, this, &Tray::refreshOracle);
    connect(m_oracle, &workspace::OracleWatch::alertRaised, this,
            [this](const ipc::OracleAlert &alert) {
                m_untold += sentenceOf(alert);
                if (m_untold.size() == 1)
                    QMetaObject::invokeMethod(this, &Tray::tellOracle, Qt::QueuedConnection);
            });
    connect(m_alerts, &workspace::AlertBook::announced, this, [this](const schema::Alert &alert) {
        m_untoldAlerts.push_back(alert);
        if (m_untoldAlerts.size() == 1)
            QMetaObject::invokeMethod(this, &Tray::tellAlerts, Qt::QueuedConnection);
    });
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
    m_shape = shapeNow();
    QIcon icon = m_theme.icon(m_shape, Role::Text1);
    icon.setIsMask(true);
    m_icon.setIcon(icon);
    m_state->setText(isReady  ? tr("%1 events, live").arg(countText(m_session.status().eventCount))
                     : isLost ? tr("Service lost, reconnecting")
                              : tr("Service starting"));
    m_icon.setToolTip(u"Chrona · "_s + m_state->text());
    refreshOracle();
}

QString Tray::shapeNow() const
{
    if (m_session.state() == Session::State::Lost)
        return u"tray-lost"_s;
    if (m_session.state() != Session::State::Ready)
        return u"tray-waiting"_s;
    const auto &oracle = m_oracle->status();
    return oracle && oracle->alerts > 0 && !oracle->mutedUntil ? u"tray-alert"_s : u"tray"_s;
}

/// One message for all that came at once: without a network every feed has an alert.
void Tray::show(const QString &title, QList<QString> lines, QSystemTrayIcon::MessageIcon icon)
{
    constexpr qsizetype kSentencesMax = 3;
    const auto more = static_cast<int>(lines.size() - kSentencesMax);
    if (more > 0) {
        lines.resize(kSentencesMax);
        lines += tr("and %n more", nullptr, more);
    }
    m_told = lines.join(u'\n');
    m_icon.showMessage(title, m_told, icon);
}

void Tray::tellOracle()
{
    show(tr("Oracle"), std::exchange(m_untold, {}), QSystemTrayIcon::Warning);
}

/// As urgent as the most urgent of them; the most urgent first.
void Tray::tellAlerts()
{
    auto alerts = std::exchange(m_untoldAlerts, {});
    std::ranges::stable_sort(alerts, std::ranges::greater{}, &schema::Alert::urgency);
    QList<QString> lines;
    for (const schema::Alert &alert : alerts)
        lines += tr("%1: %2").arg(fromUtf8(alert.name), sentenceOf(alert));
    using schema::AlertUrgency;
    const AlertUrgency worst = alerts.front().urgency;
    show(alerts.size() == 1 ? tr("Alert") : tr("%n alert(s)", nullptr, int(alerts.size())), lines,
         worst == AlertUrgency::Critical  ? QSystemTrayIcon::Critical
         : worst == AlertUrgency::Warning ? QSystemTrayIcon::Warning
                                          : QSystemTrayIcon::Information);
}

/// Comes each second while an oracle runs: the icon is made anew only where its shape differs.
void Tray::refreshOracle()
{
    const auto &oracle = m_oracle->status();
    const bool isRunning = oracle && oracle->mode != ipc::OracleMode::Off;
    m_oracleState->setVisible(isRunning);
    m_mute->setVisible(isRunning);
    if (isRunning) {
        m_mute->setChecked(oracle->mutedUntil.has_value());
        const auto left =
            std::chrono::ceil<std::chrono::seconds>(oracle->epochEndsAt - nowInstant());
        m_oracleState->setText(tr("Oracle: %1 of %2 feeds sound, epoch ends in %3 s")
                                   .arg(oracle->feedsSound)
                                   .arg(oracle->feeds)
                                   .arg(std::max<qint64>(left.count(), 0)));
    }
    if (m_shape != shapeNow())
        refresh();
}

} // namespace chrona::ui
