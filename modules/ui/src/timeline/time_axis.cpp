// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/time_axis.h"

#include "chrona/schema/calendar.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

enum class Unit : std::uint8_t { Second, Minute, Hour, Day, Month, Year };

struct Step {
    Unit unit;
    int count;
    Duration about;
};

constexpr std::array kSteps = {
    Step{Unit::Second, 1, 1s},        Step{Unit::Second, 5, 5s},
    Step{Unit::Second, 15, 15s},      Step{Unit::Minute, 1, 1min},
    Step{Unit::Minute, 5, 5min},      Step{Unit::Minute, 15, 15min},
    Step{Unit::Hour, 1, 1h},          Step{Unit::Hour, 3, 3h},
    Step{Unit::Hour, 6, 6h},          Step{Unit::Hour, 12, 12h},
    Step{Unit::Day, 1, 24h},          Step{Unit::Day, 2, 48h},
    Step{Unit::Day, 7, 168h},         Step{Unit::Month, 1, 730h},
    Step{Unit::Month, 3, 2190h},      Step{Unit::Month, 6, 4380h},
    Step{Unit::Year, 1, 8766h},       Step{Unit::Year, 2, 17'532h},
    Step{Unit::Year, 5, 43'830h},     Step{Unit::Year, 10, 87'660h},
    Step{Unit::Year, 50, 438'300h},
};

const Step &stepFor(const TimeScale &scale, double spacing)
{
    const double wanted = scale.microsPerPixel() * spacing;
    for (const Step &step : kSteps) {
        if (static_cast<double>(step.about.count()) >= wanted)
            return step;
    }
    return kSteps.back();
}

/// The last whole step at or before a time.
QDateTime floorTo(const QDateTime &time, const Step &step)
{
    const QDate date = time.date();
    const auto dayStart = [&time](QDate day) { return day.startOfDay(time.timeZone()); };
    switch (step.unit) {
    case Unit::Year: return dayStart(QDate(date.year() / step.count * step.count, 1, 1));
    case Unit::Month: {
        const int month = (date.month() - 1) / step.count * step.count + 1;
        return dayStart(QDate(date.year(), month, 1));
    }
    case Unit::Day: return dayStart(date.addDays(-(date.toJulianDay() % step.count)));
    case Unit::Hour:
    case Unit::Minute:
    case Unit::Second: break;
    }
    const qint64 stepMs = step.about / 1ms;
    const QDateTime midnight = dayStart(date);
    return midnight.addMSecs(midnight.msecsTo(time) / stepMs * stepMs);
}

QDateTime next(const QDateTime &time, const Step &step)
{
    switch (step.unit) {
    case Unit::Year: return time.addYears(step.count);
    case Unit::Month: return time.addMonths(step.count);
    case Unit::Day: return time.addDays(step.count);
    default: return time.addMSecs(step.about / 1ms);
    }
}

bool beginsLargerUnit(const QDateTime &time, Unit unit)
{
    switch (unit) {
    case Unit::Year: return false;
    case Unit::Month: return time.date().month() == 1;
    case Unit::Day: return time.date().day() <= 7 && time.date().month() == 1;
    default: return time.time() == QTime(0, 0);
    }
}

QString labelOf(const QDateTime &time, Unit unit, bool isMajor)
{
    const QLocale locale;
    switch (unit) {
    case Unit::Year: return time.toString(u"yyyy"_s);
    case Unit::Month:
        return isMajor ? time.toString(u"yyyy"_s) : locale.toString(time, u"MMM"_s);
    case Unit::Day:
        return locale.toString(time, isMajor ? u"d MMM yyyy"_s : u"d MMM"_s);
    case Unit::Second:
        return isMajor ? locale.toString(time, u"d MMM"_s) : time.toString(u"HH:mm:ss"_s);
    default: return isMajor ? locale.toString(time, u"d MMM"_s) : time.toString(u"HH:mm"_s);
    }
}

} // namespace

std::vector<AxisTick> axisTicks(const TimeScale &scale, const TimeText &times, double spacing)
{
    std::vector<AxisTick> ticks;
    if (scale.width < 1 || scale.endMicros <= scale.beginMicros)
        return ticks;
    const Step &step = stepFor(scale, spacing);
    QDateTime at = floorTo(times.dateTime(instantFromMicros(scale.beginMicros)), step);
    while (ticks.size() < 200) {
        const std::int64_t micros = at.toMSecsSinceEpoch() * 1000;
        if (micros >= scale.endMicros)
            break;
        if (micros >= scale.beginMicros) {
            const bool isMajor = beginsLargerUnit(at, step.unit);
            ticks.push_back({micros, labelOf(at, step.unit, isMajor), isMajor});
        }
        at = next(at, step);
    }
    return ticks;
}

BinWidth binWidthFor(const TimeScale &scale, double pixels)
{
    static constexpr std::array<Duration, 22> kWidths = {
        1ms,  10ms, 100ms, 1s,  5s,  15s, 1min, 5min, 15min, 30min,    1h,
        2h,   3h,   6h,    12h, 24h, 48h, 168h, 336h, 672h,  24h * 91, 24h * 365};
    const double wanted = scale.microsPerPixel() * pixels;
    for (const Duration width : kWidths) {
        if (static_cast<double>(width.count()) >= wanted)
            return {width.count(), width < 1s ? u"%1 ms"_s.arg(width / 1ms) : spanText(width)};
    }
    return {kWidths.back().count(), spanText(kWidths.back())};
}

namespace {

/// As many days around a moment as hold a session on both sides, holidays and all.
std::vector<std::int64_t> sessionEdgesAround(std::int64_t micros)
{
    constexpr auto kDays = std::chrono::days(8);
    const auto day = std::chrono::floor<std::chrono::days>(instantFromMicros(micros));
    std::vector<std::int64_t> edges;
    for (const schema::Session &session : schema::sessionsBetween(
             schema::Calendar::NewYork, Date(day - kDays), Date(day + kDays)))
        for (const Instant edge : {session.opensAt, session.closesAt})
            edges.push_back(edge.time_since_epoch().count());
    return edges;
}

} // namespace

std::int64_t sessionEdgeBeside(std::int64_t micros, int step)
{
    const std::vector<std::int64_t> edges = sessionEdgesAround(micros);
    if (step > 0) {
        const auto next = std::ranges::upper_bound(edges, micros);
        return next == edges.end() ? micros : *next;
    }
    const auto at = std::ranges::lower_bound(edges, micros);
    return at == edges.begin() ? micros : *std::prev(at);
}

std::int64_t nearestSessionEdge(std::int64_t micros)
{
    std::int64_t nearest = micros, far = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t at : sessionEdgesAround(micros))
        if (std::abs(at - micros) < far) {
            far = std::abs(at - micros);
            nearest = at;
        }
    return nearest;
}

} // namespace chrona::ui
