// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/round_clock_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "oracle/chain_words.h"
#include "text/time_text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

constexpr int kCells = 40;
constexpr int kMuteMinutes = 60;

QString countdown(Duration left)
{
    const auto seconds =
        std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(left).count(), 0);
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, '0'_L1);
}

} // namespace

RoundClock::RoundClock(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Round clock"));
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        update();
        tellAccessible();
    });
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void RoundClock::setStatus(const ipc::OracleStatus &status)
{
    m_status = status;
    tellAccessible();
    update();
}

void RoundClock::tellAccessible()
{
    const QString text = tr("Epoch %1 ends in %2")
                             .arg(m_status.epoch)
                             .arg(countdown(m_status.epochEndsAt - nowInstant()));
    setAccessibleDescription(text);
}

void RoundClock::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_second.start();
}

void RoundClock::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_second.stop();
}

QRectF RoundClock::cellOf(std::size_t round) const
{
    const double step = (width() - 2.0 * metric::kGap) / kCells;
    const std::size_t empty = kCells - std::min<std::size_t>(m_status.rounds.size(), kCells);
    return {metric::kGap + step * static_cast<double>(empty + round), 52, step - 2, 12};
}

/// Sound: full height. Some feeds abstained: half, in amber's neighbour. None sound: a line.
void RoundClock::paintCells(QPainter &painter) const
{
    for (std::size_t r = 0; r < m_status.rounds.size(); ++r) {
        const ipc::OracleRound &round = m_status.rounds[r];
        QRectF cell = cellOf(r);
        Role role = Role::Ok;
        if (round.sound == 0) {
            cell.setTop(cell.bottom() - 2);
            role = Role::Critical;
        } else if (round.abstained > 0) {
            cell.setTop(cell.center().y());
            role = Role::Warning;
        }
        painter.fillRect(cell, m_theme.color(role, 0.75));
    }
    painter.fillRect(QRectF(metric::kGap, 65, width() - 2.0 * metric::kGap, 1),
                     m_theme.color(Role::Line));
}

void RoundClock::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double span = std::max<double>(static_cast<double>(m_status.epochMs), 1);
    const Duration left = m_status.epochEndsAt - nowInstant();
    const double leftMs = std::chrono::duration<double, std::milli>(left).count();
    const double part = std::clamp(1 - leftMs / span, 0.0, 1.0);
    const QRectF line(metric::kGap, 8, width() - 2.0 * metric::kGap, 22);
    painter.setFont(m_theme.font(TextSize::Display));
    painter.setPen(m_theme.color(Role::Text1));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, countdown(left));
    painter.setFont(m_theme.font(TextSize::Small));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                     tr("epoch %1 · %2 of %3 feeds sound")
                         .arg(m_status.epoch)
                         .arg(m_status.feedsSound)
                         .arg(m_status.feeds));
    const QRectF bar(metric::kGap, 36, width() - 2.0 * metric::kGap, 4);
    painter.fillRect(bar, m_theme.color(Role::Surface3));
    painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * part, bar.height()),
                     m_theme.color(Role::Accent));
    paintCells(painter);
    if (hasFocus()) {
        painter.setPen(m_theme.color(Role::Focus));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

bool RoundClock::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t r = 0; r < m_status.rounds.size(); ++r) {
        if (!cellOf(r).adjusted(-1, -4, 1, 4).contains(help->pos()))
            continue;
        const ipc::OracleRound &round = m_status.rounds[r];
        QToolTip::showText(help->globalPos(),
                           tr("Epoch %1, ended %2: %3 sound, %4 abstained")
                               .arg(round.epoch)
                               .arg(TimeText{}.second(round.endsAt))
                               .arg(round.sound)
                               .arg(round.abstained),
                           this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

RoundClockPane::RoundClockPane(workspace::OracleWatch &watch, workspace::Session &session,
                               const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_clock(new RoundClock(theme, this)),
      m_mute(new QToolButton(this))
{
    m_mute->setCheckable(true);
    m_mute->setAutoRaise(true);
    m_mute->setText(tr("Mute"));
    m_mute->setToolTip(tr("Record alerts for an hour without announcing them"));
    m_mute->setAccessibleName(tr("Mute alerts"));
    addHeaderTool(m_mute);
    setContent(m_clock);
    setMaximumHeight(m_clock->sizeHint().height()); // more says nothing more
    connect(m_mute, &QToolButton::clicked, this,
            [this](bool isOn) { m_watch.mute(isOn ? kMuteMinutes : 0); });
    connect(&watch, &workspace::OracleWatch::statusChanged, this, &RoundClockPane::refresh);
    connect(&watch, &workspace::OracleWatch::ledgerChanged, this, &RoundClockPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &RoundClockPane::refresh);
    refresh();
}

void RoundClockPane::refresh()
{
    const auto &status = m_watch.status();
    const bool isRunning = status && status->mode != ipc::OracleMode::Off;
    m_mute->setEnabled(isRunning);
    m_mute->setChecked(isRunning && status->mutedUntil);
    QStringList notes;
    if (isRunning)
        notes += status->alerts > 0 ? tr("%n alert(s)", nullptr, static_cast<int>(status->alerts))
                                    : tr("no alerts");
    if (const auto &chain = m_watch.chain(); chain && chain->mode != "off")
        notes += chainSummary(*chain);
    setHeaderNote(notes.join(u" · "_s));
    if (isRunning)
        m_clock->setStatus(*status);
    settle(isRunning);
}

} // namespace chrona::ui
