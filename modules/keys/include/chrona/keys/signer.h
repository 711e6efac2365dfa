// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/keys/signing_request.h"
#include "chrona/keys/signing_rules.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace chrona::keys {

/// A key with what it may be used for.
struct SigningKey {
    std::string name;
    ethereum::PrivateKey key;
    SigningRules rules;
};

/// The root that a key signed for a round: two different ones would be double signing.
struct SignedRound {
    /// Whose key on which chain, "0x…/114": a key that is enrolled again under another name is the
    /// same one. Its name in ledgers of before.
    std::string key;
    std::uint8_t protocolId = 0;
    std::uint32_t votingRound = 0;
    ethereum::Bytes32 messageHash{};
    friend bool operator==(const SignedRound &, const SignedRound &) = default;
};

/// What the signer decides, without a process around it. One thread.
class Signer {
public:
    struct Effects {
        /// Keeps a round before its signature leaves, so that it holds after a crash. Failure
        /// refuses the signature.
        std::function<Status(const SignedRound &round)> keepRound;
        /// One line for each decision: what was asked, of which key, and the answer.
        std::function<void(const std::string &line)> audit;
    };
    Signer(std::vector<SigningKey> keys, const std::vector<SignedRound> &signedBefore,
           Effects effects);

    [[nodiscard]] SigningReply answer(const SigningRequest &request, Instant now);

private:
    struct Held {
        SigningKey key;
        ethereum::Address address;
        std::string who; ///< as in SignedRound
        SigningHistory history{};
    };
    using ByEpoch = std::map<std::pair<std::string, std::uint32_t>, ethereum::Bytes32>;
    [[nodiscard]] Result<SigningReply> decide(const SigningRequest &request, Instant now);
    [[nodiscard]] Result<SigningReply> sign(Held &held, const TransactionRequest &r, Instant now);
    [[nodiscard]] Result<SigningReply> sign(Held &held, const RoundRequest &r, Instant now);
    [[nodiscard]] Result<SigningReply> sign(Held &held, const RegistrationRequest &r, Instant now);
    [[nodiscard]] Result<SigningReply> sign(Held &held, const PolicyRequest &r, Instant now);
    [[nodiscard]] Result<SigningReply> sign(Held &held, const UptimeRequest &r, Instant now);
    [[nodiscard]] Result<SigningReply> sign(Held &held, const RewardsRequest &r, Instant now);
    [[nodiscard]] KeysReply heldKeys() const;

    std::map<std::string, Held, std::less<>> m_keys;
    std::map<std::tuple<std::string, std::uint8_t, std::uint32_t>, ethereum::Bytes32> m_rounds;
    ByEpoch m_policies, m_rewards; ///< that were signed, by whom and reward epoch
    Effects m_effects;
};

} // namespace chrona::keys
