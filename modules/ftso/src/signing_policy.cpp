// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/signing_policy.h"

#include "append_number.h"

#include "chrona/ethereum/abi.h"
#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace chrona::ftso {
namespace {

using ethereum::AbiValue;
using ethereum::append;
using ethereum::keccak256;
using ethereum::Uint256;

constexpr std::size_t kPolicyHeaderBytes = 43;
constexpr std::size_t kSignerBytes = 22;

std::uint64_t numberAt(ByteView bytes, std::size_t position, std::size_t size)
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes.subspan(position, size))
        value = value << 8 | byte;
    return value;
}

/// Hash of abi.encode() of static words.
Bytes32 hashOfWords(std::initializer_list<Bytes32> words)
{
    Bytes bytes;
    for (const Bytes32 &word : words)
        append(bytes, word);
    return keccak256(bytes);
}

Bytes32 wordOf(std::uint64_t number)
{
    return Uint256(number).toBytes();
}

Bytes32 wordOf(const Address &address)
{
    return Uint256::fromBytes(address).toBytes();
}

} // namespace

Bytes encode(const SigningPolicy &policy)
{
    Bytes bytes;
    appendNumber(bytes, policy.signers.size(), 2);
    appendNumber(bytes, policy.rewardEpochId, 3);
    appendNumber(bytes, policy.startVotingRoundId, 4);
    appendNumber(bytes, policy.threshold, 2);
    append(bytes, policy.seed);
    for (const SigningPolicy::Signer &signer : policy.signers) {
        append(bytes, signer.address);
        appendNumber(bytes, signer.weight, 2);
    }
    return bytes;
}

Result<SigningPolicy> decodeSigningPolicy(ByteView bytes)
{
    if (bytes.size() < kPolicyHeaderBytes ||
        bytes.size() != kPolicyHeaderBytes + kSignerBytes * numberAt(bytes, 0, 2))
        return fail(ErrorCode::InvalidInput, "not a signing policy: its size is wrong");
    SigningPolicy policy;
    policy.rewardEpochId = static_cast<std::uint32_t>(numberAt(bytes, 2, 3));
    policy.startVotingRoundId = static_cast<std::uint32_t>(numberAt(bytes, 5, 4));
    policy.threshold = static_cast<std::uint16_t>(numberAt(bytes, 9, 2));
    std::ranges::copy(bytes.subspan(11, 32), policy.seed.begin());
    for (std::size_t at = kPolicyHeaderBytes; at < bytes.size(); at += kSignerBytes) {
        SigningPolicy::Signer signer;
        std::ranges::copy(bytes.subspan(at, 20), signer.address.begin());
        signer.weight = static_cast<std::uint16_t>(numberAt(bytes, at + 20, 2));
        policy.signers.push_back(signer);
    }
    return policy;
}

Bytes32 legacyPolicyHash(ByteView encodedPolicy)
{
    Bytes padded(encodedPolicy.begin(), encodedPolicy.end());
    padded.resize((padded.size() + 31) / 32 * 32);
    const ByteView words(padded);
    Bytes32 hash = keccak256(words.first(64));
    for (std::size_t at = 64; at < words.size(); at += 32)
        hash = keccak256(hash, words.subspan(at, 32));
    return hash;
}

Bytes32 chainBoundPolicyHash(ByteView encodedPolicy, std::uint64_t chainId)
{
    return keccak256(wordOf(chainId), encodedPolicy);
}

std::uint32_t signedWeight(const SigningPolicy &policy, const ProtocolMessage &message,
                           std::span<const IndexedSignature> signatures)
{
    const Bytes32 digest = ethereum::personalDigest(hashOf(message));
    std::set<std::uint16_t> seen;
    std::uint32_t weight = 0;
    for (const IndexedSignature &signature : signatures) {
        if (signature.index >= policy.signers.size() || seen.contains(signature.index))
            continue;
        const auto &signer = policy.signers[signature.index];
        const auto address = recoverSigner(signature.signature, digest);
        if (!address || *address != signer.address)
            continue;
        seen.insert(signature.index);
        weight += signer.weight;
    }
    return weight;
}

Result<Bytes> relayCalldata(const SigningPolicy &policy, const ProtocolMessage &message,
                            std::span<const IndexedSignature> signatures)
{
    if (signedWeight(policy, message, signatures) <= policy.threshold)
        return fail(ErrorCode::Denied, "the signatures do not weigh more than the threshold");
    std::vector<IndexedSignature> ordered(signatures.begin(), signatures.end());
    std::ranges::sort(ordered, {}, &IndexedSignature::index);
    const auto selector = ethereum::parseAbiSignature("relay()")->selector();
    Bytes bytes(selector.begin(), selector.end());
    append(bytes, encode(policy));
    append(bytes, encode(message));
    appendNumber(bytes, ordered.size(), 2);
    for (const IndexedSignature &signature : ordered) {
        append(bytes, toVrs(signature.signature));
        appendNumber(bytes, signature.index, 2);
    }
    return bytes;
}

Bytes32 finalizerSeed(const Bytes32 &policySeed, std::uint8_t protocolId,
                      std::uint32_t votingRoundId)
{
    return hashOfWords(
        {policySeed, wordOf(std::uint64_t(protocolId)), wordOf(std::uint64_t(votingRoundId))});
}

std::vector<Address> selectFinalizers(std::span<const SigningPolicy::Signer> signers,
                                      const Bytes32 &seed, std::uint32_t thresholdBips)
{
    std::uint64_t total = 0;
    for (const auto &signer : signers)
        total += signer.weight;
    const std::uint64_t wanted = total * thresholdBips / 10'000;
    std::vector<Address> selected;
    std::vector<bool> isSelected(signers.size(), false);
    std::uint64_t selectedWeight = 0;
    Bytes32 draw = seed;
    while (total > 0 && selectedWeight < wanted) {
        std::uint64_t place = (Uint256::fromBytes(draw) % Uint256(total)).toUint64().value_or(0);
        std::size_t index = 0;
        while (place >= signers[index].weight)
            place -= signers[index++].weight;
        if (!isSelected[index]) {
            isSelected[index] = true;
            selected.push_back(signers[index].address);
            selectedWeight += signers[index].weight;
        }
        draw = keccak256(draw);
    }
    return selected;
}

Bytes32 registrationHash(std::uint64_t chainId, std::uint32_t rewardEpochId,
                         const Address &identity)
{
    return hashOfWords({wordOf(chainId), wordOf(std::uint64_t(rewardEpochId)), wordOf(identity)});
}

Bytes32 legacyRegistrationHash(std::uint32_t rewardEpochId, const Address &identity)
{
    return hashOfWords({wordOf(std::uint64_t(rewardEpochId)), wordOf(identity)});
}

Bytes32 uptimeVoteHash(std::uint32_t rewardEpochId, const Bytes32 &nodesHash)
{
    return hashOfWords({wordOf(std::uint64_t(rewardEpochId)), nodesHash});
}

Bytes32 weightBasedClaimsHash(std::span<const WeightBasedClaims> claims)
{
    Bytes bytes;
    append(bytes, wordOf(std::uint64_t(0x20)));
    append(bytes, wordOf(std::uint64_t(claims.size())));
    for (const WeightBasedClaims &claim : claims) {
        append(bytes, wordOf(claim.rewardManagerId));
        append(bytes, wordOf(claim.count));
    }
    return keccak256(bytes);
}

Bytes32 rewardsHash(std::uint32_t rewardEpochId, const Bytes32 &weightBasedClaims,
                    const Bytes32 &merkleRoot)
{
    return hashOfWords({wordOf(std::uint64_t(rewardEpochId)), weightBasedClaims, merkleRoot});
}

} // namespace chrona::ftso
