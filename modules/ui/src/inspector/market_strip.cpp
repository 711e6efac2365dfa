// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/market_strip.h"

#include "chrona/ui/theme.h"
#include "market/sparkline.h"
#include "text/time_text.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kTextHeight = 18, kLineHeight = 36, kDatesHeight = 14;
constexpr std::ptrdiff_t kDaysAfter = 5;

/// The first close at or after the event; the end where there is none.
std::ptrdiff_t closeAt(const MarketAround &around, std::int64_t at)
{
    return std::ranges::lower_bound(around.days, at) - around.days.begin();
}

} // namespace

QString moveText(const MarketAround &around, std::int64_t at)
{
    const auto count = static_cast<std::ptrdiff_t>(around.closes.size());
    const auto close = [&around](std::ptrdiff_t i) {
        return around.closes[static_cast<std::size_t>(i)];
    };
    const std::ptrdiff_t day = closeAt(around, at);
    if (day >= count)
        return MarketStrip::tr("no close since");
    if (day == 0)
        return MarketStrip::tr("no close before");
    const QString onDay = percentChangeText(close(day) / close(day - 1) - 1);
    if (day + 1 >= count)
        return MarketStrip::tr("%1 on the day").arg(onDay);
    const std::ptrdiff_t last = std::min(day + kDaysAfter, count - 1);
    return MarketStrip::tr("%1 on the day, %2 over the %3 after it")
        .arg(onDay, percentChangeText(close(last) / close(day) - 1),
             QLocale().toString(static_cast<qlonglong>(last - day)));
}

MarketStrip::MarketStrip(const Theme &theme, MarketAround around, std::int64_t at, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_around(std::move(around)), m_at(at),
      m_move(moveText(m_around, at))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(m_around.symbol + u": "_s + m_move);
    setToolTip(tr("Daily closes 45 days around the event, which is marked"));
}

QSize MarketStrip::sizeHint() const
{
    return {160, kTextHeight + kLineHeight + kDatesHeight};
}

void MarketStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect text(0, 0, width(), kTextHeight);
    painter.setFont(m_theme.font(TextSize::Small, TextWeight::Strong));
    painter.setPen(m_theme.color(Role::Text1));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, m_around.symbol);
    const int used = painter.fontMetrics().horizontalAdvance(m_around.symbol) + metric::kPadding;
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(text.adjusted(used, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_move, Qt::ElideRight, width() - used));
    const QRectF line(0, kTextHeight + 3, width() - 3, kLineHeight - 6);
    paintSparkline(painter, line, m_around.closes, m_theme.color(Role::Text2),
                   m_theme.color(Role::Accent));
    // Closes stand at equal distances; the event lies between two of them.
    const auto after = static_cast<double>(closeAt(m_around, m_at));
    const double share =
        std::clamp((after - 0.5) / static_cast<double>(m_around.closes.size() - 1), 0.0, 1.0);
    painter.setPen(QPen(m_theme.color(Role::Focus), 1));
    const double x = line.left() + share * line.width();
    painter.drawLine(QPointF(x, kTextHeight), QPointF(x, kTextHeight + kLineHeight));
    painter.setPen(m_theme.color(Role::Text3));
    painter.setFont(m_theme.font(TextSize::Tiny));
    const QRect dates(0, kTextHeight + kLineHeight, width(), kDatesHeight);
    painter.drawText(dates, Qt::AlignLeft,
                     TimeText{}.date(instantFromMicros(m_around.days.front())));
    painter.drawText(dates, Qt::AlignRight,
                     TimeText{}.date(instantFromMicros(m_around.days.back())));
}

} // namespace chrona::ui
