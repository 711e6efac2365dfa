// SPDX-License-Identifier: AGPL-3.0-or-later
#include "round_store.h"

#include "sql_bytes.h"

#include "chrona/ftso/rewards.h"

#include <algorithm>
#include <map>

namespace chrona::flare {
namespace {

using storage::Connection;

std::int16_t sqlPart(Part part)
{
    return static_cast<std::int16_t>(part);
}

std::optional<std::int32_t> medianField(const ftso::FeedResult &feed,
                                        std::int32_t ftso::MedianResult::*field)
{
    return feed.values ? std::optional((*feed.values).*field) : std::nullopt;
}

Status writeRound(Connection &connection, ChainId chain, const RoundView &view)
{
    const auto count = [&view](auto member) {
        return static_cast<std::int32_t>(std::ranges::count(view.voters, Part::InTime, member));
    };
    const auto root = view.result.tree.root();
    std::optional<bool> finalSecure;
    std::optional<std::int64_t> finalAt;
    std::optional<std::span<const std::byte>> ours, final;
    if (root)
        ours = sqlBytes(*root);
    if (view.final) {
        final = sqlBytes(view.final->root);
        finalSecure = view.final->isSecure;
        finalAt = view.final->time;
    }
    return connection
        .exec(
            "INSERT INTO chrona_oracle.round VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            "$11, $12, $13, $14, $15, false, $16) ON CONFLICT (chain_id, round) DO UPDATE SET "
            "reward_epoch = "
            "excluded.reward_epoch, voters = excluded.voters, commits = excluded.commits, reveals "
            "= excluded.reveals, offenders = excluded.offenders, is_secure = excluded.is_secure, "
            "is_whole = excluded.is_whole, is_closed = excluded.is_closed, root = excluded.root, "
            "final_root = excluded.final_root, final_secure = excluded.final_secure, final_s = "
            "excluded.final_s, last_block = excluded.last_block, fdc_final = excluded.fdc_final",
            {chain, view.round, view.epoch.number, static_cast<std::int32_t>(view.voters.size()),
             count(&Participation::commit), count(&Participation::reveal),
             static_cast<std::int32_t>(view.result.offenders.size()), view.result.random.isSecure,
             view.isWhole, view.isClosed, ours, final, finalSecure, finalAt,
             static_cast<std::int64_t>(view.lastBlock), view.fdcFinal.has_value()})
        .transform([](std::int64_t) {});
}

Status writeFeeds(Connection &connection, ChainId chain, const RoundView &view)
{
    if (auto gone = connection.exec(
            "DELETE FROM chrona_oracle.round_feed WHERE chain_id = $1 AND round = $2",
            {chain, view.round});
        !gone)
        return std::unexpected(gone.error());
    for (std::size_t i = 0; i < view.result.feeds.size(); ++i) {
        const ftso::FeedResult &feed = view.result.feeds[i];
        std::optional<std::int64_t> low, high;
        if (feed.values) {
            const auto bands = ftso::rewardBands(*feed.values, view.epoch.secondaryBandPpm[i]);
            low = bands.pctLow;
            high = bands.pctHigh;
        }
        if (auto done = connection.exec(
                "INSERT INTO chrona_oracle.round_feed VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                "$10, $11)",
                {chain, view.round, static_cast<std::int16_t>(i), sqlBytes(view.epoch.feeds[i].id),
                 std::int16_t{view.epoch.feeds[i].decimals},
                 medianField(feed, &ftso::MedianResult::median),
                 medianField(feed, &ftso::MedianResult::quartile1),
                 medianField(feed, &ftso::MedianResult::quartile3), low, high,
                 std::int32_t{feed.turnoutBips}});
            !done)
            return std::unexpected(done.error());
    }
    return {};
}

Status writeVoter(Connection &connection, ChainId chain, const RoundView &view,
                  const Participation &part)
{
    return connection
        .exec("INSERT INTO chrona_oracle.submission VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
              "$10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
              {chain, view.round, sqlBytes(part.identity), sqlBytes(part.submit),
               sqlPart(part.commit), sqlPart(part.reveal), sqlPart(part.signature),
               part.committedAt, part.revealedAt, part.signedAt,
               static_cast<std::int32_t>(view.epoch.feeds.size()), part.given, part.inIqr,
               part.inPct, part.near,
               sqlBytes(ftso::encodeFeedValues(part.values, ftso::Trailing::Keep)), part.fdcVoted,
               part.fdcSigned, part.fastUpdates})
        .transform([](std::int64_t) {});
}

} // namespace

Status saveRound(Connection &connection, ChainId chain, const RoundView &view)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto done = writeRound(connection, chain, view); !done)
        return done;
    if (auto done = writeFeeds(connection, chain, view); !done)
        return done;
    if (auto gone = connection.exec(
            "DELETE FROM chrona_oracle.submission WHERE chain_id = $1 AND round = $2",
            {chain, view.round});
        !gone)
        return std::unexpected(gone.error());
    for (const Participation &part : view.voters)
        if (auto done = writeVoter(connection, chain, view, part); !done)
            return done;
    return transaction->commit();
}

Status saveUnknownRound(Connection &connection, ChainId chain, const NetworkSetup &setup,
                        RoundId round)
{
    return connection
        .exec("INSERT INTO chrona_oracle.round (chain_id, round, reward_epoch, voters, commits, "
              "reveals, offenders, is_secure, is_whole, is_closed, last_block) SELECT $1, $2, $3, "
              "0, 0, 0, 0, false, false, last_s >= $4, next_block - 1 FROM chrona_oracle.chain "
              "WHERE id = $1 ON CONFLICT (chain_id, round) DO UPDATE SET is_closed = "
              "excluded.is_closed, last_block = excluded.last_block",
              {chain, round, ftso::expectedRewardEpoch(setup.timing, round),
               ftso::startOf(setup.timing, round + 2)})
        .transform([](std::int64_t) {});
}

Status saveRewards(Connection &connection, ChainId chain, std::span<const Address> beneficiaries,
                   std::span<const OpenReward> open)
{
    struct Sums {
        Uint256 claimed, open;
        std::optional<std::int64_t> claimedAt;
    };
    std::map<std::tuple<std::int64_t, Address, std::uint8_t>, Sums> rewards;
    for (const Address &beneficiary : beneficiaries) {
        const auto logs = logsWith(
            connection, chain,
            {.topic = topicOf(EventKind::RewardClaimed), .word = 0, .value = keyWord(beneficiary)});
        if (!logs)
            return std::unexpected(logs.error());
        for (const StoredLog &log : *logs)
            if (const auto claim = readRewardClaimed(log.log)) {
                Sums &sums = rewards[{claim->rewardEpoch, claim->beneficiary, claim->kind}];
                sums.claimed += claim->amount;
                sums.claimedAt = log.time;
            }
    }
    for (const OpenReward &reward : open)
        rewards[{reward.rewardEpoch, reward.beneficiary, reward.kind}].open += reward.amount;
    for (const auto &[key, sums] : rewards) {
        const auto &[epoch, beneficiary, kind] = key;
        if (auto done = connection.exec(
                "INSERT INTO chrona_oracle.reward VALUES ($1, $2, $3, $4, $5::text::numeric, "
                "$6::text::numeric, $7) ON CONFLICT (chain_id, reward_epoch, beneficiary, kind) DO "
                "UPDATE SET claimed = excluded.claimed, open = excluded.open, claimed_s = "
                "excluded.claimed_s",
                {chain, epoch, sqlBytes(beneficiary), std::int16_t{kind}, sums.claimed.toString(),
                 sums.open.toString(), sums.claimedAt});
            !done)
            return std::unexpected(done.error());
    }
    return {};
}

} // namespace chrona::flare
