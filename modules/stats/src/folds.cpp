// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/folds.h"

#include <algorithm>

namespace chrona::stats {

std::vector<std::size_t> blockEdges(std::size_t days, std::size_t blocks)
{
    std::vector<std::size_t> edges;
    // Quotient and rest apart: i · days could overflow.
    for (std::size_t i = 0; blocks > 0 && i <= blocks; ++i)
        edges.push_back(days / blocks * i + days % blocks * i / blocks);
    return edges;
}

std::vector<WalkForwardFold> walkForward(const FoldPlan &plan, std::size_t firstTestBlock)
{
    const auto edges = blockEdges(plan.days, plan.blocks);
    const std::size_t gap = plan.horizon + plan.embargo;
    std::vector<WalkForwardFold> folds;
    for (std::size_t block = firstTestBlock; block < plan.blocks; ++block) {
        const std::size_t begin = edges[block];
        folds.push_back({{0, begin > gap ? begin - gap : 0}, {begin, edges[block + 1]}});
    }
    return folds;
}

std::vector<PurgedFold> purgedKFold(const FoldPlan &plan)
{
    const auto edges = blockEdges(plan.days, plan.blocks);
    std::vector<PurgedFold> folds;
    for (std::size_t block = 0; block < plan.blocks; ++block) {
        PurgedFold fold{{}, {edges[block], edges[block + 1]}};
        const std::size_t before =
            fold.test.begin > plan.horizon ? fold.test.begin - plan.horizon : 0;
        const std::size_t after = fold.test.end + plan.horizon + plan.embargo;
        if (before > 0)
            fold.train.push_back({0, before});
        if (after < plan.days)
            fold.train.push_back({after, plan.days});
        folds.push_back(std::move(fold));
    }
    return folds;
}

} // namespace chrona::stats
