// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <string>
#include <vector>

/// What a provider does beside its rounds: giving values to programs of others, registration,
/// delegation, wrapping and claims. Amounts are decimal wei.
namespace chrona::ipc {

/// The value provider's HTTP interface.
struct FlareProvideStatus {
    static constexpr std::uint16_t kType = 0x0a11;
    bool enabled = false;
    std::string address; ///< empty: not listening
    std::int32_t port = 0;
    std::string problem;
    std::int64_t answered = 0, refused = 0; ///< requests since it began
    std::optional<std::int64_t> lastRound;  ///< that was asked for
    std::optional<Instant> lastAskedAt;
    std::int32_t lastFeeds = 0, lastValues = 0; ///< asked for; with a value
    static constexpr auto fields()
    {
        using T = FlareProvideStatus;
        return fieldList(field("enabled", &T::enabled), field("address", &T::address),
                         field("port", &T::port), field("problem", &T::problem),
                         field("answered", &T::answered), field("refused", &T::refused),
                         field("last_round", &T::lastRound),
                         field("last_asked_at", &T::lastAskedAt),
                         field("last_feeds", &T::lastFeeds),
                         field("last_values", &T::lastValues));
    }
    friend bool operator==(const FlareProvideStatus &, const FlareProvideStatus &) = default;
};
struct FlareProvideStatusRequest {
    static constexpr std::uint16_t kType = 0x0a10;
    using Reply = FlareProvideStatus;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const FlareProvideStatusRequest &,
                           const FlareProvideStatusRequest &) = default;
};
/// Turns it on or off, now and whenever the service starts.
struct FlareProvide {
    static constexpr std::uint16_t kType = 0x0a12;
    using Reply = FlareProvideStatus;
    bool enabled = false;
    std::optional<std::int32_t> port; ///< absent: as it is set
    static constexpr auto fields()
    {
        using T = FlareProvide;
        return fieldList(required("enabled", &T::enabled), field("port", &T::port));
    }
    friend bool operator==(const FlareProvide &, const FlareProvide &) = default;
};

struct FlareShare {
    std::string address;
    std::int32_t bips = 0;
    static constexpr auto fields()
    {
        using T = FlareShare;
        return fieldList(required("address", &T::address), required("bips", &T::bips));
    }
    friend bool operator==(const FlareShare &, const FlareShare &) = default;
};
struct FlareFact {
    std::string name, value;
    static constexpr auto fields()
    {
        return fieldList(field("name", &FlareFact::name), field("value", &FlareFact::value));
    }
    friend bool operator==(const FlareFact &, const FlareFact &) = default;
};

/// One transaction, as it would be or was sent.
struct FlareActionReply {
    static constexpr std::uint16_t kType = 0x0a14;
    std::string network;
    std::int64_t chainId = 0;
    std::string from, to, contract, function; ///< function: its signature
    std::vector<FlareFact> arguments;
    std::string value; ///< wei that it carries
    std::string data;  ///< hex
    std::int64_t nonce = 0, gas = 0;
    std::string tip, feeMax, costMax;  ///< wei: of a unit of gas, and of all of it
    std::string unsignedPayload;       ///< hex: what a signer elsewhere signs; empty: none needed
    std::string problem;               ///< what the chain says to it; empty: it would take it
    std::vector<std::string> warnings; ///< keys: of what a person should know before
    std::string hash;                  ///< of what was sent; empty: nothing was
    static constexpr auto fields()
    {
        using T = FlareActionReply;
        return fieldList(
            field("network", &T::network), field("chain_id", &T::chainId), field("from", &T::from),
            field("to", &T::to), field("contract", &T::contract), field("function", &T::function),
            field("arguments", &T::arguments), field("value", &T::value), field("data", &T::data),
            field("nonce", &T::nonce), field("gas", &T::gas), field("tip", &T::tip),
            field("fee_max", &T::feeMax), field("cost_max", &T::costMax),
            field("unsigned", &T::unsignedPayload), field("problem", &T::problem),
            field("warnings", &T::warnings), field("hash", &T::hash));
    }
    friend bool operator==(const FlareActionReply &, const FlareActionReply &) = default;
};
/// Makes one transaction of an account of the provider, looks what the chain would say to it, and
/// sends it only where that is asked for. Denied where the chain or the signer would not have it.
struct FlareAction {
    static constexpr std::uint16_t kType = 0x0a13;
    using Reply = FlareActionReply;
    std::string network; ///< empty: the one followed
    std::string action;  ///< register, preregister, delegate, undelegate, wrap, unwrap, claim
    std::string how;     ///< dry_run, send, export (as a dry run, of an account held elsewhere)
    std::string from;    ///< the account; empty: the identity, of register the signer's
    std::string identity;
    std::string amount; ///< of wrap and unwrap
    std::vector<FlareShare> delegates;
    std::string recipient; ///< of claims; empty: the account itself
    bool wrap = true;      ///< claims are paid in the wrapped coin
    std::optional<std::int64_t> rewardEpoch;
    std::string claimData; ///< of a claim: one reward epoch's data as the network publishes it
    bool mainnet = false;
    static constexpr auto fields()
    {
        using T = FlareAction;
        return fieldList(field("network", &T::network), required("action", &T::action),
                         required("how", &T::how), field("from", &T::from),
                         field("identity", &T::identity), field("amount", &T::amount),
                         field("delegates", &T::delegates), field("recipient", &T::recipient),
                         field("wrap", &T::wrap), field("reward_epoch", &T::rewardEpoch),
                         field("claim_data", &T::claimData), field("mainnet", &T::mainnet));
    }
    friend bool operator==(const FlareAction &, const FlareAction &) = default;
};

/// A transaction that was signed elsewhere. Denied unless it is of the network and calls what a
/// FlareAction may.
struct FlareSendSigned {
    static constexpr std::uint16_t kType = 0x0a15;
    using Reply = FlareActionReply;
    std::string network;
    std::string raw; ///< hex
    bool mainnet = false;
    static constexpr auto fields()
    {
        using T = FlareSendSigned;
        return fieldList(field("network", &T::network), required("raw", &T::raw),
                         field("mainnet", &T::mainnet));
    }
    friend bool operator==(const FlareSendSigned &, const FlareSendSigned &) = default;
};

} // namespace chrona::ipc
