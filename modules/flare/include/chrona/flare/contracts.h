// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_client.h"

namespace chrona::flare {

struct NamedContract {
    std::string name;
    Address address{};
    friend bool operator==(const NamedContract &, const NamedContract &) = default;
};

/// All contracts that the network's registry names. Asked at every start and reward epoch:
/// addresses are replaced now and then, and a client with an old one works in vain without a sign.
[[nodiscard]] Result<std::vector<NamedContract>>
readContracts(ChainClient &client, const Address &registry, std::stop_token stop = {});
/// NotFound where the registry has no such name.
[[nodiscard]] Result<Address> contractNamed(std::span<const NamedContract> contracts,
                                            std::string_view name);
/// Those whose events say who votes, on what, and what was final.
[[nodiscard]] std::vector<Address> followedContracts(std::span<const NamedContract> contracts);

/// The first block whose time is not before `time`, by bisection.
[[nodiscard]] Result<std::uint64_t> firstBlockAt(ChainClient &client, Seconds time,
                                                 std::stop_token stop = {});

/// How much of the coin is wrapped: vote power counts up to a share of it.
[[nodiscard]] Result<Uint256> readWrappedSupply(ChainClient &client, const Address &wrappedCoin,
                                                std::stop_token stop = {});

/// What RewardManager says an account can claim.
struct OpenReward {
    std::uint32_t rewardEpoch = 0;
    Address beneficiary{};
    Uint256 amount;
    std::uint8_t kind = 0;
};
[[nodiscard]] Result<std::vector<OpenReward>> readOpenRewards(ChainClient &client,
                                                              const Address &rewardManager,
                                                              const Address &account,
                                                              std::stop_token stop = {});

} // namespace chrona::flare
