// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "evidence.h"

namespace chrona::discovery {

/// Other ways to ask the same question of a signal with window, sign and view: resampling, the
/// overlapping regression, the best of so many trials, and the choice of the window. `ledger` holds
/// all trials, this run's among them; `seed` tells the draws of signals apart.
void addSecondOpinion(const PairData &data, const Parameters &parameters, const TrialLedger &ledger,
                      std::uint64_t seed, Signal &signal);

} // namespace chrona::discovery
