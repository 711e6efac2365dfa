// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

/// Days of the past that were like this one, and what followed. Pure; any thread.
namespace chrona::briefing {

inline constexpr std::array<std::size_t, 5> kHorizons{1, 3, 5, 10, 15}; ///< sessions

/// One coordinate of a day: a move in own-volatility units, a count of events, a level of
/// volatility. NaN: not known on that day.
struct EpisodeAxis {
    std::span<const double> values; ///< one a day
    double weight = 1;
};

struct EpisodeQuery {
    std::span<const Date> days; ///< sessions, ascending
    std::size_t at = 0;         ///< the day that is asked about; later ones are not looked at
    std::span<const EpisodeAxis> axes;
    std::span<const double> path; ///< of the main target: log price or level, one a day
    std::size_t neighbours = 10;
    std::size_t spacing = 10; ///< sessions that keep two neighbours apart
};

struct Neighbour {
    std::size_t at = 0;
    Date day;
    double distance = 0; ///< root of the weighted mean square over what both days know
    /// Path after each horizon less the path on the day; NaN: not yet over at the query's day.
    std::array<double, kHorizons.size()> after{};
};

struct Outcome {
    std::size_t sessions = 0;
    std::size_t n = 0; ///< neighbours whose outcome is known
    double median = 0, lowerQuartile = 0, upperQuartile = 0;
    std::size_t rose = 0;
    double medianOfAllDays = 0; ///< what any day of the same past was followed by
};

struct EpisodeResult {
    std::vector<Neighbour> neighbours; ///< nearest first
    std::array<Outcome, kHorizons.size()> outcomes{};
    std::size_t candidates = 0; ///< days that could be compared
};

/// A day counts only where it shares half of the axes' weight with the query. No neighbour lies
/// within `spacing` sessions of another or of the query itself.
[[nodiscard]] EpisodeResult findEpisodes(const EpisodeQuery &query);

} // namespace chrona::briefing
