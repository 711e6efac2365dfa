// SPDX-License-Identifier: AGPL-3.0-or-later
// The painting half of TimelineView.
#include "chrona/ui/theme.h"
#include "text/names.h"
#include "timeline/timeline_view.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kBinPixels = 4;
constexpr double kTickSpacing = 72;
constexpr double kNowHeight = 18;

std::uint32_t totalOf(const CategoryCounts &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint32_t{0});
}

std::int64_t floorTo(std::int64_t value, std::int64_t step)
{
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

} // namespace

void TimelineView::renderBars()
{
    const double ratio = devicePixelRatioF();
    const QRectF area = plot();
    m_bars = QPixmap((area.size() * ratio).toSize().expandedTo({1, 1}));
    m_bars.setDevicePixelRatio(ratio);
    m_bars.fill(m_theme.color(Role::Surface1));
    m_barsAreStale = false;
    m_tallest = 0;
    m_bin = binWidthFor(scale(), kBinPixels);
    if (!m_counts || m_counts->isEmpty())
        return;
    const std::int64_t begin = floorTo(m_range.begin, m_bin.micros);
    const auto count = static_cast<std::size_t>((m_range.end - begin) / m_bin.micros + 1);
    QPainter painter(&m_bars);
    if (m_lanes.empty())
        renderStack(painter, area, begin, count);
    else
        renderLanes(painter, area, begin, count);
}

void TimelineView::renderStack(QPainter &painter, const QRectF &area, std::int64_t begin,
                               std::size_t count)
{
    const auto bins = m_counts->bins(begin, m_bin.micros, count, m_types);
    for (const CategoryCounts &bin : bins)
        m_tallest = std::max(m_tallest, totalOf(bin));
    if (m_tallest == 0)
        return;
    const double unit = (area.height() - 2) / m_tallest;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const auto from = begin + m_bin.micros * static_cast<std::int64_t>(i);
        const double left = std::round(scale().xOf(from));
        const double right = std::round(scale().xOf(from + m_bin.micros));
        double y = area.height();
        for (std::size_t category = 0; category < bins[i].size(); ++category) {
            const double high = bins[i][category] * unit;
            painter.fillRect(QRectF(left, y - high, std::max(1.0, right - left - 1), high),
                             m_theme.category(static_cast<schema::EventCategory>(category)));
            y -= high;
        }
    }
}

/// Each lane on its own scale: what is rare is seen beside what is frequent.
void TimelineView::renderLanes(QPainter &painter, const QRectF &area, std::int64_t begin,
                               std::size_t count)
{
    const double high = area.height() / static_cast<double>(m_lanes.size());
    painter.setFont(m_theme.font(TextSize::Tiny));
    for (std::size_t number = 0; number < m_lanes.size(); ++number) {
        const TimelineLane &lane = m_lanes[number];
        const double bottom = high * static_cast<double>(number + 1);
        const auto bins = (lane.counts ? *lane.counts : *m_counts)
                              .bins(begin, m_bin.micros, count, lane.types & m_types);
        std::uint32_t tallest = 0;
        for (const CategoryCounts &bin : bins)
            tallest = std::max(tallest, totalOf(bin));
        m_tallest = std::max(m_tallest, tallest);
        for (std::size_t i = 0; i < bins.size() && tallest > 0; ++i) {
            const auto most = std::ranges::max_element(bins[i]) - bins[i].begin();
            const double tall = totalOf(bins[i]) * (high - 2) / tallest;
            const auto from = begin + m_bin.micros * static_cast<std::int64_t>(i);
            const double left = std::round(scale().xOf(from));
            const double right = std::round(scale().xOf(from + m_bin.micros));
            painter.fillRect(QRectF(left, bottom - tall, std::max(1.0, right - left - 1), tall),
                             m_theme.category(static_cast<schema::EventCategory>(most)));
        }
        painter.fillRect(QRectF(0, bottom - 1, area.width(), 1), m_theme.color(Role::Line));
        const double room = painter.fontMetrics().horizontalAdvance(lane.name) + 8;
        const QRectF box(0, bottom - high, room, std::min(high, 12.0));
        painter.fillRect(box, m_theme.color(Role::Surface1, 0.75));
        painter.setPen(m_theme.color(Role::Text2));
        painter.drawText(box, Qt::AlignCenter, lane.name);
    }
}

void TimelineView::paintAxis(QPainter &painter) const
{
    const double top = m_overlay.empty() ? plot().bottom() : markLane().bottom();
    painter.fillRect(QRectF(0, top, width(), 1), m_theme.color(Role::Line));
    for (const AxisTick &tick : axisTicks(scale(), m_times, kTickSpacing)) {
        const double x = std::round(scale().xOf(tick.micros));
        painter.fillRect(QRectF(x, top, 1, tick.isMajor ? 6 : 4),
                         m_theme.color(tick.isMajor ? Role::Text3 : Role::Line));
        painter.setFont(m_theme.font(TextSize::Tiny, tick.isMajor ? TextWeight::Strong
                                                                  : TextWeight::Regular));
        const double room = painter.fontMetrics().horizontalAdvance(tick.label);
        if (x + 4 + room > width())
            continue;
        painter.setPen(m_theme.color(tick.isMajor ? Role::Text2 : Role::Text3));
        painter.drawText(QPointF(x + 4, height() - 5), tick.label);
    }
}

QString TimelineView::brushText() const
{
    const QString text = tr("%1 – %2 · %3 · %4 events")
                             .arg(m_times.minute(instantFromMicros(m_brush.begin)),
                                  m_times.minute(instantFromMicros(m_brush.end)),
                                  spanText(Duration(m_brush.end - m_brush.begin)),
                                  countText(qint64(countOf(m_brush))));
    return m_compared ? tr("%1 · %2").arg(text, comparison()) : text;
}

/// Where the data end before now: how long before; else nothing.
QString TimelineView::laterText() const
{
    const bool endsBefore = m_nowMicros >= m_range.end && m_range.end == m_extent.end &&
                            m_counts && !m_counts->isEmpty();
    return endsBefore ? tr("now, %1 later ›").arg(spanText(Duration(m_nowMicros - m_range.end)))
                      : QString();
}

/// A frame around the window that the brush is compared with.
void TimelineView::paintCompared(QPainter &painter) const
{
    if (!m_compared)
        return;
    const QRectF area = plot();
    const double begin = std::round(scale().xOf(m_compared->begin));
    const double end = std::max(begin + 1, std::round(scale().xOf(m_compared->end)));
    painter.setPen(QPen(m_theme.color(Role::Accent), 1, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(begin + 0.5, area.top() + 0.5, end - begin - 1, area.height() - 1));
}

void TimelineView::paintBrush(QPainter &painter) const
{
    const QRectF area = plot();
    painter.setFont(m_theme.font(TextSize::Tiny));
    const int baseline = 13;
    if (!showsBrush())
        return;
    const double begin = std::round(scale().xOf(m_brush.begin));
    const double end = std::max(begin + 1, std::round(scale().xOf(m_brush.end)));
    const QColor veil = m_theme.color(Role::Surface1, 0.58);
    painter.fillRect(QRectF(0, area.top(), std::max(0.0, begin), area.height()), veil);
    painter.fillRect(QRectF(end, area.top(), std::max(0.0, width() - end), area.height()), veil);
    const QColor amber = m_theme.color(Role::Focus);
    painter.fillRect(QRectF(begin, area.top(), end - begin, area.height()),
                     m_theme.color(Role::Focus, 0.07));
    painter.fillRect(QRectF(begin, area.top() - 2, end - begin, 2), amber);
    painter.fillRect(QRectF(begin, area.top() - 2, 1, area.height() + 2), amber);
    painter.fillRect(QRectF(end - 1, area.top() - 2, 1, area.height() + 2), amber);
    for (const double edge : {begin, end - 1})
        painter.fillRect(QRectF(edge - 1, area.center().y() - 8, 3, 16), amber);

    const QString label = brushText();
    const double room = painter.fontMetrics().horizontalAdvance(label);
    // The top left corner belongs to the scale's unit.
    // The other one tells how far now is.
    const QString later = laterText();
    const double kept =
        later.isEmpty() ? 8 : painter.fontMetrics().horizontalAdvance(later) + 6 + metric::kGap;
    const double x = std::clamp((begin + end - room) / 2, 180.0,
                                std::max(180.0, width() - room - kept));
    painter.setPen(amber);
    painter.drawText(QPointF(x, baseline), label);
}

void TimelineView::paintMarks(QPainter &painter) const
{
    const QRectF area = plot();
    if (m_nowMicros > m_range.begin && m_nowMicros < m_range.end) {
        const double x = std::round(scale().xOf(m_nowMicros)) + 0.5;
        painter.setPen(QPen(m_theme.color(Role::Accent), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter.setFont(m_theme.font(TextSize::Tiny));
        const QString word = tr("now");
        const double room = painter.fontMetrics().horizontalAdvance(word);
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawText(QPointF(std::min(x - room / 2, width() - room - 4), 13), word);
    }
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Accent));
    painter.drawText(QRectF(0, 0, width() - 6, kNowHeight), Qt::AlignRight | Qt::AlignVCenter,
                     laterText());
    painter.setRenderHint(QPainter::Antialiasing);
    // A few are lines through the histogram; many would hide it, so they are ticks at its foot.
    constexpr std::size_t kLinesMax = 40;
    const bool isMany = m_marks.size() > kLinesMax;
    double before = -1;
    for (const std::int64_t mark : m_marks) {
        const double x = scale().xOf(mark);
        if (isMany && std::abs(x - before) < 1)
            continue;
        before = x;
        painter.setPen(QPen(m_theme.color(Role::Focus), isMany ? 1 : 1.5));
        painter.drawLine(QPointF(x, isMany ? area.bottom() - 8 : area.top()),
                         QPointF(x, area.bottom()));
        if (isMany)
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Focus));
        painter.drawPolygon(QPolygonF{{x - 4, area.bottom()}, {x + 4, area.bottom()},
                                      {x, area.bottom() - 6}});
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelineView::paintHover(QPainter &painter) const
{
    if (!m_hoverX)
        return;
    const QRectF area = plot();
    painter.fillRect(QRectF(std::round(*m_hoverX), area.top(), 1, area.height()),
                     m_theme.color(Role::Text3, 0.6));
}

void TimelineView::paintEvent(QPaintEvent *)
{
    ++m_framesPainted;
    if (m_barsAreStale || m_bars.devicePixelRatio() != devicePixelRatioF())
        renderBars();
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface1));
    painter.drawPixmap(plot().topLeft(), m_bars);
    painter.setFont(m_theme.font(TextSize::Tiny));
    painter.setPen(m_theme.color(Role::Text3));
    painter.drawText(QPointF(metric::kGap, 13),
                     m_lanes.empty()
                         ? tr("max %1 events per %2").arg(countText(m_tallest), m_bin.name)
                         : tr("each lane on its own scale, at most %1 per %2")
                               .arg(countText(m_tallest), m_bin.name));
    if (m_feature)
        paintTimelineLine(painter, plot(), scale(), *m_feature, m_theme, Role::Accent);
    if (m_line)
        paintTimelineLine(painter, plot(), scale(), *m_line, m_theme, Role::Text1);
    paintMarkLane(painter, markLane(), scale(), m_overlay, m_theme);
    paintCompared(painter);
    paintBrush(painter);
    paintAxis(painter);
    paintMarks(painter);
    paintHover(painter);
    if (hasFocus()) {
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

QString TimelineView::tipAt(const QPointF &at) const
{
    if (markLane().contains(at)) {
        const auto mark = markAt(m_overlay, scale(), at.x());
        return mark && m_markText ? m_markText(m_overlay[*mark]) : QString();
    }
    if (!m_counts)
        return {};
    const std::int64_t from = floorTo(scale().microsAt(at.x()), m_bin.micros);
    QStringList lines{tr("%1 %2, %3").arg(m_times.minute(instantFromMicros(from)),
                                          m_times.zoneName(), m_bin.name)};
    lines += laneTip(at, from);
    for (const std::optional<TimelineLine> *shown : {&m_line, &m_feature}) {
        if (!*shown)
            continue;
        const TimelineLine &line = **shown;
        if (const auto place = valueAt(line, scale().microsAt(at.x())))
            lines += tr("%1  %2 on %3")
                         .arg(line.name, QLocale().toString(line.values[*place], 'f', 2),
                              m_times.date(instantFromMicros(line.micros[*place])));
    }
    return lines.join(u'\n');
}

QStringList TimelineView::laneTip(const QPointF &at, std::int64_t from) const
{
    const CumulativeCounts *counted = m_counts.get();
    std::uint32_t types = m_types;
    QStringList lines;
    if (!m_lanes.empty() && plot().contains(at)) {
        const double high = plot().height() / static_cast<double>(m_lanes.size());
        const auto number = static_cast<std::size_t>((at.y() - plot().top()) / high);
        const TimelineLane &lane = m_lanes[std::min(number, m_lanes.size() - 1)];
        lines += lane.name;
        types &= lane.types;
        if (lane.counts)
            counted = lane.counts.get();
    }
    const CategoryCounts counts = counted->between(from, from + m_bin.micros, types);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            lines += u"%1  %2"_s.arg(countText(counts[i]),
                                     categoryName(static_cast<schema::EventCategory>(i)));
    }
    return lines;
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
    return true;
}

} // namespace chrona::ui
