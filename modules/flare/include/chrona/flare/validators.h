// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/uint256.h"
#include "chrona/flare/chain_store.h"

#include <array>

/// Validators stake on a chain of their own, the P-chain, which the nodes of a network serve beside
/// the chain of contracts: the minimal condition that no contract shows.
namespace chrona::flare {

using NodeId = std::array<std::uint8_t, 20>;
[[nodiscard]] std::string nodeIdText(const NodeId &id); ///< "NodeID-…"
/// Corrupt where its sum is wrong.
[[nodiscard]] Result<NodeId> parseNodeId(std::string_view text);

/// Where a node that is asked at `rpc` ("…/ext/C/rpc") serves the P-chain; empty: no way to tell.
[[nodiscard]] std::string platformUrl(std::string_view rpc);

struct ValidatorState {
    NodeId node{};
    Uint256 selfBond{}, stake{};    ///< wei; the stake with what others delegated
    std::optional<double> uptime{}; ///< percent since it began, as the asked node saw it
    bool isConnected = false;       ///< now, to the asked node
};
/// Those of `nodes` that are validators now, each once. Believed as far as one node can be.
[[nodiscard]] Result<std::vector<ValidatorState>> readValidators(net::HttpClient &http,
                                                                 const std::string &url,
                                                                 std::span<const NodeId> nodes,
                                                                 std::stop_token stop = {});

/// Passes of a provider after a reward epoch, as the network publishes them (passes.json, or
/// minimal-conditions.json).
struct PublishedPasses {
    Address identity{};
    std::int16_t passes = 0;
    bool isPaid = false; ///< no: all its rewards are burnt
    friend bool operator==(const PublishedPasses &, const PublishedPasses &) = default;
};
/// Corrupt for text that is no such document, of another reward epoch, or of more than 8 MiB.
[[nodiscard]] Result<std::vector<PublishedPasses>> readPublishedPasses(std::string_view json,
                                                                       std::int64_t rewardEpoch);

/// A provider's validators in the reward epoch that began last.
struct RegisteredValidators {
    std::int64_t rewardEpoch = 0;
    std::vector<NodeId> nodes{};
};
/// Nothing: no reward epoch is indexed.
[[nodiscard]] Result<std::optional<RegisteredValidators>>
registeredValidators(storage::Connection &connection, ChainId chain, const Address &identity);
/// Counts a look at all of them; who is not among `seen` was not there.
[[nodiscard]] Status noteValidators(storage::Connection &connection, ChainId chain,
                                    const Address &identity, const RegisteredValidators &registered,
                                    std::span<const ValidatorState> seen);

/// The last few reward epochs that have ended and whose passes are not kept, the newest first.
[[nodiscard]] Result<std::vector<std::int64_t>> epochsWithoutPasses(storage::Connection &connection,
                                                                    ChainId chain);
[[nodiscard]] Status savePublishedPasses(storage::Connection &connection, ChainId chain,
                                         std::int64_t rewardEpoch,
                                         std::span<const PublishedPasses> passes);

} // namespace chrona::flare
