// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/minimal_conditions.h"

#include <algorithm>

namespace chrona::ftso {

MinimalConditions minimalConditions(const EpochParticipation &epoch)
{
    constexpr double kSmallShare = 0.002; ///< below it no fast updates are expected
    constexpr double kUpdatesShare = 0.8;
    const double expected = epoch.weightShare * static_cast<double>(epoch.updatesOfAll);
    return {.anchor = 10 * epoch.near >= 8 * epoch.feedRounds,
            .connector = 10 * epoch.connectorRewarded >= 6 * epoch.connectorRounds,
            .fastUpdates = epoch.weightShare < kSmallShare ||
                           static_cast<double>(epoch.updates) >= kUpdatesShare * expected};
}

Passes passesAfter(int before, const MinimalConditions &met)
{
    constexpr int kPassesMax = 3;
    if (met.failed() == 0)
        return {std::min(before + 1, kPassesMax), false};
    const int left = before - met.failed();
    return {std::max(left, 0), left < 0};
}

} // namespace chrona::ftso
