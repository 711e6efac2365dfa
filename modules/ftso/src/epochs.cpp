// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/epochs.h"

#include <array>

namespace chrona::ftso {
namespace {

constexpr std::array kNetworks = {
    Network{"flare", 14, 1658430000, 90, 0, 3360, 45},
    Network{"songbird", 19, 1658429955, 90, 0, 3360, 45},
    Network{"coston", 16, 1658429955, 90, 0, 240, 45},
    Network{"coston2", 114, 1658430000, 90, 0, 240, 45},
};

/// Rounds down, also before the first epoch.
std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

} // namespace

std::optional<Network> networkNamed(std::string_view name)
{
    for (const Network &network : kNetworks)
        if (network.name == name)
            return network;
    return std::nullopt;
}

RoundId votingEpochAt(const Network &network, Seconds time)
{
    return floorDivide(time - network.firstVotingEpochStart, network.votingEpochSeconds);
}

Seconds startOf(const Network &network, RoundId votingEpoch)
{
    return network.firstVotingEpochStart + votingEpoch * network.votingEpochSeconds;
}

Seconds lastRevealSecond(const Network &network, RoundId round)
{
    return startOf(network, round + 1) + network.revealSeconds - 1;
}

RoundId expectedRewardEpoch(const Network &network, RoundId votingEpoch)
{
    return floorDivide(votingEpoch - network.firstRewardEpochRound, network.rewardEpochRounds);
}

RoundId expectedFirstRound(const Network &network, RoundId rewardEpoch)
{
    return network.firstRewardEpochRound + rewardEpoch * network.rewardEpochRounds;
}

} // namespace chrona::ftso
