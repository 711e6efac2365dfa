// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_words.h"

#include "oracle/chain_words.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPolygonF>

#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

struct OracleWords {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString nameOf(ipc::OracleAnswerState state)
{
    switch (state) {
    case ipc::OracleAnswerState::Sound: return OracleWords::tr("sound");
    case ipc::OracleAnswerState::Abstained: return OracleWords::tr("abstains");
    case ipc::OracleAnswerState::None: return OracleWords::tr("no price yet");
    }
    return {};
}

QString nameOf(ipc::OracleRegime regime)
{
    switch (regime) {
    case ipc::OracleRegime::Calm: return OracleWords::tr("calm");
    case ipc::OracleRegime::Moving: return OracleWords::tr("moving");
    case ipc::OracleRegime::Depeg: return OracleWords::tr("a stable currency leaves its rate");
    }
    return {};
}

QString nameOf(ipc::OracleStanding standing)
{
    switch (standing) {
    case ipc::OracleStanding::Used: return OracleWords::tr("counts");
    case ipc::OracleStanding::Silent: return OracleWords::tr("silent");
    case ipc::OracleStanding::Stale: return OracleWords::tr("stale");
    case ipc::OracleStanding::Deviating: return OracleWords::tr("deviates");
    case ipc::OracleStanding::Frozen: return OracleWords::tr("frozen");
    }
    return {};
}

QString nameOf(ipc::OracleVenueState state)
{
    switch (state) {
    case ipc::OracleVenueState::Connecting: return OracleWords::tr("connecting");
    case ipc::OracleVenueState::Streaming: return OracleWords::tr("streaming");
    case ipc::OracleVenueState::Polling: return OracleWords::tr("polling");
    case ipc::OracleVenueState::Silent: return OracleWords::tr("silent");
    case ipc::OracleVenueState::Maintenance: return OracleWords::tr("maintenance");
    case ipc::OracleVenueState::Resting: return OracleWords::tr("resting");
    case ipc::OracleVenueState::Blocked: return OracleWords::tr("blocked");
    }
    return {};
}

QString sentenceOf(const ipc::OracleAlert &alert)
{
    const QString feed = fromUtf8(alert.feed);
    const QString venue = fromUtf8(alert.venue);
    switch (alert.kind) {
    case ipc::OracleAlertKind::Deviation:
        return OracleWords::tr("%1 lies %2 bp from %3").arg(venue, bpsText(alert.measured), feed);
    case ipc::OracleAlertKind::Staleness:
        return OracleWords::tr("%1 has had no sound price for %2 s")
            .arg(feed, QLocale().toString(alert.measured, 'f', 0));
    case ipc::OracleAlertKind::Thin:
        return OracleWords::tr("Only %n sound venue(s) price %1", nullptr,
                               static_cast<int>(alert.measured))
            .arg(feed);
    case ipc::OracleAlertKind::Disagreement:
        return OracleWords::tr("The venues of %1 disagree: ±%2 bp")
            .arg(feed, QLocale().toString(alert.measured, 'f', 1));
    case ipc::OracleAlertKind::VenueDown: return OracleWords::tr("%1 is not heard").arg(venue);
    default: return providerSentenceOf(alert);
    }
}

Role roleOf(ipc::OracleAnswerState state)
{
    switch (state) {
    case ipc::OracleAnswerState::Sound: return Role::Ok;
    case ipc::OracleAnswerState::Abstained: return Role::Warning;
    case ipc::OracleAnswerState::None: return Role::Text3;
    }
    return Role::Text3;
}

Role roleOf(ipc::OracleStanding standing)
{
    switch (standing) {
    case ipc::OracleStanding::Used: return Role::Ok;
    case ipc::OracleStanding::Silent: return Role::Text3;
    case ipc::OracleStanding::Stale: return Role::Watch;
    case ipc::OracleStanding::Deviating: return Role::Critical;
    case ipc::OracleStanding::Frozen: return Role::Warning;
    }
    return Role::Text3;
}

Role roleOf(ipc::OracleVenueState state)
{
    switch (state) {
    case ipc::OracleVenueState::Streaming: return Role::Ok;
    case ipc::OracleVenueState::Polling: return Role::Watch;
    case ipc::OracleVenueState::Connecting: return Role::Text3;
    case ipc::OracleVenueState::Maintenance:
    case ipc::OracleVenueState::Resting: return Role::Warning;
    case ipc::OracleVenueState::Silent:
    case ipc::OracleVenueState::Blocked: return Role::Critical;
    }
    return Role::Text3;
}

QString priceText(double price)
{
    if (!std::isfinite(price) || price <= 0)
        return u"–"_s;
    const int whole = static_cast<int>(std::floor(std::log10(price))) + 1;
    return QLocale().toString(price, 'f', std::clamp(7 - whole, 2, 8));
}

QString bpsText(double bps)
{
    if (!std::isfinite(bps))
        return u"–"_s;
    const QString number = QLocale().toString(std::abs(bps), 'f', std::abs(bps) < 99.95 ? 1 : 0);
    return (bps < 0 ? u"−"_s : u"+"_s) + number;
}

void paintStanding(QPainter &painter, const QRectF &box, ipc::OracleStanding standing,
                   const QColor &color)
{
    const QPointF middle = box.center();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.25));
    painter.setBrush(Qt::NoBrush);
    switch (standing) {
    case ipc::OracleStanding::Used:
        painter.setBrush(color);
        painter.drawEllipse(middle, 2.5, 2.5);
        break;
    case ipc::OracleStanding::Silent: painter.drawEllipse(middle, 2.75, 2.75); break;
    case ipc::OracleStanding::Stale:
        painter.drawEllipse(middle, 2.75, 2.75);
        painter.drawLine(middle, middle + QPointF(0, -2.75));
        break;
    case ipc::OracleStanding::Deviating:
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF{middle + QPointF(0, -3.5), middle + QPointF(3.5, 3),
                                      middle + QPointF(-3.5, 3)});
        break;
    case ipc::OracleStanding::Frozen:
        painter.drawLine(middle + QPointF(-1.5, -3), middle + QPointF(-1.5, 3));
        painter.drawLine(middle + QPointF(1.5, -3), middle + QPointF(1.5, 3));
        break;
    }
    painter.restore();
}

} // namespace chrona::ui
