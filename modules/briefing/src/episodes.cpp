// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/episodes.h"

#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::briefing {
namespace {

constexpr double kSharedMin = 0.5;

/// Squared distances of every day before the query, axis by axis so that each column is read once.
std::vector<Neighbour> distancesOf(const EpisodeQuery &query)
{
    std::vector<double> sum(query.at, 0), shared(query.at, 0);
    double total = 0;
    for (const EpisodeAxis &axis : query.axes) {
        if (axis.values.size() <= query.at || !std::isfinite(axis.values[query.at]))
            continue;
        const double here = axis.values[query.at];
        total += axis.weight;
        for (std::size_t day = 0; day < query.at; ++day) {
            const double gap = axis.values[day] - here;
            if (!std::isfinite(gap))
                continue;
            sum[day] += axis.weight * gap * gap;
            shared[day] += axis.weight;
        }
    }
    std::vector<Neighbour> days;
    for (std::size_t day = 0; day < query.at; ++day) {
        if (total > 0 && shared[day] >= kSharedMin * total)
            days.push_back({day, query.days[day], std::sqrt(sum[day] / shared[day]), {}});
    }
    return days;
}

double afterOf(const EpisodeQuery &query, std::size_t day, std::size_t sessions)
{
    const std::size_t then = day + sessions;
    return then <= query.at ? query.path[then] - query.path[day] : kNone;
}

Outcome outcomeOf(const EpisodeQuery &query, const EpisodeResult &result, std::size_t which)
{
    Outcome outcome;
    outcome.sessions = kHorizons[which];
    std::vector<double> after, afterAny;
    for (const Neighbour &neighbour : result.neighbours) {
        if (std::isfinite(neighbour.after[which]))
            after.push_back(neighbour.after[which]);
    }
    for (std::size_t day = 0; day + outcome.sessions <= query.at; ++day)
        afterAny.push_back(afterOf(query, day, outcome.sessions));
    outcome.n = after.size();
    outcome.median = stats::median(after);
    outcome.lowerQuartile = stats::quantile(after, 0.25);
    outcome.upperQuartile = stats::quantile(after, 0.75);
    outcome.rose = std::size_t(std::ranges::count_if(after, [](double x) { return x > 0; }));
    outcome.medianOfAllDays = stats::median(afterAny);
    return outcome;
}

} // namespace

EpisodeResult findEpisodes(const EpisodeQuery &query)
{
    EpisodeResult result;
    if (query.at >= query.days.size() || query.path.size() <= query.at)
        return result;
    std::vector<Neighbour> days = distancesOf(query);
    result.candidates = days.size();
    // Equal distances go by date, so that the order never depends on the sort.
    std::ranges::sort(days, {}, [](const Neighbour &n) { return std::pair(n.distance, n.at); });
    for (const Neighbour &day : days) {
        if (result.neighbours.size() == query.neighbours)
            break;
        const auto isNear = [&](std::size_t other) {
            return std::max(other, day.at) - std::min(other, day.at) < query.spacing;
        };
        if (isNear(query.at) || std::ranges::any_of(result.neighbours, isNear, &Neighbour::at))
            continue;
        result.neighbours.push_back(day);
        for (std::size_t which = 0; which < kHorizons.size(); ++which)
            result.neighbours.back().after[which] = afterOf(query, day.at, kHorizons[which]);
    }
    for (std::size_t which = 0; which < kHorizons.size(); ++which)
        result.outcomes[which] = outcomeOf(query, result, which);
    return result;
}

} // namespace chrona::briefing
