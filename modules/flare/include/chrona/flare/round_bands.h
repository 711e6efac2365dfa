// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/networks.h"
#include "chrona/storage/connection.h"

#include <string>
#include <string_view>
#include <vector>

namespace chrona::flare {

/// What the voters' revealed values of one feed came to in a round that is over.
struct RoundBand {
    RoundId round = 0;
    std::string feed; ///< "BTC/USD"
    double quartile1 = 0, median = 0, quartile3 = 0;
};
/// Of rounds after one, the oldest first, as far as they are computed from all their blocks; of the
/// newest so many rounds only.
[[nodiscard]] Result<std::vector<RoundBand>> bandsAfter(storage::Connection &connection,
                                                        std::string_view network, RoundId after,
                                                        int roundsMax);

} // namespace chrona::flare
