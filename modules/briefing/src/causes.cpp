// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/causes.h"

#include "event_history.h"

#include "chrona/schema/entity.h"
#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <tuple>

namespace chrona::briefing {
namespace {

using std::chrono::hours;

constexpr std::size_t kCasesMin = 8; ///< fewer earlier cases say nothing
constexpr double kStrong = 0.45, kModerate = 0.2, kWeak = 0.05;

constexpr double factorOf(Timing timing)
{
    switch (timing) {
    case Timing::During: return 1;
    case Timing::SameDay: return 0.8;
    case Timing::Lasting: return 0.6;
    case Timing::Before: return 0.4;
    case Timing::After: break;
    }
    return 0;
}

struct MoveWindow {
    Instant begins, ends;
    Date before, day;
};

Timing timingOf(const schema::Event &event, const MoveWindow &window)
{
    const Instant at = event.times.observedAt;
    if (isDayOnly(event)) {
        const Date day = dayOf(event);
        if (day > window.day)
            return Timing::After;
        if (day == window.day)
            return Timing::SameDay;
        return day > window.before ? Timing::During : Timing::Before;
    }
    if (at > window.ends)
        return Timing::After;
    if (at > window.begins)
        return Timing::During;
    return event.endsAt && *event.endsAt >= window.begins ? Timing::Lasting : Timing::Before;
}

/// Everything that an event touches, as nodes of the graph.
std::vector<schema::EntityId> nodesOf(const schema::Event &event)
{
    std::vector<schema::EntityId> nodes{
        schema::entityIdFor(std::format("type:{}", schema::toString(event.type)))};
    if (event.region.size() >= 2)
        nodes.push_back(schema::entityIdFor(std::format("country:{}", event.region.substr(0, 2))));
    for (const schema::EventEntity &link : event.entities)
        nodes.push_back(link.entity);
    return nodes;
}

/// Median absolute move in own-volatility units, on the given days or on all before the last.
double medianSigma(const KnownColumn &column, std::span<const Date> days)
{
    std::vector<double> sizes;
    for (const Date day : days) {
        const auto at = std::ranges::lower_bound(column.days, day);
        if (at == column.days.end() || *at - day > std::chrono::days(4))
            continue;
        const double sigma = column.sigmas[std::size_t(at - column.days.begin())];
        if (std::isfinite(sigma))
            sizes.push_back(std::abs(sigma));
    }
    return sizes.size() < kCasesMin ? kNone : stats::median(sizes);
}

void judgeResponse(Cause &cause, const KnownColumn &column, const EventHistory &events,
                   const MoveWindow &window, double medianAlways)
{
    const float severityMin = cause.event->severity * 0.7F;
    const auto days = events.daysWith(cause.event->type, severityMin, window.before);
    const double medianThen = medianSigma(column, days);
    cause.medianSigmaAlways = medianAlways;
    if (!std::isfinite(medianThen) || !(medianAlways > 0)) {
        cause.response = 0.8;
        return;
    }
    cause.earlierCases = days.size();
    cause.medianSigmaThen = medianThen;
    cause.response = std::clamp(0.5 + 1.5 * (medianThen / medianAlways - 1), 0.3, 1.1);
}

Strength strengthOf(double score)
{
    if (score >= kStrong)
        return Strength::Strong;
    if (score >= kModerate)
        return Strength::Moderate;
    return score >= kWeak ? Strength::Weak : Strength::None;
}

} // namespace

std::string_view toString(Timing timing)
{
    static constexpr std::array<std::string_view, 5> kWords{
        "during the move", "same day, hour not stated", "before the move", "lasting since before",
        "after the move"};
    return kWords[std::size_t(timing)];
}

std::string_view toString(Strength strength)
{
    static constexpr std::array<std::string_view, 4> kWords{"none", "weak", "moderate", "strong"};
    return kWords[std::size_t(strength)];
}

ExposurePath strongestPath(const schema::Event &event, const ExposureGraph::Reach &reach)
{
    ExposurePath best;
    for (const schema::EntityId node : nodesOf(event)) {
        ExposurePath path = reach.from(node);
        if (path.weight > best.weight)
            best = std::move(path);
    }
    return best;
}

CauseSearch findCauses(const TargetSeries &target, const KnownColumn &column, const Move &move,
                       const EventHistory &events, const ExposureGraph &graph, Instant knownAt,
                       const BriefingPolicy &policy)
{
    CauseSearch search;
    const MoveWindow window{closeOn(target, move.before), closeOn(target, move.day), move.before,
                            move.day};
    std::vector<std::string> ends = target.nodes;
    ends.push_back("instrument:" + target.symbol);
    const auto reach = graph.reachOf(ends);
    std::vector<double> sizes;
    for (std::size_t i = 0; i + 1 < column.sigmas.size(); ++i)
        if (std::isfinite(column.sigmas[i]))
            sizes.push_back(std::abs(column.sigmas[i]));
    const double medianAlways = stats::median(sizes);
    const Instant from = window.begins - policy.causesWithin;
    for (const schema::Event *event : events.between(from, knownAt + hours(1))) {
        if (isScheduled(*event) || event->times.observedAt > knownAt)
            continue;
        ++search.eventsConsidered;
        Cause cause;
        cause.event = event;
        cause.timing = timingOf(*event, window);
        cause.path = strongestPath(*event, reach);
        cause.timingFactor = factorOf(cause.timing);
        cause.exposure = cause.path.weight;
        cause.severity = event->severity;
        cause.confidence = event->confidence;
        const double bound =
            cause.exposure * cause.severity * cause.timingFactor * cause.confidence;
        if (bound < kWeak)
            continue;
        judgeResponse(cause, column, events, window, medianAlways);
        cause.score = bound * cause.response;
        cause.strength = strengthOf(cause.score);
        if (cause.strength != Strength::None)
            search.causes.push_back(std::move(cause));
    }
    std::ranges::sort(search.causes, [](const Cause &one, const Cause &other) {
        return std::tuple(-one.score, one.event->id) < std::tuple(-other.score, other.event->id);
    });
    return search;
}

} // namespace chrona::briefing
