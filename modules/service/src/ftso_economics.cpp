// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ftso_answers.h"

#include "chrona/ethereum/bytes.h"
#include "chrona/flare/networks.h"
#include "chrona/ftso/epochs.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

using storage::Connection;
using storage::Row;

/// Fees of our own transactions, by the reward epoch of the round they belong to. Those of purposes
/// that count in reward epochs or are a person's have their round from when they were mined.
constexpr const char *kMoney =
    "WITH me AS (SELECT c.id, $2::bytea AS identity, $4::int8 AS t0, $5::int8 AS voting, $6::int8 "
    "AS first_round, $7::int8 AS epoch_rounds FROM chrona_oracle.chain AS c WHERE c.network = $1), "
    "mine AS (SELECT d.reward_epoch, d.identity, d.submit, d.submit_signatures, d.signing_policy, "
    "d.delegation FROM chrona_oracle.delegation AS d JOIN me ON me.id = d.chain_id AND d.identity "
    "= me.identity), rounds AS (SELECT r.reward_epoch, count(*) AS rounds, count(*) FILTER (WHERE "
    "r.is_rewarded) AS predicted FROM chrona_oracle.round AS r JOIN me ON me.id = r.chain_id GROUP "
    "BY 1), expected AS (SELECT w.reward_epoch, sum(w.accuracy + w.penalty) AS predicted, "
    "sum(w.signing) AS signing FROM chrona_oracle.round_reward AS w JOIN me ON me.id = w.chain_id "
    "AND w.identity = me.identity GROUP BY 1), paid AS (SELECT w.reward_epoch, sum(w.claimed) AS "
    "claimed, sum(w.open) AS open FROM chrona_oracle.reward AS w JOIN me ON me.id = w.chain_id "
    "WHERE w.beneficiary = me.identity OR w.beneficiary IN (SELECT delegation FROM mine) GROUP BY "
    "1), costs AS (SELECT ((o.mined_s - me.t0) / me.voting - me.first_round) / me.epoch_rounds AS "
    "reward_epoch, count(*) AS transactions, sum(o.fee) AS fees, percentile_disc(0.5) WITHIN GROUP "
    "(ORDER BY o.fee) AS median FROM chrona_oracle.outgoing AS o JOIN me ON me.id = o.chain_id "
    "WHERE o.fee IS NOT NULL AND o.mined_s IS NOT NULL AND (o.sender = me.identity OR o.sender IN "
    "(SELECT unnest(ARRAY[submit, submit_signatures, signing_policy, delegation]) FROM mine)) "
    "GROUP BY 1) SELECT e.reward_epoch, coalesce(r.rounds, 0)::int8, coalesce(r.predicted, "
    "0)::int8, coalesce(x.predicted, 0)::text, coalesce(trunc(x.signing), 0)::text, "
    "coalesce(p.claimed, 0)::text, coalesce(p.open, 0)::text, coalesce(c.transactions, 0)::int8, "
    "coalesce(c.fees, 0)::text, coalesce(c.median, 0)::text FROM (SELECT reward_epoch FROM mine "
    "UNION SELECT reward_epoch FROM paid UNION SELECT reward_epoch FROM costs) AS e LEFT JOIN "
    "rounds AS r USING (reward_epoch) LEFT JOIN expected AS x USING (reward_epoch) LEFT JOIN paid "
    "AS p USING (reward_epoch) LEFT JOIN costs AS c USING (reward_epoch) ORDER BY e.reward_epoch "
    "DESC LIMIT $3";

} // namespace

Result<ethereum::Address> providerAsked(const std::string &identity)
{
    if (identity.empty())
        return fail(ErrorCode::InvalidInput, "whose? An identity is needed",
                    "add --identity, or follow one with chronactl flare watch");
    return ethereum::parseAddress(identity);
}

Result<ipc::FtsoEconomicsReply> ftsoEconomics(Connection &connection,
                                              const ipc::FtsoEconomicsQuery &query)
{
    constexpr std::uint32_t kEpochsMax = 500;
    const auto setup = flare::networkSetup(query.network);
    if (!setup)
        return fail(ErrorCode::NotFound, std::format("there is no network {}", query.network));
    const auto identity = providerAsked(query.identity);
    if (!identity)
        return std::unexpected(identity.error());
    const std::span<const std::byte> bytes = std::as_bytes(std::span(*identity));
    const ftso::Network &timing = setup->timing;
    ipc::FtsoEconomicsReply reply;
    reply.network = query.network;
    reply.identity = ethereum::toChecksummed(*identity);
    reply.coin = std::string(setup->coin);
    reply.epochDays =
        static_cast<double>(timing.rewardEpochRounds * timing.votingEpochSeconds) / 86'400.0;
    const auto newest = connection.query(
        "SELECT d.vote_power::text, d.fee_bips FROM chrona_oracle.delegation AS d JOIN "
        "chrona_oracle.chain AS c ON c.id = d.chain_id WHERE c.network = $1 AND d.identity = $2 "
        "ORDER BY d.reward_epoch DESC LIMIT 1",
        {query.network, bytes});
    if (!newest)
        return std::unexpected(newest.error());
    if (!newest->isEmpty()) {
        reply.votePower = newest->first().string(0);
        reply.feeBips = newest->first().int32(1);
    }
    const auto rows = connection.query(
        kMoney,
        {query.network, bytes, std::int64_t{std::clamp<std::uint32_t>(query.limit, 1, kEpochsMax)},
         static_cast<std::int64_t>(timing.firstVotingEpochStart),
         static_cast<std::int64_t>(timing.votingEpochSeconds),
         static_cast<std::int64_t>(timing.firstRewardEpochRound),
         static_cast<std::int64_t>(timing.rewardEpochRounds)});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows)
        reply.epochs.push_back({row.int64(0), row.int64(1), row.int64(2), row.string(3),
                                row.string(4), row.string(5), row.string(6), row.int64(7),
                                row.string(8), row.string(9)});
    return reply;
}

} // namespace chrona::service
