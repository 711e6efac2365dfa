// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/epoch_duties.h"
#include "duty_calls.h"
#include "sql_bytes.h"

#include "chrona/base/log.h"

#include <format>

namespace chrona::flare {
namespace {

using ethereum::AbiValue;
using storage::Connection;

/// Published data comes hours after a reward epoch's end and is megabytes long.
constexpr Seconds kRewardsAskEvery = 600;

/// What the rounds of a reward epoch earned a provider and its delegators, as far as was computed.
struct Earned {
    Uint256 amount{};
    std::int64_t rounds = 0; ///< that were computed
    Address delegation{};
};

Result<Earned> earnedIn(Connection &connection, ChainId chain, const Address &identity,
                        std::uint32_t rewardEpoch)
{
    const auto rows = connection.query(
        "SELECT greatest(coalesce(sum(r.accuracy + r.penalty), 0), 0)::text, "
        "(SELECT count(*) FROM chrona_oracle.round AS n WHERE n.chain_id = $1 AND "
        "n.reward_epoch = $3 AND n.is_rewarded), "
        "coalesce((SELECT d.delegation FROM chrona_oracle.delegation AS d WHERE d.chain_id = $1 "
        "AND d.reward_epoch = $3 AND d.identity = $2), ''::bytea) "
        "FROM chrona_oracle.round_reward AS r WHERE r.chain_id = $1 AND r.identity = $2 AND "
        "r.reward_epoch = $3",
        {chain, sqlBytes(identity), std::int64_t{rewardEpoch}});
    if (!rows)
        return std::unexpected(rows.error());
    const storage::Row row = rows->first();
    const auto amount = Uint256::parse(row.string(0));
    if (!amount)
        return std::unexpected(amount.error());
    return Earned{.amount = *amount,
                  .rounds = row.int64(1),
                  .delegation = fixedAt<std::tuple_size_v<Address>>(row, 2)};
}

Uint256 publishedFor(const RewardData &data, const Address &identity, const Address &delegation)
{
    Uint256 sum;
    for (const ProvenClaim &each : data.claims)
        if (each.claim.beneficiary == identity ||
            (each.claim.type == ftso::ClaimType::WNat && each.claim.beneficiary == delegation))
            sum += each.claim.amount;
    return sum;
}

} // namespace

Result<RewardData> EpochDuties::agreedRewards(Connection &connection, std::uint32_t rewardEpoch,
                                              std::span<const std::string> texts)
{
    std::optional<RewardData> agreed;
    std::optional<Bytes32> agreedRoot;
    for (const std::string &text : texts) {
        auto data = readRewardData(text);
        if (!data)
            return std::unexpected(data.error());
        const auto root = checkedRoot(*data);
        if (!root)
            return std::unexpected(root.error());
        if (data->rewardEpoch != rewardEpoch || (agreedRoot && *agreedRoot != *root))
            return fail(
                ErrorCode::Corrupt,
                std::format("reward data of epoch {} is not the same everywhere", rewardEpoch),
                "nothing is signed until it is");
        agreedRoot = *root;
        agreed = std::move(*data);
    }
    if (!agreed)
        return fail(ErrorCode::Unavailable, "nobody publishes reward data");
    // The one part of it that was computed here. Other protocols only add to it, unless all of it
    // was burnt for a minimal condition.
    const auto earned = earnedIn(connection, m_options.chain, m_options.identity, rewardEpoch);
    if (!earned)
        return std::unexpected(earned.error());
    const Uint256 published = publishedFor(*agreed, m_options.identity, earned->delegation);
    if (earned->rounds < m_options.setup.timing.rewardEpochRounds)
        log::info("flare",
                  "rewards of epoch {}: {} of its rounds were computed here, so this "
                  "provider's part is not compared",
                  rewardEpoch, earned->rounds);
    else if (published != Uint256() && published < earned->amount)
        return fail(ErrorCode::Denied,
                    std::format("reward data of epoch {} gives this provider and its delegators "
                                "{} wei, its rounds earned {} alone",
                                rewardEpoch, published.toString(), earned->amount.toString()),
                    "it is not signed; compare with other providers");
    return *agreed;
}

/// What enough others have signed, or what cannot be signed yet, is left alone.
Status EpochDuties::signRewards(Connection &connection, Seconds now)
{
    if (!m_options.published)
        return {};
    const auto ended = lastEnded();
    if (!ended || !*ended)
        return ended ? Status() : Status(std::unexpected(ended.error()));
    const auto &[manager, last] = **ended;
    const auto uptime = isSettled(m_client, manager, kUptimeVotes, last);
    const auto settled = isSettled(m_client, manager, kRewardVotes, last);
    if (!uptime || !settled)
        return std::unexpected(!uptime ? uptime.error() : settled.error());
    if (!*uptime || *settled)
        return {};
    const auto key = keyUnlessSaid(connection, Purpose::SignRewards, last);
    if (!key || !*key)
        return key ? Status() : Status(std::unexpected(key.error()));
    if (m_rewardsAskedAt && now - *m_rewardsAskedAt < kRewardsAskEvery)
        return {};
    const auto texts = m_options.published(last);
    if (!texts || *texts)
        m_rewardsAskedAt = now;
    if (!texts)
        return std::unexpected(texts.error());
    if (!*texts)
        return {}; // at the next look
    const auto data = agreedRewards(connection, last, **texts);
    if (!data)
        return std::unexpected(data.error());
    const std::uint64_t managerId = m_options.setup.timing.chainId;
    keys::RewardsRequest request{.key = (*key)->name,
                                 .rewardEpoch = last,
                                 .weightBased = {{managerId, *data->weightBased}},
                                 .merkleRoot = *data->merkleRoot};
    const auto signature = askFor(request);
    if (!signature)
        return std::unexpected(signature.error());
    std::vector<AbiValue> counts;
    counts.emplace_back(std::vector<AbiValue>{Uint256(managerId), Uint256(*data->weightBased)});
    const AbiValue values[] = {last, std::move(counts), *data->merkleRoot,
                               signatureValue(*signature)};
    auto call =
        callData("signRewards(uint24,(uint256,uint256)[],bytes32,(uint8,bytes32,bytes32))", values);
    if (!call)
        return std::unexpected(call.error());
    return sayChecked(connection,
                      {.sender = (*key)->address,
                       .purpose = Purpose::SignRewards,
                       .round = last,
                       .recipient = manager,
                       .data = std::move(*call)},
                      now);
}

} // namespace chrona::flare
