// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ftso/feeds.h"

#include <optional>
#include <span>

namespace chrona::ftso {

struct MedianResult {
    std::int32_t median = 0;
    std::int32_t quartile1 = 0;
    std::int32_t quartile3 = 0;
    friend bool operator==(const MedianResult &, const MedianResult &) = default;
};

struct FeedResult {
    std::optional<MedianResult> values; ///< nothing: nobody gave a value
    ethereum::Uint256 participatingWeight;
    std::uint16_t turnoutBips = 0;
};

/// The weighted median as the reference computes it, to the last digit. values[i] weighs
/// weights[i]; totalWeight is that of all voters of the policy.
[[nodiscard]] FeedResult weightedMedian(std::span<const FeedValue> values,
                                        std::span<const ethereum::Uint256> weights,
                                        const ethereum::Uint256 &totalWeight);

} // namespace chrona::ftso
