// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/networks.h"
#include "chrona/ftso/rewards.h"
#include "chrona/storage/connection.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::flare {

/// Where a value lies by the round's result.
struct Closeness {
    bool isInIqr = false, isInPct = false;
    bool isNear = false; ///< within half a percent of the median
};
[[nodiscard]] Closeness closenessOf(std::int64_t value, std::int64_t median,
                                    const ftso::RewardBands &bands, const ftso::FeedId &feed,
                                    RoundId round, const ethereum::Address &submit);

/// How close one voter's values of one feed came in some rounds, and everybody else's.
struct FeedAccuracy {
    struct Counts {
        std::int64_t values = 0, inIqr = 0, inPct = 0, near = 0;
        void add(const Closeness &value);
    };
    struct Last {
        RoundId round = 0;
        std::int16_t decimals = 0;
        std::int32_t median = 0, quartile1 = 0, quartile3 = 0;
        std::int64_t pctLow = 0, pctHigh = 0;
        std::optional<std::int32_t> value{}; ///< of this voter
    };
    std::string feed;
    std::int64_t rounds = 0; ///< that have a median of it
    Counts own, others;
    std::int32_t rank = 0;   ///< by the share in the primary band; 0: no values
    std::int32_t voters = 0; ///< who gave values
    Last last;
};
struct AccuracyView {
    RoundId firstRound = 0, lastRound = 0;
    std::vector<FeedAccuracy> feeds; ///< those of the newest round, in its order
};
/// Over the newest rounds that are computed, at most so many.
[[nodiscard]] Result<AccuracyView> accuracyOf(storage::Connection &connection,
                                              std::string_view network,
                                              const ethereum::Address &identity, int roundsMax);

} // namespace chrona::flare
