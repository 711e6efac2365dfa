// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/abi.h"
#include "chrona/flare/networks.h"
#include "chrona/ftso/feeds.h"
#include "chrona/ftso/signing_policy.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

/// Events of the network's contracts. An event that cannot be read is data too: whoever reads it
/// passes it over.
namespace chrona::flare {

using ethereum::EventLog;
using ethereum::Uint256;

enum class EventKind : std::uint8_t {
    PolicyInitialized, ///< Relay
    RoundRelayed,
    VoterRegistered,    ///< VoterRegistry with uint32 epochs
    VoterRegisteredOld, ///< with uint24 epochs
    VoterInfo,          ///< FlareSystemsCalculator
    VoterRemoved,
    InflationOffered, ///< FtsoRewardOffersManager
    RewardsOffered,
    RewardClaimed, ///< RewardManager
    RewardEpochStarted,
    FastUpdateSubmitted, ///< FastUpdater
};
[[nodiscard]] const Bytes32 &topicOf(EventKind kind);
[[nodiscard]] std::vector<Bytes32> followedTopics();

/// The signing policy as Relay had it, from its encoded form; the fields beside it must agree.
[[nodiscard]] Result<ftso::SigningPolicy> readPolicyInitialized(const EventLog &log);

struct RelayedRound {
    std::uint8_t protocolId = 0;
    std::uint32_t votingRound = 0;
    bool isSecure = false;
    Bytes32 root{};
};
[[nodiscard]] Result<RelayedRound> readRoundRelayed(const EventLog &log);

struct RegisteredVoter {
    Address identity{};
    std::uint32_t rewardEpoch = 0;
    Address signingPolicy{}, submit{}, submitSignatures{};
    Uint256 registrationWeight;
};
/// Of either registry.
[[nodiscard]] Result<RegisteredVoter> readVoterRegistered(const EventLog &log);

struct VoterInfo {
    Address identity{};
    std::uint32_t rewardEpoch = 0;
    Address delegation{};
    std::uint16_t feeBips = 0;
    Uint256 votePower, cappedVotePower;
    /// Its validators, and their mirrored stake.
    std::vector<std::pair<std::array<std::uint8_t, 20>, Uint256>> nodes{};
};
[[nodiscard]] Result<VoterInfo> readVoterInfo(const EventLog &log);

struct OfferedFeed {
    ftso::Feed feed;
    std::uint32_t secondaryBandPpm = 0;
};
struct InflationOffer {
    std::uint32_t rewardEpoch = 0;
    std::vector<OfferedFeed> feeds;
    Uint256 amount{};
    std::uint16_t turnoutBipsMin = 0;
    std::uint32_t primaryBandSharePpm = 0;
};
[[nodiscard]] Result<InflationOffer> readInflationOffered(const EventLog &log);

struct CommunityOfferEvent {
    std::uint32_t rewardEpoch = 0;
    ftso::CommunityOffer offer;
    std::uint32_t secondaryBandPpm = 0;
};
[[nodiscard]] Result<CommunityOfferEvent> readRewardsOffered(const EventLog &log);

struct ClaimedReward {
    Address beneficiary{}, owner{}, recipient{};
    std::uint32_t rewardEpoch = 0;
    std::uint8_t kind = 0;
    Uint256 amount;
};
[[nodiscard]] Result<ClaimedReward> readRewardClaimed(const EventLog &log);

} // namespace chrona::flare
