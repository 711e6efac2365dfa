// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// The plain ways to make one price of many, always shown beside the consensus. Prices in the
/// feed's own currency. No allocation. One thread at a time for objects; functions any thread.
namespace chrona::oracle {

/// One opinion; only sound ones belong here.
struct WeightedPrice {
    double price = 0;
    double weight = 0; ///< 0: left out
};

/// The first price at which half of the weight is reached. Sorts in place; NaN when nothing has
/// weight.
[[nodiscard]] double weightedMedianInPlace(std::span<WeightedPrice> votes);
/// The price below which `part` of the weight lies.
[[nodiscard]] double weightedQuantileInPlace(std::span<WeightedPrice> votes, double part);

/// Lowers weights until none exceeds its cap and no group its own, and makes their sum 1. Too few
/// venues for the cap share alike; a group that is alone keeps everything. At most 64 weights, with
/// as many groups; VenueProfile::kNoGroup stands alone.
struct WeightCaps {
    double single = 0.20;
    double group = 0.50;
};
void capWeights(std::span<double> weights, std::span<const std::uint16_t> groups,
                const WeightCaps &caps);

/// Trades of the last seconds: volume-weighted and time-weighted means.
///
/// Fixed rings of one second each; what is older than the window never counts.
class TradeWindow {
public:
    explicit TradeWindow(int seconds);

    void add(std::int64_t atMs, double price, double size);
    [[nodiscard]] double vwap(std::int64_t nowMs) const; ///< NaN: no volume in the window
    [[nodiscard]] double twap(std::int64_t nowMs) const; ///< mean of the seconds' own means

private:
    struct Second {
        std::int64_t second = -1;
        double volume = 0, turnover = 0, sum = 0, count = 0;
    };
    template <class Take> void eachSecond(std::int64_t nowMs, Take take) const;
    std::vector<Second> m_seconds;
};

} // namespace chrona::oracle
