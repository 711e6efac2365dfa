// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/abi.h"
#include "chrona/ethereum/signing.h"
#include "chrona/flare/chain_client.h"

/// What the duties of a reward epoch ask of contracts and say to them.
namespace chrona::flare {

[[nodiscard]] ethereum::AbiValue signatureValue(const ethereum::Signature &signature);
[[nodiscard]] Result<Bytes> callData(std::string_view function,
                                     std::span<const ethereum::AbiValue> values);
[[nodiscard]] Result<std::uint32_t> currentRewardEpoch(ChainClient &client, const Address &manager);
inline constexpr std::string_view kUptimeVotes = "uptimeVoteHash(uint256)",
                                  kRewardVotes = "rewardsHash(uint256)";
/// Whether enough voters have agreed on one of these of a reward epoch.
[[nodiscard]] Result<bool> isSettled(ChainClient &client, const Address &manager,
                                     std::string_view view, std::uint32_t rewardEpoch);

} // namespace chrona::flare
