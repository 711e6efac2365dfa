// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/oracle_world.h"

#include <QTest>

#include <algorithm>

namespace chrona::flare {
namespace {

using ethereum::AbiValue;
using ethereum::PrivateKey;

PrivateKey keyOf(std::uint8_t seed, std::uint8_t role)
{
    Bytes32 secret{};
    secret.fill(seed);
    secret.back() = role;
    return std::move(PrivateKey::fromBytes(secret).value());
}

Address filled(std::uint8_t byte, std::uint8_t last)
{
    Address address{};
    address.fill(byte);
    address.back() = last;
    return address;
}

constexpr std::uint64_t kGwei = 1'000'000'000;

} // namespace

TestProvider makeProvider(std::uint8_t seed)
{
    return {filled(seed, 0xA1), filled(seed, 0xA2), keyOf(seed, 1), keyOf(seed, 2), keyOf(seed, 3)};
}

OracleWorld::OracleWorld(EvmNode &evm, std::size_t count, std::uint32_t epoch)
    : node(evm), timing(ftso::networkNamed("coston2").value()), rewardEpoch(epoch),
      firstRound(ftso::expectedFirstRound(timing, epoch)), relay(filled(0xB1, 1)),
      world(filled(0xB2, 2)), duties(filled(0xB3, 3))
{
    for (std::size_t i = 0; i < count; ++i) {
        providers.push_back(makeProvider(static_cast<std::uint8_t>(0x11 + i)));
        for (const Address &account :
             {providers.back().submit(), providers.back().signatures(), providers.back().signing()})
            node.fund(account);
    }
    node.place("Submission", submissionAddress());
    node.place("Registry", registryAddress());
    node.place("Relay", relay);
    node.place("World", world);
    node.place("Duties", duties);
    const auto text = [](std::string_view name) {
        return AbiValue(Bytes(name.begin(), name.end()));
    };
    const AbiValue registry[] = {
        std::vector<AbiValue>{text("Relay"), text("FlareSystemsCalculator"),
                              text("FtsoRewardOffersManager"), text("VoterRegistry"),
                              text("VoterPreRegistry"), text("FlareSystemsManager"),
                              text("EntityManager"), text("WNat"), text("RewardManager")},
        std::vector<AbiValue>{relay, world, world, duties, duties, duties, duties, duties, duties}};
    node.callFrom0(registryAddress(), "set(string[],address[])", registry);
    feeds = {{ftso::makeFeedId(1, "BTC/USD").value(), 2},
             {ftso::makeFeedId(1, "ETH/USD").value(), 3},
             {ftso::makeFeedId(1, "FLR/USD").value(), 6}};
    announce(epoch);
    m_firstFeeds = feeds;
    m_firstPolicy = policy;
}

void OracleWorld::beginAnew()
{
    feeds = m_firstFeeds;
    policy = m_firstPolicy;
    m_reveals.clear();
    m_nonces.clear();
}

void OracleWorld::announce(std::uint32_t epoch)
{
    Bytes ids, decimals, widths;
    for (const ftso::Feed &feed : feeds) {
        ethereum::append(ids, feed.id);
        decimals.push_back(static_cast<std::uint8_t>(feed.decimals));
        for (const std::uint8_t byte : {0x00, 0x03, 0xE8}) // 1000 ppm
            widths.push_back(byte);
    }
    const AbiValue offer[] = {epoch, ids, decimals, Uint256(1'000'000), widths};
    node.callFrom0(world, "offerInflation(uint24,bytes,bytes,uint256,bytes)", offer);
    policy = {.rewardEpochId = epoch,
              .startVotingRoundId =
                  static_cast<std::uint32_t>(ftso::expectedFirstRound(timing, epoch)),
              .signers = {}};
    const auto weight = static_cast<std::uint16_t>(65'535 / providers.size());
    for (const TestProvider &provider : providers) {
        const AbiValue voter[] = {provider.identity,     epoch,
                                  provider.signing(),    provider.submit(),
                                  provider.signatures(), provider.delegation,
                                  Uint256(1'000'000)};
        node.callFrom0(
            world, "registerVoter(address,uint32,address,address,address,address,uint256)", voter);
        policy.signers.push_back({provider.signing(), weight});
    }
    policy.threshold = static_cast<std::uint16_t>((weight * providers.size() + 1) / 2);
    policy.seed.fill(0x5E);
    const AbiValue encoded[] = {ftso::encode(policy)};
    node.callFrom0(relay, "initialize(bytes)", encoded);
}

Bytes32 OracleWorld::send(const PrivateKey &key, const Address &to, Bytes data)
{
    ethereum::Transaction transaction;
    transaction.chainId = timing.chainId;
    transaction.nonce = m_nonces[ethereum::addressOf(key)]++;
    transaction.maxPriorityFeePerGas = Uint256(100 * kGwei);
    transaction.maxFeePerGas = Uint256(500 * kGwei);
    transaction.gasLimit = Uint256(2'000'000);
    transaction.to = to;
    transaction.data = std::move(data);
    const auto made = ethereum::sign(transaction, key);
    node.ask("eth_sendRawTransaction", {QString::fromStdString(ethereum::toHex(made.raw))});
    return made.hash;
}

void OracleWorld::commit(const TestProvider &provider, RoundId round,
                         std::span<const ftso::FeedValue> values)
{
    ftso::Reveal reveal;
    reveal.submitAddress = provider.submit();
    reveal.votingRoundId = static_cast<std::uint32_t>(round);
    reveal.random.fill(static_cast<std::uint8_t>(round + provider.identity.front()));
    reveal.encodedValues = ftso::encodeFeedValues(values, ftso::Trailing::Strip);
    send(provider.submitKey, submissionAddress(),
         ftso::submissionCalldata(ftso::SubmissionFunction::Submit1, ftso::commitMessage(reveal)));
    m_reveals[{provider.submit(), round}] = std::move(reveal);
}

void OracleWorld::reveal(const TestProvider &provider, RoundId round)
{
    send(provider.submitKey, submissionAddress(),
         ftso::submissionCalldata(ftso::SubmissionFunction::Submit2,
                                  ftso::revealMessage(m_reveals.at({provider.submit(), round}))));
}

void OracleWorld::sign(const TestProvider &provider, const ftso::ProtocolMessage &result)
{
    const auto signature =
        ethereum::sign(provider.signingKey, ethereum::personalDigest(ftso::hashOf(result)));
    send(provider.signaturesKey, submissionAddress(),
         ftso::submissionCalldata(
             ftso::SubmissionFunction::SubmitSignatures,
             ftso::signatureMessage(ftso::SignatureFormat::SignatureOnly, result, signature)));
}

} // namespace chrona::flare
