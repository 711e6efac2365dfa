// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/signer.h"

#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <format>
#include <sodium.h>

namespace chrona::keys {
namespace {

using ethereum::Bytes;
using ethereum::Bytes32;

/// Rounds older than this many before the newest are forgotten: they cannot be signed any more.
constexpr std::uint32_t kRoundsKept = 5'000;
/// A round that is not near the present is no duty of a provider.
constexpr std::int64_t kRoundDistanceMax = 40;

SigningReply signatureOver(const ethereum::PrivateKey &key, const Bytes32 &hash)
{
    const Bytes32 digest = ethereum::personalDigest(hash);
    return SignatureReply{ethereum::sign(key, digest), digest};
}

Status checkMessage(const SigningRules &rules, MessageKind kind)
{
    if (std::ranges::contains(rules.messages, kind))
        return {};
    return fail(ErrorCode::Denied, "messages of this kind are not signed with this key");
}

std::string_view wordFor(const SigningRequest &request)
{
    constexpr std::string_view kWords[] = {"transaction", "round",   "registration", "policy",
                                           "uptime",      "rewards", "keys"};
    static_assert(std::size(kWords) == std::variant_size_v<SigningRequest>);
    return kWords[request.index()];
}

std::string wordFor(const SigningReply &reply)
{
    if (const auto *refused = std::get_if<RefusedReply>(&reply))
        return "refused: " + refused->reason;
    if (const auto *transaction = std::get_if<SignedTransactionReply>(&reply))
        return "signed " + ethereum::toHex(transaction->hash);
    if (const auto *signature = std::get_if<SignatureReply>(&reply))
        return "signed " + ethereum::toHex(signature->digest);
    return "told";
}

} // namespace

Signer::Signer(std::vector<SigningKey> keys, const std::vector<SignedRound> &signedBefore,
               Effects effects)
    : m_effects(std::move(effects))
{
    for (SigningKey &key : keys) {
        const ethereum::Address address = ethereum::addressOf(key.key);
        std::string name = key.name;
        std::string who =
            std::format("{}/{}", ethereum::toChecksummed(address), chainOf(key.rules));
        const auto held =
            m_keys.emplace(std::move(name), Held{std::move(key), address, std::move(who)}).first;
        // Where the whole process cannot be locked in memory, its keys can. They wipe themselves.
        const Bytes32 &secret = held->second.key.key.secret();
        (void)sodium_mlock(const_cast<std::uint8_t *>(secret.data()), secret.size());
    }
    for (const SignedRound &round : signedBefore) {
        const auto named = m_keys.find(round.key);
        const std::string &who = named == m_keys.end() ? round.key : named->second.who;
        m_rounds[{who, round.protocolId, round.votingRound}] = round.messageHash;
    }
}

SigningReply Signer::answer(const SigningRequest &request, Instant now)
{
    auto decided = decide(request, now);
    SigningReply reply =
        decided ? std::move(*decided)
                : SigningReply(RefusedReply{decided.error().code, describe(decided.error())});
    // A name that nobody has may be any bytes, line ends among them.
    const bool isKnown = m_keys.contains(keyOf(request));
    if (!std::holds_alternative<KeysRequest>(request))
        m_effects.audit(std::format("{} {} {} {}", formatInstant(now), wordFor(request),
                                    isKnown ? std::string_view(keyOf(request)) : "?",
                                    wordFor(reply)));
    return reply;
}

Result<SigningReply> Signer::decide(const SigningRequest &request, Instant now)
{
    if (std::holds_alternative<KeysRequest>(request))
        return SigningReply(heldKeys());
    const auto held = m_keys.find(keyOf(request));
    if (held == m_keys.end())
        return fail(ErrorCode::NotFound, "the signer holds no key of that name");
    return std::visit(
        [&](const auto &asked) -> Result<SigningReply> {
            if constexpr (std::is_same_v<std::decay_t<decltype(asked)>, KeysRequest>)
                return SigningReply(heldKeys());
            else
                return sign(held->second, asked, now);
        },
        request);
}

KeysReply Signer::heldKeys() const
{
    KeysReply reply;
    for (const auto &[name, held] : m_keys)
        reply.keys.push_back({name, held.address, chainOf(held.key.rules)});
    return reply;
}

Result<SigningReply> Signer::sign(Held &held, const TransactionRequest &request, Instant now)
{
    const auto transaction = ethereum::decodeUnsigned(request.unsignedPayload);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto allowed = judge(held.key.rules, *transaction, held.history, now); !allowed)
        return std::unexpected(allowed.error());
    held.history.add(held.key.rules, *transaction, now);
    ethereum::SignedTransaction made = ethereum::sign(*transaction, held.key.key);
    return SigningReply(SignedTransactionReply{std::move(made.raw), made.hash});
}

Result<SigningReply> Signer::sign(Held &held, const RoundRequest &request, Instant now)
{
    if (auto allowed = checkMessage(held.key.rules, MessageKind::Round); !allowed)
        return std::unexpected(allowed.error());
    const std::uint32_t voting = request.result.votingRoundId;
    const std::int64_t present = votingEpochAt(held.key.rules, now);
    if (std::abs(static_cast<std::int64_t>(voting) - present) > kRoundDistanceMax)
        return fail(ErrorCode::Denied,
                    std::format("round {} is not near the present round {}", voting, present));
    const Bytes32 hash = ftso::hashOf(request.result);
    const std::tuple place(held.who, request.result.protocolId, voting);
    const auto known = m_rounds.find(place);
    if (known != m_rounds.end() && known->second != hash)
        return fail(
            ErrorCode::Denied,
            std::format("another result was signed for round {}: signing two is punished", voting));
    if (known == m_rounds.end()) {
        const SignedRound round{held.who, request.result.protocolId, voting, hash};
        if (auto kept = m_effects.keepRound(round); !kept)
            return std::unexpected(kept.error());
        m_rounds.emplace(place, hash);
        std::erase_if(m_rounds, [voting](const auto &entry) {
            return std::get<2>(entry.first) + kRoundsKept < voting;
        });
    }
    return signatureOver(held.key.key, hash);
}

Result<SigningReply> Signer::sign(Held &held, const RegistrationRequest &request, Instant)
{
    if (auto allowed = checkMessage(held.key.rules, MessageKind::Registration); !allowed)
        return std::unexpected(allowed.error());
    return signatureOver(
        held.key.key,
        ftso::registrationHash(chainOf(held.key.rules), request.rewardEpoch, request.identity));
}

Result<SigningReply> Signer::sign(Held &held, const PolicyRequest &request, Instant)
{
    if (auto allowed = checkMessage(held.key.rules, MessageKind::Policy); !allowed)
        return std::unexpected(allowed.error());
    const auto [known, isNew] =
        m_policies.try_emplace({held.who, request.rewardEpoch}, request.policyHash);
    if (!isNew && known->second != request.policyHash)
        return fail(ErrorCode::Denied, std::format("another policy was signed for reward epoch {}",
                                                   request.rewardEpoch));
    return signatureOver(held.key.key, request.policyHash);
}

Result<SigningReply> Signer::sign(Held &held, const UptimeRequest &request, Instant)
{
    if (auto allowed = checkMessage(held.key.rules, MessageKind::Uptime); !allowed)
        return std::unexpected(allowed.error());
    // What clients send as the hash of nobody's nodes.
    const Bytes32 nobody = ethereum::keccak256(Bytes(32, 0));
    return signatureOver(held.key.key, ftso::uptimeVoteHash(request.rewardEpoch, nobody));
}

Result<SigningReply> Signer::sign(Held &held, const RewardsRequest &request, Instant)
{
    if (auto allowed = checkMessage(held.key.rules, MessageKind::Rewards); !allowed)
        return std::unexpected(allowed.error());
    const Bytes32 claims = ftso::weightBasedClaimsHash(request.weightBased);
    const Bytes32 hash = ftso::rewardsHash(request.rewardEpoch, claims, request.merkleRoot);
    const auto [known, isNew] = m_rewards.try_emplace({held.who, request.rewardEpoch}, hash);
    if (!isNew && known->second != hash)
        return fail(ErrorCode::Denied, std::format("other rewards were signed for reward epoch {}",
                                                   request.rewardEpoch));
    return signatureOver(held.key.key, hash);
}

} // namespace chrona::keys
