// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/panel.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Small worlds with known answers for the engine's tests.
namespace chrona::discovery::tests {

struct PlantedWorld {
    std::vector<DecisionDay> days;
    std::vector<FeatureHistory> features;
    std::vector<TargetHistory> targets;

    [[nodiscard]] AsOfPanel panel() const;
};

struct WorldSize {
    std::uint64_t seed = 1;
    std::size_t days = 1'500, features = 20, targets = 6;
};

/// Noise only: features "F00", "F01", … available the same day; targets "T0", "T1", … with a common
/// factor.
[[nodiscard]] PlantedWorld noiseWorld(const WorldSize &size);

struct Effect {
    std::size_t feature = 0, target = 0;
    std::size_t lag = 1;       ///< days from the feature to the return, at least 1
    double correlation = 0.15; ///< with the daily return
    std::size_t endsAt = static_cast<std::size_t>(-1);
};
/// Lets a feature lead a target.
void plant(PlantedWorld &world, const Effect &effect);
/// Makes a feature of what its target does in the next days, published once they are over.
void plantLeak(PlantedWorld &world, std::size_t feature, std::size_t target, std::size_t window);

} // namespace chrona::discovery::tests
