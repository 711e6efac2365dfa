// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/inputs.h"

#include <limits>
#include <string_view>

/// What moved and how unusual that was. Pure; any thread.
namespace chrona::briefing {

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A target's values as they were known at the decision, one a day.
struct KnownColumn {
    std::vector<Date> days;
    std::vector<double> levels;        ///< as quoted
    std::vector<double> changes;       ///< from the value before, in `unit`; the first is NaN
    std::vector<double> sigmas;        ///< changes over the deviation of those before; NaN: too few
    MoveUnit unit = MoveUnit::Percent; ///< Points where a price was not above 0

    [[nodiscard]] bool endsOn(Date day) const { return !days.empty() && days.back() == day; }
};
[[nodiscard]] KnownColumn knownColumn(const TargetSeries &target, Date until, Instant knownAt,
                                      const BriefingPolicy &policy);
/// The change from place `from` to place `to`, in the column's unit.
[[nodiscard]] double changeBetween(const KnownColumn &column, std::size_t from, std::size_t to);

enum class ExtremeKind : std::uint8_t { None, High, Low };

/// A high or low, and for how long.
struct Extreme {
    ExtremeKind kind = ExtremeKind::None;
    std::size_t sessions = 0;  ///< before the day that it exceeds
    std::optional<Date> since; ///< the day that was as far out; nullopt: none in the record
    Date recordBegin;
};

/// Why a target has no move on the day.
enum class Absence : std::uint8_t { None, NoData, MarketClosed, Missing };

struct Move {
    std::size_t target = 0;
    Absence absence = Absence::None;
    Date day, before; ///< newest value, and the one that it is measured from
    double level = kNone;
    double change = kNone; ///< in unit
    double sigma = kNone;
    double change5 = kNone, change20 = kNone;
    MoveUnit unit = MoveUnit::Percent;
    Extreme levelExtreme, changeExtreme;
    int streak = 0;               ///< sessions in a row up (positive) or down, this one included
    bool skippedSessions = false; ///< the value before is not of the session before
    /// The price jumped by a ratio of small numbers, as a split does, and nothing says that it was
    /// adjusted: told in data health, ranked nowhere.
    bool suspectedSplit = false;

    [[nodiscard]] bool counts() const { return absence == Absence::None && !suspectedSplit; }
};

[[nodiscard]] Move measureMove(const TargetSeries &target, const KnownColumn &column, Date day,
                               const BriefingPolicy &policy);

/// From the newest value at or before `from` to the column's last, in units of the volatility
/// before it, as that grows with the root of the sessions. Without two values: no data.
[[nodiscard]] Move measureStretch(const TargetSeries &target, const KnownColumn &column, Date from,
                                  const BriefingPolicy &policy);

/// The target's own close on a day: of its session, else when it is fixed.
[[nodiscard]] Instant closeOn(const TargetSeries &target, Date day);

[[nodiscard]] schema::Quantity changeQuantity(double change, MoveUnit unit,
                                              const TargetSeries &target);
[[nodiscard]] schema::Quantity levelQuantity(double level, const TargetSeries &target);
[[nodiscard]] std::string_view headingOf(TargetKind kind);

} // namespace chrona::briefing
