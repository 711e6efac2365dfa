// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace chrona::ftso {

using Seconds = std::int64_t; ///< unix time; block timestamps are whole seconds
using RoundId = std::int64_t;

/// The timing of one network. Contracts tell the same constants: compare them at start.
struct Network {
    std::string_view name;
    std::uint64_t chainId = 0;
    Seconds firstVotingEpochStart = 0;
    Seconds votingEpochSeconds = 90;
    RoundId firstRewardEpochRound = 0;
    RoundId rewardEpochRounds = 3360;
    Seconds revealSeconds = 45;
};

/// "flare", "songbird", "coston", "coston2".
[[nodiscard]] std::optional<Network> networkNamed(std::string_view name);

[[nodiscard]] RoundId votingEpochAt(const Network &network, Seconds time);
[[nodiscard]] Seconds startOf(const Network &network, RoundId votingEpoch);
/// The last second in which a reveal for this round counts.
[[nodiscard]] Seconds lastRevealSecond(const Network &network, RoundId round);

/// By arithmetic; the real first round of a reward epoch is its signing policy's and may be later.
[[nodiscard]] RoundId expectedRewardEpoch(const Network &network, RoundId votingEpoch);
[[nodiscard]] RoundId expectedFirstRound(const Network &network, RoundId rewardEpoch);

} // namespace chrona::ftso
