// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <string>
#include <vector>

/// The price oracle on chain: following a network, submitting, and what was kept of it. Addresses
/// and hashes are hex with 0x, amounts decimal wei: both exceed every number type.
namespace chrona::ipc {

struct FlareEndpoint {
    std::string host; ///< without path and query, which may hold a key
    std::int64_t head = 0;
    double latencyMs = 0;
    std::int64_t failures = 0; ///< in a row
    bool disagrees = false;    ///< its chain is another than the one followed
    std::string problem;
    static constexpr auto fields()
    {
        using T = FlareEndpoint;
        return fieldList(field("host", &T::host), field("head", &T::head),
                         field("latency_ms", &T::latencyMs), field("failures", &T::failures),
                         field("disagrees", &T::disagrees), field("problem", &T::problem));
    }
    friend bool operator==(const FlareEndpoint &, const FlareEndpoint &) = default;
};

struct FlareContract {
    std::string name, address;
    bool changed = false; ///< since it was first read
    static constexpr auto fields()
    {
        using T = FlareContract;
        return fieldList(field("name", &T::name), field("address", &T::address),
                         field("changed", &T::changed));
    }
    friend bool operator==(const FlareContract &, const FlareContract &) = default;
};

struct FlareAccount {
    std::string role; ///< identity, submit, submit-signatures, signing-policy, delegation
    std::string address;
    std::string balance; ///< empty: not read
    bool isContract = false;
    std::vector<std::string> owners{}; ///< of a multi-signature account
    std::int32_t threshold = 0;        ///< how many of them must sign
    static constexpr auto fields()
    {
        using T = FlareAccount;
        return fieldList(field("role", &T::role), field("address", &T::address),
                         field("balance", &T::balance), field("is_contract", &T::isContract),
                         field("owners", &T::owners), field("threshold", &T::threshold));
    }
    friend bool operator==(const FlareAccount &, const FlareAccount &) = default;
};

struct FlareStatusReply {
    static constexpr std::uint16_t kType = 0x0a01;
    std::string network;
    std::int64_t chainId = 0;
    std::string mode; ///< off, watch, rehearse (a dry run), submit
    std::string problem;
    std::string identity;
    std::optional<bool> registeredNow, registeredNext; ///< absent: not known yet
    std::int64_t indexedBlock = 0, headBlock = 0;
    double blocksPerSecond = 0;
    std::optional<Instant> chainTime; ///< of the newest block that is indexed
    std::int64_t round = 0, rewardEpoch = 0;
    std::string duty; ///< the next one: commit, reveal, sign, finalise
    std::optional<Instant> dutyAt;
    std::vector<FlareEndpoint> endpoints;
    std::vector<FlareContract> contracts;
    std::vector<FlareAccount> accounts;
    std::string validatorProblem{}; ///< why validators, or published passes, are not seen
    static constexpr auto fields()
    {
        using T = FlareStatusReply;
        return fieldList(
            field("network", &T::network), field("chain_id", &T::chainId), field("mode", &T::mode),
            field("problem", &T::problem), field("identity", &T::identity),
            field("registered_now", &T::registeredNow),
            field("registered_next", &T::registeredNext), field("indexed", &T::indexedBlock),
            field("head", &T::headBlock), field("blocks_per_second", &T::blocksPerSecond),
            field("chain_time", &T::chainTime), field("round", &T::round),
            field("reward_epoch", &T::rewardEpoch), field("duty", &T::duty),
            field("duty_at", &T::dutyAt), field("endpoints", &T::endpoints),
            field("contracts", &T::contracts), field("accounts", &T::accounts),
            field("validator_problem", &T::validatorProblem));
    }
    friend bool operator==(const FlareStatusReply &, const FlareStatusReply &) = default;
};

struct FlareStatusRequest {
    static constexpr std::uint16_t kType = 0x0a00;
    using Reply = FlareStatusReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const FlareStatusRequest &, const FlareStatusRequest &) = default;
};

/// Follow a network from now on, and submit to it where asked. Denied for a main network without
/// `mainnet`; InvalidInput when no endpoint is set for it.
struct FlareStart {
    static constexpr std::uint16_t kType = 0x0a02;
    using Reply = Done;
    std::string network;
    std::string identity; ///< empty: nobody's
    std::string mode;     ///< watch, rehearse, submit
    bool mainnet = false;
    static constexpr auto fields()
    {
        using T = FlareStart;
        return fieldList(required("network", &T::network), field("identity", &T::identity),
                         required("mode", &T::mode), field("mainnet", &T::mainnet));
    }
    friend bool operator==(const FlareStart &, const FlareStart &) = default;
};

struct FlareStop {
    static constexpr std::uint16_t kType = 0x0a03;
    using Reply = Done;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const FlareStop &, const FlareStop &) = default;
};

} // namespace chrona::ipc
