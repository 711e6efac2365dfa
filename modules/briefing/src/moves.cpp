// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/moves.h"

#include "chrona/stats/rolling.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chrona::briefing {
namespace {

using std::chrono::days;

double changeIn(double before, double now, MoveUnit unit)
{
    switch (unit) {
    case MoveUnit::Percent: return before > 0 && now > 0 ? (now / before - 1) * 100 : kNone;
    case MoveUnit::BasisPoints: return (now - before) * 100;
    case MoveUnit::Points: break;
    }
    return now - before;
}

/// For each day the newest vintage that was known.
struct KnownPlaces {
    std::vector<std::size_t> rows;
};

KnownPlaces placesKnown(const TargetSeries &target, Date until, Instant knownAt)
{
    KnownPlaces places;
    const std::size_t count =
        std::min({target.days.size(), target.values.size(), target.knownAt.size()});
    for (std::size_t row = 0; row < count && target.days[row] <= until; ++row) {
        if (target.knownAt[row] > knownAt || !std::isfinite(target.values[row]))
            continue;
        if (!places.rows.empty() && target.days[places.rows.back()] == target.days[row])
            places.rows.back() = row;
        else
            places.rows.push_back(row);
    }
    return places;
}

Extreme extremeOf(const std::vector<double> &values, const std::vector<Date> &dates)
{
    const std::size_t last = values.size() - 1;
    if (!std::isfinite(values[last]))
        return {};
    const auto reaches = [&](auto exceeded) {
        std::size_t sessions = 0;
        for (std::size_t i = last; i-- > 0; ++sessions) {
            if (std::isfinite(values[i]) && exceeded(values[i]))
                return std::pair{sessions, std::optional<Date>(dates[i])};
        }
        return std::pair{sessions, std::optional<Date>()};
    };
    const double now = values[last];
    const auto high = reaches([now](double earlier) { return earlier >= now; });
    const auto low = reaches([now](double earlier) { return earlier <= now; });
    const auto &further = high.first >= low.first ? high : low;
    return {high.first >= low.first ? ExtremeKind::High : ExtremeKind::Low, further.first,
            further.second, dates.front()};
}

int streakOf(const std::vector<double> &changes)
{
    int streak = 0;
    for (std::size_t i = changes.size(); i-- > 0;) {
        const double change = changes[i];
        if (!std::isfinite(change) || change == 0 || (streak != 0 && (change > 0) != (streak > 0)))
            break;
        streak += change > 0 ? 1 : -1;
    }
    return streak;
}

bool looksLikeSplit(const TargetSeries &target, double before, double now)
{
    // Only shares and funds are split. A third of the price in a day is a move that no fund of
    // ours has made.
    const bool canSplit = target.kind == TargetKind::Sector || target.kind == TargetKind::Own ||
                          target.kind == TargetKind::Broad;
    if (!canSplit || !target.adjusted.empty() || !(before > 0) || !(now > 0))
        return false;
    static constexpr std::array kRatios{1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 10.0, 15.0, 20.0};
    const double ratio = std::max(now / before, before / now);
    return std::ranges::any_of(
        kRatios, [ratio](double split) { return std::abs(ratio / split - 1) < 0.04; });
}

/// Only from what was known: that a value came later would be knowledge of later.
Absence whyAbsent(const TargetSeries &target, const KnownColumn &column, Date day)
{
    if (column.endsOn(day))
        return Absence::None;
    if (column.days.empty())
        return Absence::NoData;
    if (target.calendar && !schema::sessionOn(*target.calendar, day))
        return Absence::MarketClosed;
    const std::chrono::weekday weekday(day);
    if (!target.calendar && (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday))
        return Absence::MarketClosed;
    return Absence::Missing;
}

} // namespace

KnownColumn knownColumn(const TargetSeries &target, Date until, Instant knownAt,
                        const BriefingPolicy &policy)
{
    const KnownPlaces places = placesKnown(target, until, knownAt);
    KnownColumn column;
    column.unit = target.unit;
    const bool adjusted = target.adjusted.size() == target.values.size();
    std::vector<double> basis;
    for (const std::size_t row : places.rows) {
        column.days.push_back(target.days[row]);
        column.levels.push_back(target.values[row]);
        const double value = adjusted ? target.adjusted[row] : target.values[row];
        basis.push_back(std::isfinite(value) ? value : target.values[row]);
    }
    // Oil has been sold for less than nothing: a per cent of that says nothing.
    const std::size_t count = basis.size();
    if (count >= 2 && target.unit == MoveUnit::Percent &&
        !(basis[count - 1] > 0 && basis[count - 2] > 0))
        column.unit = MoveUnit::Points;
    column.changes.assign(count, kNone);
    for (std::size_t i = 1; i < count; ++i)
        column.changes[i] = changeIn(basis[i - 1], basis[i], column.unit);
    column.sigmas = stats::inPastDeviations(
        column.changes, {policy.volatilitySessions, policy.volatilitySessionsMin});
    return column;
}

double changeBetween(const KnownColumn &column, std::size_t from, std::size_t to)
{
    if (from >= to || to >= column.days.size())
        return kNone;
    if (column.unit != MoveUnit::Percent)
        return changeIn(column.levels[from], column.levels[to], column.unit);
    // Chained, so that a split between the two does not count.
    double product = 1;
    for (std::size_t i = from + 1; i <= to; ++i)
        product *= 1 + column.changes[i] / 100;
    return (product - 1) * 100;
}

Move measureMove(const TargetSeries &target, const KnownColumn &column, Date day,
                 const BriefingPolicy &policy)
{
    Move move;
    move.unit = column.unit;
    move.absence = whyAbsent(target, column, day);
    const std::size_t count = column.days.size();
    if (count == 0)
        return move;
    move.day = column.days.back();
    move.level = column.levels.back();
    if (count < 2) {
        move.absence = move.absence == Absence::None ? Absence::NoData : move.absence;
        move.before = move.day;
        return move;
    }
    const std::size_t last = count - 1;
    move.before = column.days[last - 1];
    move.change = column.changes[last];
    move.sigma = column.sigmas[last];
    if (last >= 5)
        move.change5 = changeBetween(column, last - 5, last);
    if (last >= 20)
        move.change20 = changeBetween(column, last - 20, last);
    move.levelExtreme = extremeOf(column.levels, column.days);
    move.changeExtreme = extremeOf(column.changes, column.days);
    for (Extreme *extreme : {&move.levelExtreme, &move.changeExtreme})
        if (extreme->sessions < policy.recordSessionsMin)
            extreme->kind = ExtremeKind::None;
    move.streak = streakOf(column.changes);
    move.skippedSessions =
        target.calendar
            ? schema::sessionCount(*target.calendar, move.before + days(1), move.day) > 0 ||
                  move.day - move.before > days(4)
            : move.day - move.before > days(3);
    move.suspectedSplit = looksLikeSplit(target, column.levels[last - 1], column.levels[last]);
    return move;
}

Move measureStretch(const TargetSeries &target, const KnownColumn &column, Date from,
                    const BriefingPolicy &policy)
{
    Move move;
    if (column.days.empty())
        return measureMove(target, column, from, policy);
    move = measureMove(target, column, column.days.back(), policy);
    const auto after = std::ranges::upper_bound(column.days, from);
    const std::size_t last = column.days.size() - 1;
    if (after == column.days.begin() || after == column.days.end()) {
        move.absence = Absence::NoData;
        return move;
    }
    const auto first = std::size_t(after - column.days.begin()) - 1;
    move.before = column.days[first];
    move.change = changeBetween(column, first, last);
    move.sigma = kNone;
    // The deviation stands in each day's own units; the first that has any gives it back.
    for (std::size_t i = first + 1; i <= last && !std::isfinite(move.sigma); ++i)
        if (std::isfinite(column.sigmas[i]) && column.sigmas[i] != 0)
            move.sigma = move.change / (column.changes[i] / column.sigmas[i]) /
                         std::sqrt(double(last - first));
    move.streak = 0;
    move.levelExtreme = move.changeExtreme = {};
    move.skippedSessions = true; // says from which value it is measured
    for (std::size_t i = first + 1; i <= last; ++i)
        move.suspectedSplit |= looksLikeSplit(target, column.levels[i - 1], column.levels[i]);
    return move;
}

Instant closeOn(const TargetSeries &target, Date day)
{
    if (!target.calendar)
        return Instant(day) + target.fixedAfter;
    const auto session = schema::sessionOn(*target.calendar, day);
    return session ? session->closesAt : schema::ordinarySessionOn(*target.calendar, day).closesAt;
}

schema::Quantity changeQuantity(double change, MoveUnit unit, const TargetSeries &target)
{
    switch (unit) {
    case MoveUnit::Percent: return {change, "%", 2, schema::SignRule::Always};
    case MoveUnit::BasisPoints: return {change, "bp", 0, schema::SignRule::Always};
    case MoveUnit::Points: break;
    }
    const std::string unitName = target.levelUnit.empty() ? "pts" : target.levelUnit;
    return {change, unitName, target.decimals, schema::SignRule::Always};
}

schema::Quantity levelQuantity(double level, const TargetSeries &target)
{
    return {level, target.levelUnit, target.decimals, schema::SignRule::MinusOnly};
}

std::string_view headingOf(TargetKind kind)
{
    switch (kind) {
    case TargetKind::Broad: return "Broad market";
    case TargetKind::Sector: return "Sectors";
    case TargetKind::Rates: return "Rates";
    case TargetKind::Volatility: return "Volatility";
    case TargetKind::Commodity: return "Commodities";
    case TargetKind::Dollar: return "Dollar";
    case TargetKind::Own: break;
    }
    return "Own list";
}

} // namespace chrona::briefing
