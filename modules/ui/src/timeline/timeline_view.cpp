// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_view.h"

#include "chrona/ui/theme.h"
#include "text/names.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr double kEdgeReach = 5;
constexpr std::int64_t kSpanMicrosMin = 1'000'000;
constexpr double kAxisHeight = 18;
constexpr double kTopStrip = 18;

} // namespace

/// Keeps the span and moves a range into another one.
MicrosRange movedInto(MicrosRange range, const MicrosRange &bounds)
{
    const std::int64_t span = std::min(range.end - range.begin, bounds.end - bounds.begin);
    const std::int64_t begin = std::clamp(range.begin, bounds.begin, bounds.end - span);
    return {begin, begin + span};
}

TimelineView::TimelineView(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&theme, &Theme::changed, this, &TimelineView::invalidate);
}

void TimelineView::setCounts(std::shared_ptr<const CumulativeCounts> counts)
{
    m_counts = std::move(counts);
    invalidate();
    describe();
}

void TimelineView::setTypes(std::uint32_t types)
{
    if (types == m_types)
        return;
    m_types = types;
    invalidate();
    describe();
}

void TimelineView::setLanes(std::vector<TimelineLane> lanes)
{
    m_lanes = std::move(lanes);
    invalidate();
}

void TimelineView::setCompared(std::optional<MicrosRange> window)
{
    if (window == m_compared)
        return;
    m_compared = window;
    describe();
    update();
}

std::size_t TimelineView::countOf(MicrosRange range) const
{
    return m_counts ? m_counts->countBetween(range.begin, range.end, m_types) : 0;
}

/// By events a day, so that windows of different lengths can be held beside each other.
QString TimelineView::comparison() const
{
    if (!m_compared)
        return {};
    const auto aDay = [this](MicrosRange range) {
        constexpr double kDayMicros = 86'400e6;
        return double(countOf(range)) * kDayMicros / double(std::max<std::int64_t>(
                                                         1, range.end - range.begin));
    };
    const double here = aDay(m_brush), there = aDay(*m_compared);
    const QLocale locale;
    const auto number = [&locale](double value) {
        return locale.toString(value, 'f', value < 10 ? 2 : 0);
    };
    if (there <= 0)
        return tr("%1 a day, none in the window compared").arg(number(here));
    return tr("%1 a day, %2 in the window compared: × %3")
        .arg(number(here), number(there), locale.toString(here / there, 'f', 2));
}

QStringList TimelineView::comparedCategories() const
{
    QStringList lines;
    if (!m_compared || !m_counts)
        return lines;
    const CategoryCounts here = m_counts->between(m_brush.begin, m_brush.end, m_types);
    const CategoryCounts there = m_counts->between(m_compared->begin, m_compared->end, m_types);
    const QLocale locale;
    const auto aDay = [&locale](std::uint32_t count, MicrosRange range) {
        constexpr double kDayMicros = 86'400e6;
        const auto span = double(std::max<std::int64_t>(1, range.end - range.begin));
        return locale.toString(count * kDayMicros / span, 'f', 2);
    };
    for (std::size_t i = 0; i < here.size(); ++i)
        if (here[i] > 0 || there[i] > 0)
            lines += tr("%1: %2 a day, %3 in the window compared")
                         .arg(categoryName(static_cast<schema::EventCategory>(i)),
                              aDay(here[i], m_brush), aDay(there[i], *m_compared));
    return lines;
}

void TimelineView::setExtent(MicrosRange extent)
{
    const bool showedAll = m_range == m_extent;
    m_extent = extent;
    setVisibleRange(showedAll ? extent : m_range);
}

void TimelineView::setVisibleRange(MicrosRange range)
{
    range.end = std::max(range.end, range.begin + kSpanMicrosMin);
    range = movedInto(range, m_extent);
    if (range == m_range)
        return;
    m_range = range;
    invalidate();
}

void TimelineView::setBrush(MicrosRange brush)
{
    if (brush == m_brush)
        return;
    m_brush = brush;
    describe();
    update();
}

void TimelineView::setNow(std::int64_t micros)
{
    m_nowMicros = micros;
    update();
}

void TimelineView::setMarks(std::vector<std::int64_t> selectedMicros)
{
    if (selectedMicros == m_marks)
        return;
    m_marks = std::move(selectedMicros);
    update();
}

void TimelineView::setTimeText(const TimeText &times)
{
    m_times = times;
    invalidate();
}

void TimelineView::setOverlay(std::vector<TimelineMark> marks, std::optional<TimelineLine> price,
                              std::optional<TimelineLine> feature)
{
    std::ranges::stable_sort(marks, {}, &TimelineMark::beginMicros);
    const bool hadLane = !m_overlay.empty();
    m_overlay = std::move(marks);
    m_line = std::move(price);
    m_feature = std::move(feature);
    if (hadLane != !m_overlay.empty())
        m_barsAreStale = true; // the histogram has another height
    describe();
    update();
}

void TimelineView::setMarkText(std::function<QString(const TimelineMark &)> text)
{
    m_markText = std::move(text);
}

void TimelineView::invalidate()
{
    m_barsAreStale = true;
    update();
}

void TimelineView::describe()
{
    QString events =
        tr("%1 events from %2 to %3 %4")
            .arg(countText(qint64(countOf(m_brush))),
                 m_times.minute(instantFromMicros(m_brush.begin)),
                 m_times.minute(instantFromMicros(m_brush.end)), m_times.zoneName());
    if (m_compared)
        events = tr("%1, %2").arg(events, comparison());
    const auto marked = std::ranges::count_if(m_overlay, [this](const TimelineMark &mark) {
        return mark.endMicros >= m_brush.begin && mark.beginMicros < m_brush.end;
    });
    setAccessibleDescription(marked == 0 ? events
                                         : tr("%1, %2 marks").arg(events, countText(marked)));
}

TimeScale TimelineView::scale() const
{
    return {m_range.begin, m_range.end, std::max(1.0, static_cast<double>(width()))};
}

QRectF TimelineView::plot() const
{
    const double lane = m_overlay.empty() ? 0 : kMarkLaneHeight;
    return {0, kTopStrip, static_cast<double>(width()), height() - kTopStrip - kAxisHeight - lane};
}

QRectF TimelineView::markLane() const
{
    if (m_overlay.empty())
        return {};
    return {0, height() - kAxisHeight - kMarkLaneHeight, static_cast<double>(width()),
            kMarkLaneHeight};
}

bool TimelineView::showsBrush() const
{
    return m_brush.begin > m_extent.begin || m_brush.end < m_extent.end;
}

TimelineView::Grip TimelineView::gripAt(double x) const
{
    if (!showsBrush())
        return Grip::New;
    const double begin = scale().xOf(m_brush.begin);
    const double end = scale().xOf(m_brush.end);
    if (std::abs(x - end) <= kEdgeReach)
        return Grip::End;
    if (std::abs(x - begin) <= kEdgeReach)
        return Grip::Begin;
    return x > begin && x < end ? Grip::Inside : Grip::New;
}

void TimelineView::moveBrush(MicrosRange brush)
{
    brush.begin = std::clamp(brush.begin, m_extent.begin, m_extent.end - 1);
    brush.end = std::clamp(brush.end, brush.begin + 1, m_extent.end);
    if (brush == m_brush)
        return;
    setBrush(brush);
    Q_EMIT brushMoved(brush);
}

void TimelineView::zoom(double factor, double aroundX)
{
    const TimeScale now = scale();
    const std::int64_t pivot = now.microsAt(aroundX);
    const double span = std::clamp(now.spanMicros() * factor, static_cast<double>(kSpanMicrosMin),
                                   static_cast<double>(m_extent.end - m_extent.begin));
    const auto begin = pivot - static_cast<std::int64_t>(span * aroundX / now.width);
    setVisibleRange({begin, begin + static_cast<std::int64_t>(span)});
}

void TimelineView::pan(double pixels)
{
    const auto shift = static_cast<std::int64_t>(scale().microsPerPixel() * pixels);
    setVisibleRange({m_range.begin + shift, m_range.end + shift});
}

void TimelineView::slide(double share)
{
    const auto shift = static_cast<std::int64_t>(
        static_cast<double>(m_brush.end - m_brush.begin) * share);
    moveBrush(movedInto({m_brush.begin + shift, m_brush.end + shift}, m_extent));
}

void TimelineView::goToMark(int step)
{
    const auto mark =
        markBeside(m_overlay, step > 0 ? m_brush.end - 1 : m_brush.begin, step);
    if (mark)
        Q_EMIT markActivated(m_overlay[*mark]);
}

void TimelineView::leaveEvent(QEvent *)
{
    m_hoverX.reset();
    update();
}

void TimelineView::resizeEvent(QResizeEvent *)
{
    invalidate();
}

} // namespace chrona::ui
