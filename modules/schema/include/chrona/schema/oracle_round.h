// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/decimal.h"
#include "chrona/base/time.h"
#include "chrona/schema/fault.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The ledger of a price provider: rounds, what was submitted in them, and what it earned.
namespace chrona::schema {

enum class Network : std::uint8_t { Flare, Songbird, Coston2, Coston };
[[nodiscard]] std::string_view toString(Network network);
[[nodiscard]] std::optional<Network> networkFrom(std::string_view text);

using Address = std::array<std::uint8_t, 20>;
using TransactionHash = std::array<std::uint8_t, 32>;

/// What became of one feed in one round. Prices are in the feed's own decimals.
struct RoundFeed {
    std::string feed;
    std::optional<Decimal> submitted; ///< nullopt: left empty
    std::optional<Decimal> median;    ///< nullopt: the round gave none
    std::optional<Decimal> lowerQuartile, upperQuartile;
    std::uint16_t turnoutBps = 0; ///< of the weight that took part
    friend bool operator==(const RoundFeed &, const RoundFeed &) = default;
};

enum class RoundPhase : std::uint8_t { Commit, Reveal, Sign, Final, Missed };
[[nodiscard]] std::string_view toString(RoundPhase phase);

/// One voting epoch.
struct Round {
    Network network = Network::Coston2;
    std::uint32_t votingEpoch = 0;
    std::uint32_t rewardEpoch = 0;
    Instant beginsAt, endsAt;
    RoundPhase phase = RoundPhase::Commit;
    std::vector<RoundFeed> feeds;
    std::optional<Instant> finalizedAt;
    friend bool operator==(const Round &, const Round &) = default;
};

enum class SubmissionKind : std::uint8_t { Commit, Reveal, Signature, Finalization };
[[nodiscard]] std::string_view toString(SubmissionKind kind);
[[nodiscard]] std::optional<SubmissionKind> submissionKindFrom(std::string_view text);

enum class SubmissionState : std::uint8_t {
    Planned,
    Signed,
    Sent,
    Included,
    Failed,
    Missed,
    Refused
};
[[nodiscard]] std::string_view toString(SubmissionState state);
[[nodiscard]] std::optional<SubmissionState> submissionStateFrom(std::string_view text);

/// One transaction of ours, from the plan to its place in the chain.
struct Submission {
    Network network = Network::Coston2;
    std::uint32_t votingEpoch = 0;
    SubmissionKind kind = SubmissionKind::Commit;
    SubmissionState state = SubmissionState::Planned;
    Address sender{};
    std::optional<TransactionHash> transaction;
    Instant deadlineAt;
    std::optional<Instant> sentAt, includedAt;
    std::uint64_t blockNumber = 0; ///< 0: not included
    std::string reason;            ///< why it failed, was missed or was refused
    friend bool operator==(const Submission &, const Submission &) = default;
};

enum class RewardKind : std::uint8_t { Direct, Fee, Delegation, Mirror, CommunityChain, Penalty };
[[nodiscard]] std::string_view toString(RewardKind kind);

/// An amount earned or lost in one reward epoch, in the network's coin.
struct Reward {
    Network network = Network::Coston2;
    std::uint32_t rewardEpoch = 0;
    Address beneficiary{};
    RewardKind kind = RewardKind::Direct;
    Decimal amount; ///< negative with Penalty only
    bool claimed = false;
    std::optional<Instant> expiresAt;
    friend bool operator==(const Reward &, const Reward &) = default;
};

/// Vote power that an address lends to a provider.
struct Delegation {
    Network network = Network::Coston2;
    Address delegator{}, provider{};
    std::uint16_t shareBps = 0; ///< of the delegator's balance, 1 to 10,000
    Decimal votePower;
    std::uint64_t blockNumber = 0; ///< at which it was read
    friend bool operator==(const Delegation &, const Delegation &) = default;
};

[[nodiscard]] Faults validate(const Round &round);
[[nodiscard]] Faults validate(const Submission &submission);
[[nodiscard]] Faults validate(const Reward &reward);
[[nodiscard]] Faults validate(const Delegation &delegation);

} // namespace chrona::schema
