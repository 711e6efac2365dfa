// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/politeness.h"

#include <algorithm>
#include <cmath>

namespace chrona::net {

void TokenBucket::fill(Instant now)
{
    if (m_filledAt && now > *m_filledAt) {
        const double seconds = std::chrono::duration<double>(now - *m_filledAt).count();
        m_tokens = std::min<double>(m_rate.burst, m_tokens + seconds * m_rate.perSecond);
    }
    m_filledAt = m_filledAt ? std::max(*m_filledAt, now) : now;
}

Duration TokenBucket::waitFor(Instant now)
{
    fill(now);
    if (m_tokens >= 1)
        return Duration(0);
    return Duration(static_cast<std::int64_t>(std::ceil((1 - m_tokens) / m_rate.perSecond * 1e6)));
}

void TokenBucket::take(Instant now)
{
    fill(now);
    m_tokens -= 1;
}

Politeness::Ticket::Ticket(Politeness &politeness, std::vector<std::string> parties)
    : m_politeness(&politeness), m_parties(std::move(parties))
{
}

Politeness::Ticket::Ticket(Ticket &&other) noexcept
    : m_politeness(std::exchange(other.m_politeness, nullptr)),
      m_parties(std::move(other.m_parties))
{
}

Politeness::Ticket::~Ticket()
{
    if (m_politeness != nullptr)
        m_politeness->leave(m_parties);
}

Politeness::Party &Politeness::partyFor(const Claim &claim)
{
    return m_parties.try_emplace(claim.party, Party{TokenBucket(claim.rate)}).first->second;
}

std::optional<Duration> Politeness::reserve(std::span<const Claim> claims, Instant now,
                                            Duration waitMax)
{
    const std::lock_guard lock(m_mutex);
    Duration wait{0};
    for (const auto &claim : claims)
        wait = std::max(wait, partyFor(claim).bucket.waitFor(now));
    if (wait > waitMax)
        return std::nullopt;
    for (const auto &claim : claims)
        partyFor(claim).bucket.take(now);
    return wait;
}

std::optional<Politeness::Ticket> Politeness::enter(std::span<const Claim> claims,
                                                    std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    // All places at once or none: holding one while waiting for another could block both for ever.
    const bool free = m_left.wait(lock, stop, [&] {
        return std::ranges::all_of(claims, [this](const Claim &claim) {
            return partyFor(claim).inFlight < std::max<std::uint32_t>(1, claim.rate.concurrentMax);
        });
    });
    if (!free)
        return std::nullopt;
    std::vector<std::string> parties;
    for (const auto &claim : claims) {
        ++partyFor(claim).inFlight;
        parties.push_back(claim.party);
    }
    return Ticket(*this, std::move(parties));
}

void Politeness::leave(std::span<const std::string> parties)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &name : parties)
            if (const auto party = m_parties.find(name); party != m_parties.end())
                --party->second.inFlight;
    }
    m_left.notify_all();
}

void Politeness::close(std::string_view party, Instant until)
{
    const std::lock_guard lock(m_mutex);
    auto &known = m_closedUntil[std::string(party)];
    known = std::max(known, until);
}

std::optional<Instant> Politeness::closedUntil(std::string_view party, Instant now) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_closedUntil.find(party);
    if (found == m_closedUntil.end() || found->second <= now)
        return std::nullopt;
    return found->second;
}

} // namespace chrona::net
