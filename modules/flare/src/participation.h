// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/round_watch.h"

namespace chrona::flare {

/// What every voter did in the round of a view whose result is computed.
void addParticipation(RoundView &view, const NetworkSetup &setup,
                      std::span<const StoredCall> calls);

} // namespace chrona::flare
