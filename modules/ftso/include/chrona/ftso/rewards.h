// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/merkle.h"
#include "chrona/ftso/median.h"
#include "chrona/ftso/payload.h"

namespace chrona::ftso {

using ethereum::Int256;
using ethereum::Uint256;

enum class ClaimType : std::uint8_t { Direct, Fee, WNat, Mirror, CChain };

/// Why a claim exists; for explanations.
enum class ClaimReason : std::uint8_t {
    Fee,
    Participation,
    FeesForDelegationAndStaking,
    DelegationCommunityReward,
    NodeCommunityReward,
    LowTurnoutClaimBack,
    NoNormalizedWeight,
    NoVoterWeight,
};

struct PartialClaim {
    Address beneficiary{};
    Int256 amount; ///< wei; negative is owed
    ClaimType type = ClaimType::Direct;
    ClaimReason reason = ClaimReason::Participation;
};

struct RewardedVoter {
    Address identityAddress{};
    Address submitAddress{};
    Address signingAddress{};
    Address delegationAddress{};
    Uint256 cappedDelegationWeight;
    std::uint16_t signingWeight = 0;
    std::uint16_t feeBips = 0;
    std::vector<Address> nodes;
    std::vector<Uint256> nodeWeights;
};

/// Which rules of sharing hold; the switch epoch is a setting of the network (FIP.16).
enum class SharingRules : std::uint8_t { DelegationOnly, Fip16 };

/// An amount earned, or owed, by one voter, shared between it, its delegators and its stakers.
[[nodiscard]] std::vector<PartialClaim> splitByStake(const RewardedVoter &voter,
                                                     const Int256 &amount, SharingRules rules,
                                                     const Address &claimBackAddress = {});

struct OfferSplit {
    Uint256 median, signing, finalization;
};
[[nodiscard]] OfferSplit splitOffer(const Uint256 &amount);

struct RoundOffer {
    std::uint32_t votingRoundId = 0;
    FeedId feedId{};
    Uint256 amount;
    std::uint32_t turnoutBipsMin = 0;
    std::uint32_t primaryBandSharePpm = 0;
    std::uint32_t secondaryBandWidthPpm = 0;
    Address claimBackAddress{};
};

struct RewardBands {
    std::int64_t iqrLow = 0, iqrHigh = 0; ///< open; a border value is drawn
    std::int64_t pctLow = 0, pctHigh = 0; ///< open
};
[[nodiscard]] RewardBands rewardBands(const MedianResult &result, std::uint32_t secondaryWidthPpm);
/// The coin for a value on the border of the primary band.
[[nodiscard]] bool borderCounts(const FeedId &feed, std::uint32_t votingRoundId,
                                const Address &submitAddress);

struct AccuracyRewards {
    std::vector<PartialClaim> claims;
    std::vector<Address> rewardedSigningAddresses;
};
/// values[i] is voters[i]'s and weighs weights[i].
[[nodiscard]] AccuracyRewards accuracyRewards(const RoundOffer &offer,
                                              std::span<const RewardedVoter> voters,
                                              std::span<const FeedValue> values,
                                              std::span<const Uint256> weights,
                                              const FeedResult &result, SharingRules rules);

/// Negative claims for those who committed and did not reveal.
[[nodiscard]] std::vector<PartialClaim> revealPenalties(const Uint256 &offerAmount,
                                                        std::uint32_t penaltyFactor,
                                                        std::span<const RewardedVoter> voters,
                                                        const std::vector<Address> &offenders,
                                                        SharingRules rules);

struct RewardClaim {
    Address beneficiary{};
    Uint256 amount;
    ClaimType type = ClaimType::Direct;
    friend bool operator==(const RewardClaim &, const RewardClaim &) = default;
};
/// Sums by beneficiary and type; what is owed is taken off, at most down to zero, and burnt.
[[nodiscard]] std::vector<RewardClaim> mergeClaims(std::span<const PartialClaim> claims,
                                                   const Address &burnAddress);
[[nodiscard]] Bytes32 claimLeaf(std::uint32_t rewardEpochId, const RewardClaim &claim);
[[nodiscard]] ethereum::MerkleTree claimTree(std::uint32_t rewardEpochId,
                                             std::span<const RewardClaim> claims);
[[nodiscard]] bool isWeightBased(ClaimType type);

} // namespace chrona::ftso
