// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/rewards.h"

#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace chrona::ftso {
namespace {

using ethereum::append;

constexpr std::uint64_t kBips = 10'000;
constexpr std::uint64_t kPpm = 1'000'000;
constexpr std::uint64_t kStakingFeeBipsMax = 2'000;
constexpr std::uint64_t kFip16StakeFactor = 5;

/// amount · numerator / denominator, rounded toward zero like the reference's big integers.
Int256 shareOf(const Int256 &amount, const Uint256 &numerator, const Uint256 &denominator)
{
    const Int256 share(multiplyDivide(amount.magnitude(), numerator, denominator));
    return amount.isNegative() ? -share : share;
}

/// Voter and delegators only: the rules before FIP.16 for accuracy rewards.
std::vector<PartialClaim> splitByDelegation(const RewardedVoter &voter, const Int256 &amount)
{
    const Int256 fee = shareOf(amount, voter.feeBips, kBips);
    const Int256 rest = amount - fee;
    std::vector<PartialClaim> claims;
    if (fee > Int256())
        claims.push_back({voter.identityAddress, fee, ClaimType::Fee, ClaimReason::Fee});
    if (rest > Int256())
        claims.push_back(
            {voter.delegationAddress, rest, ClaimType::WNat, ClaimReason::Participation});
    return claims;
}

/// One voter's part in one round's accuracy reward.
struct Rewarded {
    std::size_t voter;
    Uint256 weight;
    bool inIqr;
    bool inPct;
};

std::vector<Rewarded> voteRecords(const RoundOffer &offer, std::span<const RewardedVoter> voters,
                                  std::span<const FeedValue> values,
                                  std::span<const Uint256> weights, const RewardBands &bands)
{
    std::vector<Rewarded> records;
    for (std::size_t i = 0; i < voters.size(); ++i) {
        if (!values[i])
            continue;
        const std::int64_t value = *values[i];
        const bool onBorder = value == bands.iqrLow || value == bands.iqrHigh;
        const bool inIqr = onBorder ? borderCounts(offer.feedId, offer.votingRoundId,
                                                   voters[i].submitAddress)
                                    : value > bands.iqrLow && value < bands.iqrHigh;
        records.push_back({i, weights[i], inIqr, value > bands.pctLow && value < bands.pctHigh});
    }
    return records;
}

/// Replaces each weight by the normalised one, in which both bands count by their shares.
void normaliseWeights(std::vector<Rewarded> &records, std::uint32_t primarySharePpm)
{
    Uint256 iqrWeight;
    Uint256 pctWeight;
    for (const Rewarded &record : records) {
        if (record.inIqr)
            iqrWeight += record.weight;
        if (record.inPct)
            pctWeight += record.weight;
    }
    for (Rewarded &record : records) {
        Uint256 weight;
        if (pctWeight.isZero()) {
            weight = record.inIqr ? record.weight : Uint256();
        } else {
            if (record.inIqr)
                weight += Uint256(primarySharePpm) * pctWeight * record.weight;
            if (record.inPct)
                weight += Uint256(kPpm - primarySharePpm) * iqrWeight * record.weight;
        }
        record.weight = weight;
    }
}

AccuracyRewards claimBack(const RoundOffer &offer, ClaimReason reason)
{
    return {{{offer.claimBackAddress, Int256(offer.amount), ClaimType::Direct, reason}}, {}};
}

} // namespace

std::vector<PartialClaim> splitByStake(const RewardedVoter &voter, const Int256 &amount,
                                       SharingRules rules, const Address &claimBackAddress)
{
    Uint256 stake;
    for (const Uint256 &weight : voter.nodeWeights)
        stake += weight;
    const Uint256 factor(rules == SharingRules::Fip16 ? kFip16StakeFactor : 1);
    const Uint256 countedStake = stake * factor;
    const Uint256 total = voter.cappedDelegationWeight + countedStake;
    if (total.isZero())
        return {{claimBackAddress, amount, ClaimType::Direct, ClaimReason::NoVoterWeight}};

    const Int256 stakingAmount = shareOf(amount, countedStake, total);
    const Int256 delegationAmount = amount - stakingAmount;
    const Int256 delegationFee = shareOf(delegationAmount, voter.feeBips, kBips);
    const Int256 stakingFee =
        shareOf(stakingAmount, std::min<std::uint64_t>(voter.feeBips, kStakingFeeBipsMax), kBips);
    const Int256 fee = delegationFee + stakingFee;

    std::vector<PartialClaim> claims;
    if (fee != Int256())
        claims.push_back({voter.identityAddress, fee, ClaimType::Fee,
                          ClaimReason::FeesForDelegationAndStaking});
    claims.push_back({voter.delegationAddress, delegationAmount - delegationFee, ClaimType::WNat,
                      ClaimReason::DelegationCommunityReward});
    // By declining balance, so that the last node gets what rounding has left.
    Int256 amountLeft = stakingAmount - stakingFee;
    Uint256 stakeLeft = stake;
    for (std::size_t i = 0; i < voter.nodes.size(); ++i) {
        Int256 share;
        if (!stakeLeft.isZero())
            share = shareOf(amountLeft, voter.nodeWeights[i], stakeLeft);
        claims.push_back(
            {voter.nodes[i], share, ClaimType::Mirror, ClaimReason::NodeCommunityReward});
        amountLeft = amountLeft - share;
        stakeLeft -= voter.nodeWeights[i];
    }
    return claims;
}

OfferSplit splitOffer(const Uint256 &amount)
{
    const Uint256 tenth = amount / Uint256(10);
    return {amount - tenth - tenth, tenth, tenth};
}

RewardBands rewardBands(const MedianResult &result, std::uint32_t secondaryWidthPpm)
{
    const std::int64_t width =
        std::abs(std::int64_t(result.median)) * secondaryWidthPpm / std::int64_t(kPpm);
    return {result.quartile1, result.quartile3, result.median - width, result.median + width};
}

bool borderCounts(const FeedId &feed, std::uint32_t votingRoundId, const Address &submitAddress)
{
    // abi.encode(bytes feedId, uint256 round, address): here the id is of the dynamic type.
    Bytes bytes;
    append(bytes, Uint256(0x60).toBytes());
    append(bytes, Uint256(votingRoundId).toBytes());
    append(bytes, Uint256::fromBytes(submitAddress).toBytes());
    append(bytes, Uint256(feed.size()).toBytes());
    append(bytes, feed);
    bytes.resize(160);
    return ethereum::keccak256(bytes).back() % 2 == 1;
}

AccuracyRewards accuracyRewards(const RoundOffer &offer, std::span<const RewardedVoter> voters,
                                std::span<const FeedValue> values, std::span<const Uint256> weights,
                                const FeedResult &result, SharingRules rules)
{
    if (!result.values || result.turnoutBips < offer.turnoutBipsMin)
        return claimBack(offer, ClaimReason::LowTurnoutClaimBack);
    std::vector<Rewarded> records =
        voteRecords(offer, voters, values, weights,
                    rewardBands(*result.values, offer.secondaryBandWidthPpm));
    normaliseWeights(records, offer.primaryBandSharePpm);
    Uint256 weightLeft;
    for (const Rewarded &record : records)
        weightLeft += record.weight;
    if (weightLeft.isZero())
        return claimBack(offer, ClaimReason::NoNormalizedWeight);

    AccuracyRewards rewards;
    Uint256 amountLeft = offer.amount;
    for (const Rewarded &record : records) {
        if (record.weight.isZero())
            continue;
        const Uint256 share = multiplyDivide(amountLeft, record.weight, weightLeft);
        amountLeft -= share;
        weightLeft -= record.weight;
        const RewardedVoter &voter = voters[record.voter];
        rewards.rewardedSigningAddresses.push_back(voter.signingAddress);
        const auto claims =
            rules == SharingRules::Fip16
                ? splitByStake(voter, Int256(share), rules, offer.claimBackAddress)
                : splitByDelegation(voter, Int256(share));
        rewards.claims.insert(rewards.claims.end(), claims.begin(), claims.end());
    }
    return rewards;
}

std::vector<PartialClaim> revealPenalties(const Uint256 &offerAmount, std::uint32_t penaltyFactor,
                                          std::span<const RewardedVoter> voters,
                                          const std::vector<Address> &offenders, SharingRules rules)
{
    const auto weightOf = [rules](const RewardedVoter &voter) {
        return rules == SharingRules::Fip16 ? Uint256(voter.signingWeight)
                                            : voter.cappedDelegationWeight;
    };
    Uint256 total;
    for (const RewardedVoter &voter : voters)
        total += weightOf(voter);
    std::vector<PartialClaim> claims;
    for (const Address &offender : offenders) {
        const auto voter = std::ranges::find(voters, offender, &RewardedVoter::submitAddress);
        if (voter == voters.end() || total.isZero())
            continue;
        const Uint256 penalty = multiplyDivide(
            offerAmount, weightOf(*voter) * Uint256(penaltyFactor), total);
        const auto split = splitByStake(*voter, -Int256(penalty), rules);
        claims.insert(claims.end(), split.begin(), split.end());
    }
    return claims;
}

std::vector<RewardClaim> mergeClaims(std::span<const PartialClaim> claims,
                                     const Address &burnAddress)
{
    struct Sums {
        Uint256 earned;
        Uint256 owed;
    };
    std::map<std::pair<Address, ClaimType>, Sums> sums;
    for (const PartialClaim &claim : claims) {
        Sums &sum = sums[{claim.beneficiary, claim.type}];
        (claim.amount.isNegative() ? sum.owed : sum.earned) += claim.amount.magnitude();
    }
    Uint256 burnt;
    for (auto &[key, sum] : sums) {
        const Uint256 taken = std::min(sum.earned, sum.owed);
        sum.earned -= taken;
        burnt += taken;
    }
    if (!burnt.isZero())
        sums[{burnAddress, ClaimType::Direct}].earned += burnt;
    std::vector<RewardClaim> merged;
    for (const auto &[key, sum] : sums)
        if (!sum.earned.isZero())
            merged.push_back({key.first, sum.earned, key.second});
    return merged;
}

Bytes32 claimLeaf(std::uint32_t rewardEpochId, const RewardClaim &claim)
{
    Bytes bytes;
    append(bytes, Uint256(rewardEpochId).toBytes());
    append(bytes, claim.beneficiary);
    bytes.resize(64); // bytes20 stands on the left
    append(bytes, claim.amount.toBytes());
    append(bytes, Uint256(static_cast<std::uint64_t>(claim.type)).toBytes());
    return ethereum::keccak256(bytes);
}

ethereum::MerkleTree claimTree(std::uint32_t rewardEpochId, std::span<const RewardClaim> claims)
{
    std::vector<Bytes32> leaves;
    for (const RewardClaim &claim : claims)
        leaves.push_back(claimLeaf(rewardEpochId, claim));
    return ethereum::MerkleTree(std::move(leaves));
}

bool isWeightBased(ClaimType type)
{
    return type == ClaimType::WNat || type == ClaimType::Mirror || type == ClaimType::CChain;
}

} // namespace chrona::ftso
