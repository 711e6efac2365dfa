// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ftso/payload.h"

namespace chrona::ftso {

/// Who may sign the results of a reward epoch, and with what weight.
struct SigningPolicy {
    struct Signer {
        Address address{};
        std::uint16_t weight = 0;
        friend bool operator==(const Signer &, const Signer &) = default;
    };
    std::uint32_t rewardEpochId = 0; ///< 24 bits
    std::uint32_t startVotingRoundId = 0;
    std::uint16_t threshold = 0;
    Bytes32 seed{};
    std::vector<Signer> signers;
    friend bool operator==(const SigningPolicy &, const SigningPolicy &) = default;
};

[[nodiscard]] Bytes encode(const SigningPolicy &policy);
[[nodiscard]] Result<SigningPolicy> decodeSigningPolicy(ByteView bytes);

/// The scheme that relays have used so far: a chain of hashes over 32-byte words.
[[nodiscard]] Bytes32 legacyPolicyHash(ByteView encodedPolicy);
/// The newer scheme, bound to a chain. Ask the relay which one it uses.
[[nodiscard]] Bytes32 chainBoundPolicyHash(ByteView encodedPolicy, std::uint64_t chainId);

struct IndexedSignature {
    ethereum::Signature signature;
    std::uint16_t index = 0; ///< of the signer in the policy
};
/// Summed weight of the signatures that are by the signers they claim, each signer once.
[[nodiscard]] std::uint32_t signedWeight(const SigningPolicy &policy,
                                         const ProtocolMessage &message,
                                         std::span<const IndexedSignature> signatures);
/// Calldata of Relay.relay(). Refused unless the weight is strictly above the threshold.
[[nodiscard]] Result<Bytes> relayCalldata(const SigningPolicy &policy,
                                          const ProtocolMessage &message,
                                          std::span<const IndexedSignature> signatures);

/// Seed of the draw of finalizers for one round.
[[nodiscard]] Bytes32 finalizerSeed(const Bytes32 &policySeed, std::uint8_t protocolId,
                                    std::uint32_t votingRoundId);
/// Signers drawn in order until their weight reaches thresholdBips of the total.
[[nodiscard]] std::vector<Address> selectFinalizers(std::span<const SigningPolicy::Signer> signers,
                                                    const Bytes32 &seed,
                                                    std::uint32_t thresholdBips = 500);

/// Hashes that the signing-policy key signs outside voting.
[[nodiscard]] Bytes32 registrationHash(std::uint64_t chainId, std::uint32_t rewardEpochId,
                                       const Address &identity);
[[nodiscard]] Bytes32 legacyRegistrationHash(std::uint32_t rewardEpochId, const Address &identity);
[[nodiscard]] Bytes32 uptimeVoteHash(std::uint32_t rewardEpochId, const Bytes32 &nodesHash);

struct WeightBasedClaims {
    std::uint64_t rewardManagerId = 0;
    std::uint64_t count = 0;
};
[[nodiscard]] Bytes32 weightBasedClaimsHash(std::span<const WeightBasedClaims> claims);
[[nodiscard]] Bytes32 rewardsHash(std::uint32_t rewardEpochId, const Bytes32 &weightBasedClaims,
                                  const Bytes32 &merkleRoot);

} // namespace chrona::ftso
