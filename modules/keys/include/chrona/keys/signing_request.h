// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/transaction.h"
#include "chrona/ftso/signing_policy.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/// What chronad may ask of chrona-signer, and what comes back. The signer computes every digest
/// itself from the fields: a bare hash is never signed.
namespace chrona::keys {

/// A transaction; looked into before it is signed.
struct TransactionRequest {
    std::string key;
    ethereum::Bytes unsignedPayload; ///< ethereum::signingPayload()
    friend bool operator==(const TransactionRequest &, const TransactionRequest &) = default;
};

/// The result of a voting round.
struct RoundRequest {
    std::string key;
    ftso::ProtocolMessage result;
    friend bool operator==(const RoundRequest &, const RoundRequest &) = default;
};

/// Registration as a voter of the next reward epoch (newer registry).
struct RegistrationRequest {
    std::string key;
    std::uint32_t rewardEpoch = 0;
    ethereum::Address identity{};
    friend bool operator==(const RegistrationRequest &, const RegistrationRequest &) = default;
};

/// The signing policy that was read from the chain.
struct PolicyRequest {
    std::string key;
    std::uint32_t rewardEpoch = 0;
    ethereum::Bytes32 policyHash{};
    friend bool operator==(const PolicyRequest &, const PolicyRequest &) = default;
};

/// The vote on uptime, with the empty list that clients send.
struct UptimeRequest {
    std::string key;
    std::uint32_t rewardEpoch = 0;
    friend bool operator==(const UptimeRequest &, const UptimeRequest &) = default;
};

/// The root of a reward epoch's claims.
struct RewardsRequest {
    std::string key;
    std::uint32_t rewardEpoch = 0;
    std::vector<ftso::WeightBasedClaims> weightBased;
    ethereum::Bytes32 merkleRoot{};
};

/// Which keys are held, by name and address.
struct KeysRequest {
    friend bool operator==(const KeysRequest &, const KeysRequest &) = default;
};

using SigningRequest = std::variant<TransactionRequest, RoundRequest, RegistrationRequest,
                                    PolicyRequest, UptimeRequest, RewardsRequest, KeysRequest>;

struct SignedTransactionReply {
    ethereum::Bytes raw;
    ethereum::Bytes32 hash{};
    friend bool operator==(const SignedTransactionReply &,
                           const SignedTransactionReply &) = default;
};
struct SignatureReply {
    ethereum::Signature signature;
    ethereum::Bytes32 digest{};
    friend bool operator==(const SignatureReply &, const SignatureReply &) = default;
};
struct HeldKey {
    std::string name;
    ethereum::Address address{};
    std::uint64_t chainId = 0;
    friend bool operator==(const HeldKey &, const HeldKey &) = default;
};
struct KeysReply {
    std::vector<HeldKey> keys;
    friend bool operator==(const KeysReply &, const KeysReply &) = default;
};
struct RefusedReply {
    ErrorCode code = ErrorCode::Denied;
    std::string reason;
    friend bool operator==(const RefusedReply &, const RefusedReply &) = default;
};
using SigningReply = std::variant<SignedTransactionReply, SignatureReply, KeysReply, RefusedReply>;

/// One message on the socket is a length (4 bytes, big-endian) and that many bytes of this form.
inline constexpr std::size_t kMessageBytesMax = 64 << 10;
[[nodiscard]] ethereum::Bytes encode(const SigningRequest &request);
[[nodiscard]] ethereum::Bytes encode(const SigningReply &reply);
/// Strict: any other bytes than encode() makes are Corrupt.
[[nodiscard]] Result<SigningRequest> decodeRequest(ethereum::ByteView bytes);
[[nodiscard]] Result<SigningReply> decodeReply(ethereum::ByteView bytes);

[[nodiscard]] const std::string &keyOf(const SigningRequest &request); ///< empty: of none

} // namespace chrona::keys
