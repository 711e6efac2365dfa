// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_overlay.h"

#include "chrona/schema/event.h"
#include "chrona/ui/theme.h"

#include <QLocale>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kReach = 4;      ///< pixels: as near as a pointer can be held
constexpr double kStretchHeight = 3;

bool isMoment(const TimelineMark &mark)
{
    return mark.layer != TimelineLayer::Episodes && mark.beginMicros == mark.endMicros;
}

QColor colorOf(const TimelineMark &mark, const Theme &theme)
{
    switch (mark.layer) {
    case TimelineLayer::Releases:
        return theme.category(schema::categoryOf(schema::EventType::MacroRelease));
    case TimelineLayer::Briefings: return theme.color(Role::Text2);
    case TimelineLayer::Pins: return theme.color(Role::Ok);
    case TimelineLayer::Work: return theme.color(Role::Text3);
    default: return theme.color(Role::Accent, 0.8);
    }
}

/// The lowest and the highest of the values in sight.
struct Bounds {
    std::size_t first = 0, end = 0; ///< [first, end), with a neighbour on each side
    double low = 0, high = 0;
};

std::optional<Bounds> boundsIn(const TimelineLine &line, const TimeScale &scale)
{
    const auto &times = line.micros;
    auto first = std::ranges::lower_bound(times, scale.beginMicros) - times.begin();
    auto end = std::ranges::upper_bound(times, scale.endMicros) - times.begin();
    first = std::max<std::ptrdiff_t>(0, first - 1);
    end = std::min<std::ptrdiff_t>(std::ssize(times), end + 1);
    if (end - first < 2)
        return std::nullopt;
    const std::span values(line.values.data() + first, static_cast<std::size_t>(end - first));
    const auto [low, high] = std::ranges::minmax(values);
    return Bounds{static_cast<std::size_t>(first), static_cast<std::size_t>(end), low, high};
}

} // namespace

void paintMarkLane(QPainter &painter, const QRectF &lane, const TimeScale &scale,
                   std::span<const TimelineMark> marks, const Theme &theme)
{
    double before = -1; // of two moments on one pixel the first is enough
    for (const TimelineMark &mark : marks) {
        if (mark.endMicros < scale.beginMicros || mark.beginMicros > scale.endMicros)
            continue;
        const double x = std::round(scale.xOf(mark.beginMicros));
        const QColor color = colorOf(mark, theme);
        if (!isMoment(mark)) {
            const double wide = std::max(2.0, scale.xOf(mark.endMicros) - x);
            painter.fillRect(QRectF(x, lane.top() + 1, wide, kStretchHeight), color);
            continue;
        }
        if (x == before)
            continue;
        before = x;
        if (mark.layer == TimelineLayer::Pins) { // a shape beside the colour
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawPolygon(QPolygonF{{x - 3.5, lane.bottom() - 7},
                                          {x + 3.5, lane.bottom() - 7},
                                          {x, lane.bottom() - 1}});
            painter.setRenderHint(QPainter::Antialiasing, false);
            continue;
        }
        const double side = mark.layer == TimelineLayer::Briefings ? 4 : 2;
        painter.fillRect(QRectF(x - side / 2, lane.bottom() - 6, side, 5), color);
    }
}

void paintTimelineLine(QPainter &painter, const QRectF &area, const TimeScale &scale,
                       const TimelineLine &line, const Theme &theme, Role role)
{
    const auto bounds = boundsIn(line, scale);
    if (!bounds)
        return;
    const double span = std::max(bounds->high - bounds->low, 1e-12);
    const auto yOf = [&](double value) {
        return area.bottom() - 4 - (value - bounds->low) / span * (area.height() - 8);
    };
    QPolygonF points;
    double column = -1, low = 0, high = 0;
    const auto flush = [&] {
        if (column < 0)
            return;
        points.append({column, low});
        if (high != low)
            points.append({column, high});
    };
    // Several values on one pixel: the lowest and the highest of them.
    for (std::size_t i = bounds->first; i < bounds->end; ++i) {
        const double x = std::clamp(std::round(scale.xOf(line.micros[i])), 0.0, scale.width);
        const double y = yOf(line.values[i]);
        if (x != column) {
            flush();
            column = x;
            low = high = y;
        }
        low = std::min(low, y);
        high = std::max(high, y);
    }
    flush();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(role, 0.85), 1.2));
    painter.drawPolyline(points);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(theme.font(TextSize::Tiny));
    const QString text =
        u"%1  %2"_s.arg(line.name, QLocale().toString(line.values[bounds->end - 1], 'f', 2));
    const double room = painter.fontMetrics().horizontalAdvance(text) + 8;
    const double y = std::clamp(points.last().y(), area.top() + 14, area.bottom() - 4);
    const QRectF box(area.right() - room, y - 12, room, 14);
    painter.fillRect(box, theme.color(Role::Surface1, 0.8));
    painter.setPen(theme.color(role));
    painter.drawText(box, Qt::AlignCenter, text);
}

std::optional<std::size_t> valueAt(const TimelineLine &line, std::int64_t micros)
{
    const auto after = std::ranges::upper_bound(line.micros, micros);
    if (after == line.micros.begin())
        return std::nullopt;
    return static_cast<std::size_t>(after - line.micros.begin() - 1);
}

std::optional<std::size_t> markAt(std::span<const TimelineMark> marks, const TimeScale &scale,
                                  double x)
{
    std::optional<std::size_t> found;
    double nearest = kReach + 0.5;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const TimelineMark &mark = marks[i];
        const double begin = scale.xOf(mark.beginMicros), end = scale.xOf(mark.endMicros);
        if (begin - kReach > x)
            break;
        // A stretch counts as far away as one can be, so that a moment upon it is found.
        const double far = isMoment(mark)                       ? std::abs(x - begin)
                           : x >= begin - 1 && x <= end + 1 ? kReach
                                                                : kReach + 1;
        if (far < nearest) {
            nearest = far;
            found = i;
        }
    }
    return found;
}

std::optional<std::size_t> markBeside(std::span<const TimelineMark> marks, std::int64_t micros,
                                      int step)
{
    const auto begin = [](const TimelineMark &mark) { return mark.beginMicros; };
    if (step > 0) {
        const auto next = std::ranges::upper_bound(marks, micros, {}, begin);
        if (next != marks.end())
            return static_cast<std::size_t>(next - marks.begin());
    } else {
        const auto from = std::ranges::lower_bound(marks, micros, {}, begin);
        if (from != marks.begin())
            return static_cast<std::size_t>(from - marks.begin() - 1);
    }
    return std::nullopt;
}

} // namespace chrona::ui
