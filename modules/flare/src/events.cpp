// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/events.h"

#include "abi_fields.h"

#include <array>
#include <format>

namespace chrona::flare {
namespace {

using ethereum::AbiSignature;
using ethereum::AbiValue;

struct KnownEvent {
    AbiSignature signature;
    Bytes32 topic{};
};

/// In the order of EventKind.
constexpr std::array<std::string_view, 11> kSignatures{
    "SigningPolicyInitialized(uint24 indexed rewardEpochId,uint32 startVotingRoundId,uint16 "
    "threshold,uint256 seed,address[] voters,uint16[] weights,bytes signingPolicyBytes,uint64 "
    "timestamp)",
    "ProtocolMessageRelayed(uint8 indexed protocolId,uint32 indexed votingRoundId,bool "
    "isSecureRandom,bytes32 merkleRoot)",
    "VoterRegistered(address indexed voter,uint32 indexed rewardEpochId,address indexed "
    "signingPolicyAddress,address submitAddress,address submitSignaturesAddress,(bytes32,bytes32) "
    "publicKey,uint256 registrationWeight,(uint8,bytes32,bytes32) signature)",
    "VoterRegistered(address indexed voter,uint24 indexed rewardEpochId,address indexed "
    "signingPolicyAddress,address submitAddress,address submitSignaturesAddress,bytes32 "
    "publicKeyPart1,bytes32 publicKeyPart2,uint256 registrationWeight)",
    "VoterRegistrationInfo(address indexed voter,uint24 indexed rewardEpochId,address "
    "delegationAddress,uint16 delegationFeeBIPS,uint256 wNatWeight,uint256 wNatCappedWeight,"
    "bytes20[] nodeIds,uint256[] nodeWeights)",
    "VoterRemoved(address indexed voter,uint256 indexed rewardEpochId)",
    "InflationRewardsOffered(uint24 indexed rewardEpochId,bytes feedIds,bytes decimals,uint256 "
    "amount,uint16 minRewardedTurnoutBIPS,uint24 primaryBandRewardSharePPM,bytes "
    "secondaryBandWidthPPMs,uint16 mode)",
    "RewardsOffered(uint24 indexed rewardEpochId,bytes21 feedId,int8 decimals,uint256 amount,"
    "uint16 minRewardedTurnoutBIPS,uint24 primaryBandRewardSharePPM,uint24 "
    "secondaryBandWidthPPM,address claimBackAddress)",
    "RewardClaimed(address indexed beneficiary,address indexed rewardOwner,address indexed "
    "recipient,uint24 rewardEpochId,uint8 claimType,uint120 amount)",
    "RewardEpochStarted(uint24 indexed rewardEpochId,uint32 startVotingRoundId,uint64 timestamp)",
    "FastUpdateFeedsSubmitted(uint32 indexed votingRoundId,address indexed signingPolicyAddress)",
};

const std::vector<KnownEvent> &knownEvents()
{
    static const std::vector<KnownEvent> all = [] {
        std::vector<KnownEvent> events;
        for (const std::string_view text : kSignatures) {
            KnownEvent event;
            event.signature = ethereum::parseAbiSignature(text).value_or(AbiSignature{});
            event.topic = event.signature.topic();
            events.push_back(std::move(event));
        }
        return events;
    }();
    return all;
}

Result<std::vector<AbiValue>> decode(EventKind kind, const EventLog &log)
{
    return ethereum::decodeLog(knownEvents()[static_cast<std::size_t>(kind)].signature, log);
}

std::uint32_t epochIn(const AbiValue &value)
{
    return static_cast<std::uint32_t>(smallIn(value));
}

std::int8_t decimalsIn(std::uint8_t byte)
{
    return static_cast<std::int8_t>(byte);
}

} // namespace

const Bytes32 &topicOf(EventKind kind)
{
    return knownEvents()[static_cast<std::size_t>(kind)].topic;
}

std::vector<Bytes32> followedTopics()
{
    std::vector<Bytes32> topics;
    for (const KnownEvent &event : knownEvents())
        topics.push_back(event.topic);
    return topics;
}

Result<ftso::SigningPolicy> readPolicyInitialized(const EventLog &log)
{
    const auto values = decode(EventKind::PolicyInitialized, log);
    if (!values)
        return std::unexpected(values.error());
    auto policy = ftso::decodeSigningPolicy(bytesIn(values->at(6)));
    if (!policy)
        return policy;
    if (policy->rewardEpochId != epochIn(values->at(0)) ||
        policy->startVotingRoundId != epochIn(values->at(1)) ||
        policy->threshold != smallIn(values->at(2)) ||
        policy->signers.size() != listIn(values->at(4)).size())
        return fail(ErrorCode::Corrupt, "a signing policy that contradicts itself");
    return policy;
}

Result<RelayedRound> readRoundRelayed(const EventLog &log)
{
    const auto values = decode(EventKind::RoundRelayed, log);
    if (!values)
        return std::unexpected(values.error());
    return RelayedRound{static_cast<std::uint8_t>(smallIn(values->at(0))), epochIn(values->at(1)),
                        !numberIn(values->at(2)).isZero(), fixedIn<32>(values->at(3))};
}

Result<RegisteredVoter> readVoterRegistered(const EventLog &log)
{
    const bool isOld =
        !log.topics.empty() && log.topics.front() == topicOf(EventKind::VoterRegisteredOld);
    const auto values =
        decode(isOld ? EventKind::VoterRegisteredOld : EventKind::VoterRegistered, log);
    if (!values)
        return std::unexpected(values.error());
    return RegisteredVoter{addressIn(values->at(0)), epochIn(values->at(1)),
                           addressIn(values->at(2)), addressIn(values->at(3)),
                           addressIn(values->at(4)), numberIn(values->at(isOld ? 7 : 6))};
}

Result<VoterInfo> readVoterInfo(const EventLog &log)
{
    const auto values = decode(EventKind::VoterInfo, log);
    if (!values)
        return std::unexpected(values.error());
    const auto &nodes = listIn(values->at(6)), &weights = listIn(values->at(7));
    if (nodes.size() != weights.size())
        return fail(ErrorCode::Corrupt, "a voter whose lists are of different lengths");
    VoterInfo info{.identity = addressIn(values->at(0)),
                   .rewardEpoch = epochIn(values->at(1)),
                   .delegation = addressIn(values->at(2)),
                   .feeBips = static_cast<std::uint16_t>(smallIn(values->at(3))),
                   .votePower = numberIn(values->at(4)),
                   .cappedVotePower = numberIn(values->at(5))};
    for (std::size_t i = 0; i < nodes.size(); ++i)
        info.nodes.emplace_back(fixedIn<20>(nodes[i]), numberIn(weights[i]));
    return info;
}

Result<InflationOffer> readInflationOffered(const EventLog &log)
{
    const auto values = decode(EventKind::InflationOffered, log);
    if (!values)
        return std::unexpected(values.error());
    const Bytes ids = bytesIn(values->at(1)), decimals = bytesIn(values->at(2)),
                widths = bytesIn(values->at(6));
    const std::size_t count = decimals.size();
    if (ids.size() != 21 * count || widths.size() != 3 * count)
        return fail(ErrorCode::Corrupt, "an offer whose lists are of different lengths");
    InflationOffer offer{.rewardEpoch = epochIn(values->at(0)), .feeds = {}};
    offer.amount = numberIn(values->at(3));
    offer.turnoutBipsMin = static_cast<std::uint16_t>(smallIn(values->at(4)));
    offer.primaryBandSharePpm = epochIn(values->at(5));
    for (std::size_t i = 0; i < count; ++i) {
        OfferedFeed feed;
        std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(21 * i), 21, feed.feed.id.begin());
        feed.feed.decimals = decimalsIn(decimals[i]);
        feed.secondaryBandPpm = static_cast<std::uint32_t>(
            widths[3 * i] << 16U | widths[3 * i + 1] << 8U | widths[3 * i + 2]);
        offer.feeds.push_back(feed);
    }
    return offer;
}

Result<CommunityOfferEvent> readRewardsOffered(const EventLog &log)
{
    const auto values = decode(EventKind::RewardsOffered, log);
    if (!values)
        return std::unexpected(values.error());
    CommunityOfferEvent event{.rewardEpoch = epochIn(values->at(0)), .offer = {}};
    event.offer.feed.id = fixedIn<21>(values->at(1));
    // Two's complement in a 256-bit word: the last byte is the number.
    event.offer.feed.decimals = decimalsIn(numberIn(values->at(2)).toBytes().back());
    event.offer.amount = numberIn(values->at(3));
    event.secondaryBandPpm = epochIn(values->at(6));
    return event;
}

Result<ClaimedReward> readRewardClaimed(const EventLog &log)
{
    const auto values = decode(EventKind::RewardClaimed, log);
    if (!values)
        return std::unexpected(values.error());
    return ClaimedReward{addressIn(values->at(0)),
                         addressIn(values->at(1)),
                         addressIn(values->at(2)),
                         epochIn(values->at(3)),
                         static_cast<std::uint8_t>(smallIn(values->at(4))),
                         numberIn(values->at(5))};
}

} // namespace chrona::flare
