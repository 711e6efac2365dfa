// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_reveals.h"

#include "chrona/flare/round_bands.h"
#include "chrona/ftso/epochs.h"

#include <algorithm>

namespace chrona::service {

bool followRounds(OraclePlan &plan, std::string_view network)
{
    const auto timing = ftso::networkNamed(network);
    if (!timing)
        return false;
    plan.network = network;
    plan.epochStartMs = 1'000 * timing->firstVotingEpochStart;
    plan.epochMs = 1'000 * timing->votingEpochSeconds;
    plan.revealAfterMs = 1'000 * timing->revealSeconds;
    return true;
}

OracleReveals::OracleReveals(std::string network, const OraclePlan &plan)
    : m_network(std::move(network))
{
    for (std::uint32_t f = 0; f < plan.feeds.size(); ++f)
        m_feeds.emplace(plan.feeds[f].name, f);
}

Result<std::vector<DeskReveal>> OracleReveals::next(storage::Connection &connection,
                                                    std::int64_t nowMs)
{
    const auto bands = flare::bandsAfter(connection, m_network, m_seen, kRoundsMax);
    if (!bands)
        return std::unexpected(bands.error());
    std::vector<DeskReveal> reveals;
    for (const flare::RoundBand &band : *bands) {
        m_seen = std::max(m_seen, band.round);
        if (const auto feed = m_feeds.find(band.feed); feed != m_feeds.end())
            reveals.push_back({.epoch = band.round,
                               .knownMs = nowMs,
                               .feed = feed->second,
                               .q25 = band.quartile1,
                               .median = band.median,
                               .q75 = band.quartile3});
    }
    return reveals;
}

} // namespace chrona::service
