// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_action.h"

namespace chrona::flare {

/// A reward epoch's claims as the network publishes them (reward-distribution-data.json). Nothing
/// of it is believed: a claim counts only when its proof leads to the root on chain.
struct RewardData {
    std::uint32_t rewardEpoch = 0;
    std::vector<ProvenClaim> claims;
};
/// Corrupt for text that is no such document, or of more than 32 MiB.
[[nodiscard]] Result<RewardData> readRewardData(std::string_view json);

/// Of one beneficiary, those of the kinds that need a proof.
[[nodiscard]] std::vector<ProvenClaim> claimsOf(const RewardData &data, const Address &beneficiary);

} // namespace chrona::flare
