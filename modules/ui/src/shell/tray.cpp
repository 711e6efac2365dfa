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

namespace {

constexpr std::size_t kRoundsShown = 10;
constexpr QChar kWell(0x25CF), kHalf(0x25D0), kBadly(0x25CB); ///< a disc, half of one, a ring

/// What a network's round asks for just now: reveals of the one before, its signatures, commits.
QString phaseNow(const ipc::OracleStatus &oracle)
{
    constexpr std::int64_t kReveals = 45, kSignatures = 60, kCommits = 75;
    const auto left =
        std::chrono::ceil<std::chrono::seconds>(oracle.epochEndsAt - nowInstant()).count();
    const std::int64_t length = oracle.epochMs / 1'000, since = length - left;
    const auto phase = [&](const QString &sentence, std::int64_t until) {
        return sentence.arg(oracle.epoch).arg(std::max<std::int64_t>(until - since, 0));
    };
    if (since < kReveals)
        return phase(Tray::tr("Round %1: the one before is revealed, %2 s more"), kReveals);
    if (since < kSignatures)
        return phase(Tray::tr("Round %1: the one before is signed, %2 s more"), kSignatures);
    return since < kCommits ? phase(Tray::tr("Round %1: commits begin in %2 s"), kCommits)
                            : phase(Tray::tr("Round %1: commits, %2 s more"), length);
}

/// Of the provider that is followed, the oldest first.
QString handedIn(const std::vector<ipc::FtsoSubmission> &submissions)
{
    QString rounds;
    for (std::size_t i = std::min(submissions.size(), kRoundsShown); i-- > 0;) {
        const ipc::FtsoSubmission &each = submissions[i];
        const bool isRevealed = each.commit == "in_time" && each.reveal == "in_time";
        rounds += !isRevealed ? kBadly : each.signature == "in_time" ? kWell : kHalf;
    }
    return rounds;
}

/// Of the oracle itself, where nobody is followed.
QString answered(const std::vector<ipc::OracleRound> &rounds)
{
    QString text;
    for (std::size_t i = rounds.size() - std::min(rounds.size(), kRoundsShown); i < rounds.size();
         ++i)
        text += rounds[i].sound == 0 ? kBadly : rounds[i].abstained > 0 ? kHalf : kWell;
    return text;
}

} // namespace

Tray::Tray(Session &session, const Theme &theme, QObject *parent)
    : QObject(parent), m_session(session), m_theme(theme),
      m_oracle(new workspace::OracleWatch(session, this)),
      m_alerts(new workspace::AlertBook(session, this)), m_state(m_menu.addAction(QString())),
      m_oracleState(m_menu.addAction(QString())), m_phase(m_menu.addAction(QString())),
      m_rounds(m_menu.addAction(QString())),
      m_mute(m_menu.addAction(tr("Mute oracle alerts for an hour")))
{
    m_state->setEnabled(false);
    m_oracleState->setEnabled(false);
    m_phase->setEnabled(false);
    m_rounds->setEnabled(false);
    // What was handed in is asked for while somebody looks.
    connect(&m_menu, &QMenu::aboutToShow, m_oracle, &workspace::OracleWatch::addViewer);
    connect(&m_menu, &QMenu::aboutToHide, m_oracle, &workspace::OracleWatch::removeViewer);
    connect(m_oracle, &workspace::OracleWatch::ledgerChanged, this, &Tray::refreshRounds);
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
    refreshRounds();
    if (m_shape != shapeNow())
        refresh();
}

void Tray::refreshRounds()
{
    const auto &oracle = m_oracle->status();
    const auto &chain = m_oracle->chain();
    const bool isRunning = oracle && oracle->mode != ipc::OracleMode::Off;
    const bool isFollowing = isRunning && chain && chain->mode != "off";
    const QString rounds = !isRunning ? QString()
                           : isFollowing && !m_oracle->submissions().empty()
                               ? handedIn(m_oracle->submissions())
                               : answered(oracle->rounds);
    m_phase->setVisible(isFollowing);
    m_rounds->setVisible(!rounds.isEmpty());
    if (isFollowing)
        m_phase->setText(phaseNow(*oracle));
    m_rounds->setText(tr("Last rounds: %1").arg(rounds));
}

} // namespace chrona::ui
