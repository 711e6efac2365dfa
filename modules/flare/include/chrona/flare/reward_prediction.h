// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/round_watch.h"

namespace chrona::flare {

/// What is paid in a reward epoch for its rounds: all offers together, for each round draws one
/// feed that the whole of its part goes to.
struct EpochOffer {
    Uint256 total{};
    std::int64_t rounds = 0; ///< as the epoch should have
    struct Terms {
        std::uint32_t turnoutBipsMin = 0, primaryBandSharePpm = 0;
    };
    std::vector<Terms> terms{}; ///< of each feed, in canonical order

    /// The remainder goes to the first rounds, one wei each.
    [[nodiscard]] Uint256 ofRound(std::int64_t roundInEpoch) const;
};
[[nodiscard]] Result<EpochOffer> readEpochOffer(storage::Connection &connection, ChainId chain,
                                                const NetworkSetup &setup,
                                                const RewardEpoch &epoch);

/// Which feed a round pays for: drawn by the first secure random of a later round.
[[nodiscard]] std::size_t drawnFeed(const Uint256 &random, RoundId round, std::size_t feeds);

/// What one voter should get of a round, delegators' part included. Accuracy and penalty follow the
/// protocol to the last wei; signing is an estimate, for who signs late may still be paid.
struct PredictedReward {
    Address identity{};
    Uint256 accuracy{}, penalty{}, signing{};
};
[[nodiscard]] std::vector<PredictedReward> predictRewards(const RoundView &view,
                                                          const NetworkSetup &setup,
                                                          const EpochOffer &offer,
                                                          std::size_t feed);

[[nodiscard]] Status savePredicted(storage::Connection &connection, ChainId chain,
                                   const RoundView &view, std::size_t feed,
                                   std::span<const PredictedReward> rewards);

} // namespace chrona::flare
