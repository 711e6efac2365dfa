// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/signing.h"
#include "chrona/ethereum/transaction.h"
#include "chrona/flare/contracts.h"
#include "chrona/flare/outgoing_store.h"
#include "chrona/ftso/rewards.h"

namespace chrona::flare {

/// What is done now and then, by an account of the provider and on a person's word.
enum class ActionKind : std::uint8_t {
    Register,    ///< as a voter of the next reward epoch
    Preregister, ///< the same early, by those who vote now
    Delegate,    ///< the delegations are these and no others
    Undelegate,
    Wrap,
    Unwrap,
    Claim,
};
[[nodiscard]] std::optional<ActionKind> actionFrom(std::string_view word); ///< "register", …
[[nodiscard]] Purpose purposeOf(ActionKind kind);
[[nodiscard]] std::string_view contractOf(ActionKind kind); ///< by its name in the registry
[[nodiscard]] std::string_view functionOf(ActionKind kind); ///< its signature

/// A claim as it is published, with its way to the reward epoch's root.
struct ProvenClaim {
    std::uint32_t rewardEpoch = 0;
    ftso::RewardClaim claim;
    std::vector<Bytes32> proof{};
};

struct ActionRequest {
    ActionKind kind = ActionKind::Delegate;
    Address from{};
    Address identity{}; ///< Register
    Uint256 amount{};   ///< Wrap, Unwrap
    struct Share {
        Address to{};
        std::uint32_t bips = 0;
    };
    std::vector<Share> delegates{};
    std::optional<Address> recipient{}; ///< of a claim; nothing: the account itself
    bool isWrapped = true;              ///< a claim is paid in the wrapped coin
    /// Register: for which; Claim: up to which. Nothing: the chain says.
    std::optional<std::uint32_t> rewardEpoch{};
    std::vector<ProvenClaim> claims{};
    /// Register: by the signing policy's key. Nothing: the call is shown with an empty one.
    std::optional<ethereum::Signature> signature{};
};

/// A transaction that is ready but for nonce, gas and fee.
struct Action {
    ActionKind kind = ActionKind::Delegate;
    Address from{};
    NamedContract contract;
    std::string function; ///< its signature
    std::vector<std::pair<std::string, std::string>> arguments{}; ///< for people
    Uint256 value{};
    Bytes data{};
    std::uint32_t rewardEpoch = 0;       ///< of Register and Claim
    std::vector<std::string> warnings{}; ///< keys
};

/// InvalidInput for what no contract would take; NotFound where the registry lacks a contract or
/// the account has nothing to claim; Denied for claims that do not lead to the root that was
/// signed. Reads the chain, changes nothing.
[[nodiscard]] Result<Action> makeAction(ChainClient &client,
                                        std::span<const NamedContract> contracts,
                                        const ActionRequest &request, std::stop_token stop = {});

/// What a finished transaction calls, where it is one of the above; Denied for any other, for one
/// that carries value to a function that takes none, and for one that creates a contract.
[[nodiscard]] Result<ActionKind> actionIn(std::span<const NamedContract> contracts,
                                          const ethereum::Transaction &transaction);

/// The owners of an account that several people hold, and how many of them must sign.
struct AccountOwners {
    bool isContract = false;
    std::vector<Address> owners{};
    std::uint32_t threshold = 0;
};
[[nodiscard]] Result<AccountOwners> readOwners(ChainClient &client, const Address &account,
                                               std::stop_token stop = {});

/// The next reward epoch's registration, as the contracts have it.
struct RegistrationState {
    std::uint32_t nextRewardEpoch = 0;
    bool isOpen = false;       ///< the vote power block is chosen, the policy is not made
    bool isRegistered = false; ///< the identity
};
[[nodiscard]] Result<RegistrationState> readRegistration(ChainClient &client,
                                                         std::span<const NamedContract> contracts,
                                                         const Address &identity,
                                                         std::stop_token stop = {});

} // namespace chrona::flare
