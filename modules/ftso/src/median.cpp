// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/median.h"

#include <algorithm>
#include <ranges>

namespace chrona::ftso {
namespace {

using ethereum::Uint256;

struct Vote {
    std::int32_t value;
    Uint256 weight;
};

/// The first value, walking in the given order, whose running weight exceeds a quarter.
template <class Votes> std::int32_t quartile(const Votes &votes, const Uint256 &quarter)
{
    Uint256 sum;
    std::int32_t last = 0;
    for (const Vote &vote : votes) {
        sum += vote.weight;
        last = vote.value;
        if (sum > quarter)
            break;
    }
    return last;
}

std::int32_t medianOf(const std::vector<Vote> &votes, const Uint256 &total)
{
    const bool even = (total % Uint256(2)).isZero();
    const Uint256 half = total / Uint256(2);
    const Uint256 target = even ? half : half + Uint256(1);
    Uint256 sum;
    for (std::size_t i = 0; i < votes.size(); ++i) {
        sum += votes[i].weight;
        if (sum < target)
            continue;
        if (even && sum == half && i + 1 < votes.size()) {
            const std::int64_t pair = std::int64_t(votes[i].value) + votes[i + 1].value;
            return static_cast<std::int32_t>(pair >> 1); // rounds down, below zero too
        }
        return votes[i].value;
    }
    return votes.back().value;
}

} // namespace

FeedResult weightedMedian(std::span<const FeedValue> values, std::span<const Uint256> weights,
                          const Uint256 &totalWeight)
{
    std::vector<Vote> votes;
    FeedResult result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i])
            continue;
        votes.push_back({*values[i], weights[i]});
        result.participatingWeight += weights[i];
    }
    if (!totalWeight.isZero())
        result.turnoutBips = static_cast<std::uint16_t>(
            ethereum::multiplyDivide(result.participatingWeight, Uint256(10'000), totalWeight)
                .toUint64()
                .value_or(0));
    if (votes.empty())
        return result;
    std::ranges::sort(votes, {}, &Vote::value);
    const Uint256 quarter = result.participatingWeight / Uint256(4);
    result.values = MedianResult{medianOf(votes, result.participatingWeight),
                                 quartile(votes, quarter),
                                 quartile(std::views::reverse(votes), quarter)};
    return result;
}

} // namespace chrona::ftso
