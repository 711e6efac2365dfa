// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_memory.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace chrona::service {
namespace {

constexpr std::chrono::days kTraitsKept{7};
constexpr std::chrono::days kCrowdsKept{1};

bool isLearned(const oracle::KnownTraits &traits)
{
    return traits.spreadSeconds > 0 || traits.volumeSeconds > 0;
}

} // namespace

Status storeMemory(storage::Connection &connection, const OracleMemory &memory)
{
    if (!memory.traits.empty())
        if (Status done = storage::storeTraits(connection, memory.traits); !done)
            return done;
    for (const storage::StoredCrowd &crowd : memory.crowds)
        if (Status done = storage::storeCrowd(connection, crowd); !done)
            return done;
    return {};
}

Status recall(storage::Connection &connection, OraclePlan &plan, Instant now)
{
    const auto traits = storage::loadTraits(connection, now - kTraitsKept);
    if (!traits)
        return std::unexpected(traits.error());
    using Market = std::tuple<std::string_view, std::string_view, std::string_view>;
    std::map<Market, const storage::StoredTrait *> known;
    for (const storage::StoredTrait &each : *traits)
        known[{each.feed, each.venue, each.quote}] = &each;
    for (oracle::FeedSetup &feed : plan.feeds)
        for (oracle::VenueProfile &venue : feed.venues) {
            const auto found = known.find({feed.name, venue.name, feed.currencies[venue.currency]});
            if (found != known.end())
                venue.known = {found->second->halfSpreadBps, found->second->volume24h,
                               found->second->noiseFactor, found->second->spreadSeconds,
                               found->second->volumeSeconds};
        }
    if (plan.network.empty())
        return {};
    const auto crowds = storage::loadCrowds(connection, plan.network, now - kCrowdsKept);
    if (!crowds)
        return std::unexpected(crowds.error());
    for (const storage::StoredCrowd &crowd : *crowds) {
        const auto feed = std::ranges::find(plan.feeds, crowd.feed, &oracle::FeedSetup::name);
        if (feed != plan.feeds.end())
            feed->crowd = crowd.figures;
    }
    return {};
}

LearnedBook::LearnedBook(const OraclePlan &plan)
{
    for (const oracle::FeedSetup &feed : plan.feeds) {
        auto &traits = m_traits.emplace_back();
        for (const oracle::VenueProfile &venue : feed.venues)
            traits.push_back(venue.known.value_or(oracle::KnownTraits{}));
        m_crowds.push_back(feed.crowd);
    }
}

OracleMemory LearnedBook::changes(const OracleDesk &desk, Instant now)
{
    OracleMemory memory;
    const OraclePlan &plan = desk.plan();
    for (std::size_t f = 0; f < plan.feeds.size(); ++f) {
        const oracle::FeedSetup &feed = plan.feeds[f];
        for (std::size_t v = 0; v < feed.venues.size(); ++v) {
            const oracle::KnownTraits traits = desk.learned(f, v);
            if (!isLearned(traits) || traits == std::exchange(m_traits[f][v], traits))
                continue;
            memory.traits.push_back({.feed = feed.name,
                                     .venue = feed.venues[v].name,
                                     .quote = feed.currencies[feed.venues[v].currency],
                                     .learnedAt = now,
                                     .halfSpreadBps = traits.halfSpreadBps,
                                     .volume24h = traits.volume24h,
                                     .noiseFactor = traits.noiseFactor,
                                     .spreadSeconds = traits.spreadSeconds,
                                     .volumeSeconds = traits.volumeSeconds});
        }
        std::vector<double> crowd = desk.learnedCrowd(f);
        if (plan.network.empty() || crowd.empty() || crowd == m_crowds[f])
            continue;
        m_crowds[f] = crowd;
        memory.crowds.push_back({.feed = feed.name,
                                 .network = plan.network,
                                 .learnedAt = now,
                                 .figures = std::move(crowd)});
    }
    return memory;
}

} // namespace chrona::service
