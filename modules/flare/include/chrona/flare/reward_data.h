// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_action.h"

namespace chrona::flare {

/// A reward epoch's claims as the network publishes them (reward-distribution-data.json). Nothing
/// of it is believed: a claim counts only when its proof leads to the root on chain.
struct RewardData {
    std::uint32_t rewardEpoch = 0;
    std::vector<ProvenClaim> claims;
    // As the document states them; nothing: it does not.
    std::optional<Bytes32> merkleRoot{};
    std::optional<std::uint64_t> weightBased{}; ///< how many claims need no proof
};
/// Corrupt for text that is no such document, or of more than 32 MiB.
[[nodiscard]] Result<RewardData> readRewardData(std::string_view json);

/// The root of all claims, computed from them. Corrupt unless the document states the same root and
/// the number of weight-based claims that it has.
[[nodiscard]] Result<Bytes32> checkedRoot(const RewardData &data);

/// Of one beneficiary, those of the kinds that need a proof.
[[nodiscard]] std::vector<ProvenClaim> claimsOf(const RewardData &data, const Address &beneficiary);

} // namespace chrona::flare
