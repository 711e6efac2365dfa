// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/minimal_conditions.h"

#include <algorithm>

namespace chrona::ftso {
namespace {

using ethereum::Uint256;

Uint256 millions(std::uint64_t count)
{
    constexpr std::uint64_t kCoin = 1'000'000'000'000'000'000;
    return Uint256(count * 1'000'000) * Uint256(kCoin);
}

/// The network's own arithmetic, in millionths that are cut off: below 0.2 % of the weight none are
/// expected, else four fifths of the weight's share.
bool hasEnoughUpdates(const EpochParticipation &epoch)
{
    constexpr std::int64_t kMillion = 1'000'000, kSmall = 2'000, kFourFifths = 800'000;
    if (epoch.weightOfAll <= 0 || epoch.signingWeight * kMillion / epoch.weightOfAll < kSmall)
        return true;
    const std::int64_t expected = epoch.signingWeight * kFourFifths / epoch.weightOfAll;
    return epoch.updates * kMillion >= expected * epoch.updatesOfAll;
}

} // namespace

Staking stakingOf(std::span<const ValidatorSeen> validators)
{
    Uint256 selfBond, stake, stakeWithUptime;
    for (const ValidatorSeen &each : validators) {
        if (each.checks == 0)
            return Staking::Unknown;
        selfBond += each.selfBond;
        stake += each.stake;
        if (10 * each.connected >= 8 * each.checks)
            stakeWithUptime += each.stake;
    }
    if (Uint256(10) * stakeWithUptime < Uint256(8) * stake || selfBond < millions(1))
        return Staking::Failed;
    return selfBond < millions(3) || stake < millions(15) ? Staking::Kept : Staking::Met;
}

MinimalConditions minimalConditions(const EpochParticipation &epoch)
{
    return {.anchor = 10 * epoch.near >= 8 * epoch.feedRounds,
            .connector = 10 * epoch.connectorRewarded >= 6 * epoch.connectorRounds,
            .fastUpdates = hasEnoughUpdates(epoch),
            .staking = epoch.staking};
}

Passes passesAfter(int before, const MinimalConditions &met)
{
    constexpr int kPassesMax = 3;
    if (met.failed() == 0)
        return {std::min(before + (met.staking == Staking::Kept ? 0 : 1), kPassesMax), false};
    const int left = before - met.failed();
    return {std::max(left, 0), left < 0};
}

} // namespace chrona::ftso
