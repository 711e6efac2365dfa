// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ftso_answers.h"

#include "chrona/flare/feed_accuracy.h"

#include <algorithm>
#include <cmath>

namespace chrona::service {
namespace {

double shareOf(std::int64_t part, std::int64_t all)
{
    return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0.0;
}

ipc::FtsoFeedAccuracy tell(const flare::FeedAccuracy &each)
{
    const auto scaled = [unit = std::pow(10.0, -each.last.decimals)](std::int64_t value) {
        return static_cast<double>(value) * unit;
    };
    ipc::FtsoFeedAccuracy told{.feed = each.feed,
                               .rounds = each.rounds,
                               .values = each.own.values,
                               .primary = each.own.inIqr,
                               .secondary = each.own.inPct,
                               .near = each.own.near,
                               .othersPrimary = shareOf(each.others.inIqr, each.others.values),
                               .othersSecondary = shareOf(each.others.inPct, each.others.values),
                               .rank = each.rank,
                               .voters = each.voters,
                               .lastRound = each.last.round,
                               .value = {},
                               .median = scaled(each.last.median),
                               .quartile1 = scaled(each.last.quartile1),
                               .quartile3 = scaled(each.last.quartile3),
                               .low = scaled(each.last.pctLow),
                               .high = scaled(each.last.pctHigh)};
    if (each.last.value)
        told.value = scaled(*each.last.value);
    return told;
}

} // namespace

Result<ipc::FtsoAccuracyReply> ftsoAccuracy(storage::Connection &connection,
                                            const ipc::FtsoAccuracyQuery &query)
{
    constexpr std::uint32_t kRoundsMax = 960; ///< a day
    const auto identity = providerAsked(query.identity);
    if (!identity)
        return std::unexpected(identity.error());
    const auto rounds = static_cast<int>(std::clamp<std::uint32_t>(query.rounds, 1, kRoundsMax));
    const auto view = flare::accuracyOf(connection, query.network, *identity, rounds);
    if (!view)
        return std::unexpected(view.error());
    ipc::FtsoAccuracyReply reply{.identity = ethereum::toChecksummed(*identity),
                                 .firstRound = view->firstRound,
                                 .lastRound = view->lastRound,
                                 .feeds = {}};
    for (const flare::FeedAccuracy &each : view->feeds)
        reply.feeds.push_back(tell(each));
    return reply;
}

} // namespace chrona::service
