// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/round_watch.h"

namespace chrona::flare {

/// A round of which too little is known to compute it: kept so that it is not tried for ever.
[[nodiscard]] Status saveUnknownRound(storage::Connection &connection, ChainId chain,
                                      const NetworkSetup &setup, RoundId round);

} // namespace chrona::flare
