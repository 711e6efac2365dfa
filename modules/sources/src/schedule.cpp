// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/schedule.h"

#include <algorithm>
#include <cmath>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;
using schema::SourceState;

constexpr Duration kPauseMax = 6h;
constexpr Duration kPauseMin = 5s; // whatever an entry says, a failing source is no reason to hurry
constexpr double kPollJitter = 0.1;

Duration scaled(Duration duration, double factor)
{
    return Duration(static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor));
}

} // namespace

Instant nextAfterSuccess(const schema::Source &source, Instant now, Pace pace, double uniform)
{
    const double stretch = pace == Pace::Normal ? 1 : 2;
    return now + scaled(source.cadence, stretch * (1 - kPollJitter + 2 * kPollJitter * uniform));
}

Instant nextAfterFailure(const schema::Source &source, std::uint32_t failuresInRow, Instant now,
                         std::optional<Instant> notBefore, double uniform)
{
    const int doublings =
        static_cast<int>(std::min<std::uint32_t>(std::max(failuresInRow, 1U) - 1, 20));
    const Duration ceiling = std::max(source.cadence, kPauseMax);
    const double wanted = static_cast<double>(source.cadence.count()) * std::exp2(doublings);
    const Duration pause = wanted < static_cast<double>(ceiling.count())
                               ? Duration(static_cast<std::int64_t>(wanted))
                               : ceiling;
    const Instant next = now + std::max(kPauseMin, scaled(pause, 0.5 + 0.5 * uniform));
    return notBefore ? std::max(next, *notBefore) : next;
}

std::uint32_t requestsOf(const schema::SourceHealth &health, Instant now)
{
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const bool countedToday =
        health.lastAttemptAt && std::chrono::floor<std::chrono::days>(*health.lastAttemptAt) == day;
    return countedToday ? health.requestsToday : 0;
}

std::optional<std::uint32_t> budgetLeft(const schema::Source &source,
                                        const schema::SourceHealth &health, Instant now)
{
    if (!source.rate.requestsPerDay)
        return std::nullopt;
    const std::uint32_t most = *source.rate.requestsPerDay;
    return most - std::min(requestsOf(health, now), most);
}

SourceState stateOf(const schema::Source &source, const schema::SourceHealth &health, Instant now)
{
    if (!source.enabled)
        return SourceState::Disabled;
    if (health.state == SourceState::Running)
        return SourceState::Running;
    if (health.state == SourceState::NeedsKey || health.state == SourceState::Refused)
        return health.state;
    if (health.failuresInRow > 0)
        return SourceState::Failing;
    if (health.nextRunAt && now > *health.nextRunAt + source.cadence + 1min)
        return SourceState::Late;
    return SourceState::Idle;
}

} // namespace chrona::sources
