// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "feed_state.h"

namespace chrona::oracle {

/// One readable price on its way into the filter.
struct Feed::State::Word {
    std::size_t venue = 0;
    std::size_t currency = 0;
    double value = 0;      ///< bps in its currency
    double ofMs = 0;       ///< the moment of the market that it speaks of
    double innovation = 0; ///< against what is thought of that moment
    double variance = 0;   ///< expected of the innovation
    double sigma = 0;      ///< its root
    JointFilter::Measurement measurement;
};

} // namespace chrona::oracle
