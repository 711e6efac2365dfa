// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_line.h"

/// What the connections of one venue share, and what they are together.
namespace chrona::sources {

bool VenueCommons::mayConnect(Instant now)
{
    const std::scoped_lock lock(m_mutex);
    if (m_connectFrom && now < *m_connectFrom)
        return false;
    m_connectFrom = now + m_connectEvery;
    return true;
}

void VenueCommons::rest(const Rest &rest)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_rest || m_rest->until < rest.until)
        m_rest = rest;
}

std::optional<VenueCommons::Rest> VenueCommons::restAt(Instant now) const
{
    const std::scoped_lock lock(m_mutex);
    return m_rest && now < m_rest->until ? m_rest : std::nullopt;
}

std::shared_ptr<const VenueCommons::Listed>
VenueCommons::listed(Instant now, Duration ageMax, const std::function<Listed()> &ask)
{
    const std::scoped_lock asking(m_asking);
    {
        const std::scoped_lock lock(m_mutex);
        if (m_listedAt && now - *m_listedAt < ageMax)
            return m_listed;
    }
    Listed markets = ask();
    const std::scoped_lock lock(m_mutex);
    if (markets.empty())
        return nullptr;
    m_listed = std::make_shared<const Listed>(std::move(markets));
    m_listedAt = now;
    return m_listed;
}

void VenueCommons::forgetTimes()
{
    const std::scoped_lock lock(m_mutex);
    m_connectFrom = m_listedAt = std::nullopt;
    m_rest.reset();
}

namespace {

VenueConnection asConnection(const VenueHealth &health)
{
    return {.state = health.state,
            .since = health.since,
            .heardAt = health.heardAt,
            .latencyMs = health.latencyMs,
            .rows = health.rows,
            .connects = health.connects,
            .failures = health.failures,
            .marketsAsked = health.marketsAsked,
            .marketsHeard = health.marketsHeard,
            .detail = health.detail};
}

/// Of a venue the best that one of its connections does; resting and blocked concern all.
int rankOf(VenueState state)
{
    switch (state) {
    case VenueState::Blocked: return 0;
    case VenueState::Resting: return 1;
    case VenueState::Maintenance: return 2;
    case VenueState::Streaming: return 3;
    case VenueState::Polling: return 4;
    case VenueState::Connecting: return 5;
    case VenueState::Silent: return 6;
    }
    return 7;
}

/// Days in which a part of the markets was heard count in part.
void addDays(VenueHealth &whole, const VenueHealth &part, double weight)
{
    for (const VenueDay &day : part.days) {
        auto found = std::ranges::find(whole.days, day.day, &VenueDay::day);
        if (found == whole.days.end())
            found = whole.days.insert(whole.days.end(), VenueDay{.day = day.day});
        found->watchedSeconds += weight * day.watchedSeconds;
        found->heardSeconds += weight * day.heardSeconds;
    }
}

} // namespace

VenueHealth joined(std::span<const VenueHealth> connections)
{
    VenueHealth whole = connections.empty() ? VenueHealth{} : connections.front();
    for (const VenueHealth &each : connections)
        if (rankOf(each.state) < rankOf(whole.state)) {
            whole.state = each.state;
            whole.since = each.since;
            whole.until = each.until;
            whole.detail = each.detail;
        }
    if (connections.size() < 2) {
        if (!connections.empty())
            whole.connections = {asConnection(connections.front())};
        return whole;
    }
    std::uint32_t markets = 0;
    for (const VenueHealth &each : connections)
        markets += each.marketsAsked;
    whole.days.clear();
    whole.rows = whole.rejected = whole.duplicates = whole.gaps = whole.doubtfulStamps = 0;
    whole.connects = whole.polls = whole.failures = 0;
    whole.failuresInRow = whole.marketsAsked = whole.marketsHeard = whole.marketsOff = 0;
    whole.latencyMs = 0;
    for (const VenueHealth &each : connections) {
        const double weight = markets == 0 ? 0 : static_cast<double>(each.marketsAsked) / markets;
        addDays(whole, each, weight);
        whole.rows += each.rows;
        whole.rejected += each.rejected;
        whole.duplicates += each.duplicates;
        whole.gaps += each.gaps;
        whole.doubtfulStamps += each.doubtfulStamps;
        whole.connects += each.connects;
        whole.polls += each.polls;
        whole.failures += each.failures;
        whole.failuresInRow = std::max(whole.failuresInRow, each.failuresInRow);
        whole.marketsAsked += each.marketsAsked;
        whole.marketsHeard += each.marketsHeard;
        whole.marketsOff += each.marketsOff;
        whole.latencyMs += weight * each.latencyMs;
        whole.heardAt = std::max(whole.heardAt, each.heardAt);
        if (!whole.clockOffset || (each.clockOffset && *each.clockOffset < *whole.clockOffset))
            whole.clockOffset = each.clockOffset;
        whole.connections.push_back(asConnection(each));
    }
    std::ranges::sort(whole.days, {}, &VenueDay::day);
    return whole;
}

} // namespace chrona::sources
