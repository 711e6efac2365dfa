// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/uint256.h"

#include <cstdint>
#include <span>

namespace chrona::ftso {

/// A validator of a provider, in a reward epoch. Amounts are wei.
struct ValidatorSeen {
    ethereum::Uint256 selfBond{}, stake{};
    std::int64_t checks = 0, connected = 0; ///< looks, and in how many it was there
};

/// The condition on validators. Kept: passes are neither earned nor lost.
enum class Staking : std::uint8_t { NotAsked, Unknown, Failed, Kept, Met };
/// Four fifths of the stake with four fifths of uptime, a million of self-bond; three millions and
/// fifteen of stake earn passes. Unknown while one of them was not looked at; nobody's is Failed.
[[nodiscard]] Staking stakingOf(std::span<const ValidatorSeen> validators);

/// What one provider did in a reward epoch.
struct EpochParticipation {
    std::int64_t feedRounds = 0, near = 0; ///< values that were due; within half a percent
    std::int64_t connectorRounds = 0, connectorRewarded = 0;
    std::int64_t updatesOfAll = 0, updates = 0;      ///< fast updates
    std::int64_t signingWeight = 0, weightOfAll = 0; ///< as the policy has them
    Staking staking = Staking::NotAsked;
};

/// Minimal conditions (FIP.10, FIP.12). What nobody could do counts as done.
struct MinimalConditions {
    bool anchor = false, connector = false, fastUpdates = false;
    Staking staking = Staking::NotAsked;
    /// How many failed at most: what is not known counts as failed.
    [[nodiscard]] int failed() const
    {
        const bool isStaked = staking != Staking::Failed && staking != Staking::Unknown;
        return !anchor + !connector + !fastUpdates + !isStaked;
    }
    friend bool operator==(const MinimalConditions &, const MinimalConditions &) = default;
};
[[nodiscard]] MinimalConditions minimalConditions(const EpochParticipation &epoch);

struct Passes {
    int count = 0;        ///< 0–3
    bool isBurnt = false; ///< all rewards of the epoch are lost, delegators' too
    friend bool operator==(const Passes &, const Passes &) = default;
};
/// After an epoch that began with so many.
[[nodiscard]] Passes passesAfter(int before, const MinimalConditions &met);

} // namespace chrona::ftso
