// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_volumes.h"

#include <algorithm>

namespace chrona::service {

OracleVolumes::OracleVolumes(const OraclePlan &plan) : m_plan(plan)
{
    std::size_t markets = 0;
    for (const PlannedVenue &venue : plan.venues) {
        m_firstMarket.push_back(markets);
        markets += venue.markets.size();
    }
    m_traded.resize(markets * kSteps);
}

/// Empties the steps that nobody wrote since.
void OracleVolumes::goTo(std::int64_t step)
{
    if (step < m_step || step - m_step >= static_cast<std::int64_t>(kSteps)) {
        std::ranges::fill(m_traded, 0.0F); // the clock was set, or the machine slept
        m_step = step;
    }
    while (m_step < step) {
        const auto place = static_cast<std::size_t>(++m_step) % kSteps;
        for (std::size_t at = place; at < m_traded.size(); at += kSteps)
            m_traded[at] = 0;
    }
}

void OracleVolumes::secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                                std::span<const DeskAnomaly>)
{
    const std::scoped_lock lock(m_mutex);
    goTo(atMs / kStepMs);
    const auto place = static_cast<std::size_t>(m_step) % kSteps;
    for (const DeskBar &bar : bars)
        m_traded[(m_firstMarket[bar.venue] + bar.market) * kSteps + place] +=
            static_cast<float>(bar.volume);
}

std::vector<OracleVolumes::Volume> OracleVolumes::of(const std::string &feed,
                                                     std::int64_t windowMs) const
{
    const auto place = static_cast<std::size_t>(
        std::ranges::find(m_plan.feeds, feed, &oracle::FeedSetup::name) - m_plan.feeds.begin());
    const auto steps = std::clamp<std::int64_t>((windowMs + kStepMs - 1) / kStepMs, 1, kSteps);
    const std::scoped_lock lock(m_mutex);
    std::vector<Volume> volumes;
    for (const FeedRoute &route : m_plan.routes) {
        if (route.feed != place || route.kind != oracle::TickKind::Price)
            continue;
        const std::size_t first = (m_firstMarket[route.venue] + route.market) * kSteps;
        double sum = 0;
        for (std::int64_t back = 0; back < std::min(steps, m_step + 1); ++back)
            sum += static_cast<double>(
                m_traded[first + static_cast<std::size_t>(m_step - back) % kSteps]);
        const std::string &venue = m_plan.venues[route.venue].name;
        if (!volumes.empty() && volumes.back().venue == venue)
            volumes.back().volume += sum; // several markets of one venue
        else
            volumes.push_back({venue, sum});
    }
    return volumes;
}

} // namespace chrona::service
