// SPDX-License-Identifier: AGPL-3.0-or-later
#include "axis.h"

#include "chrona/base/time.h"
#include "chrona/schema/briefing_blocks.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace chrona::report {
namespace {

using namespace std::chrono;

constexpr std::array<const char *, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr double kMicrosPerDay = 86'400e6;

double niceStep(double rough)
{
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * 0.999)
            return factor * power;
    }
    return 10 * power;
}

double microsOf(sys_days day)
{
    return double(Instant(day).time_since_epoch().count());
}

std::vector<Tick> monthTicks(const Range &range, int months)
{
    std::vector<Tick> ticks;
    const sys_days begin = floor<days>(Instant(Duration(std::int64_t(range.low))));
    const year_month_day first(begin);
    const int start = (int(unsigned(first.month())) - 1) / months * months;
    year_month month = first.year() / std::chrono::month(unsigned(start + 1));
    for (int guard = 0; guard < 1'000; ++guard, month += std::chrono::months(months)) {
        const double at = microsOf(sys_days(month / 1));
        if (at > range.high)
            break;
        if (at < range.low)
            continue;
        const int year = int(month.year());
        const QString name = QString::fromLatin1(kMonths[unsigned(month.month()) - 1]);
        const bool startsYear = unsigned(month.month()) == 1;
        ticks.push_back({at, months >= 12 ? QString::number(year)
                             : startsYear || ticks.empty()
                                 ? QStringLiteral("%1 %2").arg(name).arg(year)
                                 : name});
    }
    return ticks;
}

} // namespace

std::vector<Tick> numberTicks(Range &range, int wanted)
{
    if (!(range.high > range.low)) {
        const double pad = range.low == 0 ? 1 : std::abs(range.low) * 0.1;
        range = {range.low - pad, range.low + pad};
    }
    const double step = niceStep((range.high - range.low) / std::max(wanted, 1));
    range = {std::floor(range.low / step + 1e-9) * step,
             std::ceil(range.high / step - 1e-9) * step};
    const int decimals = std::clamp(int(-std::floor(std::log10(step) + 1e-9)), 0, 9);
    std::vector<Tick> ticks;
    const auto count = std::lround((range.high - range.low) / step);
    for (long i = 0; i <= count && i <= 100; ++i) {
        const double at = range.low + double(i) * step;
        ticks.push_back({at, QString::fromStdString(schema::formatQuantity(
                                 {std::abs(at) < step * 1e-6 ? 0 : at, "", std::uint8_t(decimals),
                                  schema::SignRule::MinusOnly}))});
    }
    return ticks;
}

std::vector<Tick> timeTicks(const Range &range, int wanted)
{
    const double daysPerTick = (range.high - range.low) / kMicrosPerDay / std::max(wanted, 1);
    for (const int months : {1, 2, 3, 6, 12, 24, 60, 120}) {
        if (daysPerTick >= 20 && daysPerTick <= months * 30.5)
            return monthTicks(range, months);
    }
    std::vector<Tick> ticks;
    const auto step = days(std::max(1, int(std::ceil(daysPerTick))));
    for (sys_days day = ceil<days>(Instant(Duration(std::int64_t(range.low))));
         microsOf(day) <= range.high && ticks.size() < 100; day += step) {
        const year_month_day date(day);
        ticks.push_back(
            {microsOf(day), QStringLiteral("%1 %2")
                                .arg(unsigned(date.day()))
                                .arg(QString::fromLatin1(kMonths[unsigned(date.month()) - 1]))});
    }
    return ticks;
}

} // namespace chrona::report
