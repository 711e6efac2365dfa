// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

/// Which days may train for which test, in integers. Ranges are half-open. Pure; any thread.
namespace chrona::stats {

struct Range {
    std::size_t begin = 0, end = 0;
    [[nodiscard]] std::size_t size() const { return end - begin; }
    friend bool operator==(const Range &, const Range &) = default;
};

struct FoldPlan {
    std::size_t days = 0;
    std::size_t blocks = 8;  ///< at least 1
    std::size_t horizon = 1; ///< days by which a label reaches forward
    std::size_t embargo = 0; ///< days more, counted after the purge
};

struct WalkForwardFold {
    Range train, test;
};
struct PurgedFold {
    std::vector<Range> train;
    Range test;
};

/// floor(i · days / blocks) for i = 0 … blocks.
[[nodiscard]] std::vector<std::size_t> blockEdges(std::size_t days, std::size_t blocks);
/// Expanding windows; the train range ends horizon + embargo days before its test.
[[nodiscard]] std::vector<WalkForwardFold> walkForward(const FoldPlan &plan,
                                                       std::size_t firstTestBlock);
/// Drops `horizon` days before the test and horizon + embargo after it.
[[nodiscard]] std::vector<PurgedFold> purgedKFold(const FoldPlan &plan);

} // namespace chrona::stats
