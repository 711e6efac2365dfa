// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace chrona::ftso {

/// What one provider did in a reward epoch, as far as the chain of the contracts shows it. A
/// validator's uptime and stake lie on another chain.
struct EpochParticipation {
    std::int64_t feedRounds = 0, near = 0; ///< values that were due; within half a percent
    std::int64_t connectorRounds = 0, connectorRewarded = 0;
    std::int64_t updatesOfAll = 0, updates = 0; ///< fast updates
    double weightShare = 0;                     ///< of the signing weight
};

/// Minimal conditions (FIP.10, FIP.12). What nobody could do counts as done.
struct MinimalConditions {
    bool anchor = false, connector = false, fastUpdates = false;
    [[nodiscard]] int failed() const { return !anchor + !connector + !fastUpdates; }
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
