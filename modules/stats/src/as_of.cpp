// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/as_of.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace chrona::stats {

std::vector<KnownValue> asOf(std::span<const Vintage> vintages,
                             std::span<const std::int64_t> decisions)
{
    std::vector<std::size_t> order(vintages.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return vintages[i].knownAt; });
    std::vector<KnownValue> result;
    result.reserve(decisions.size());
    KnownValue known;
    std::size_t next = 0;
    for (const std::int64_t decision : decisions) {
        for (; next < order.size() && vintages[order[next]].knownAt <= decision; ++next) {
            const Vintage &vintage = vintages[order[next]];
            if (!known.known || vintage.observedAt > known.observedAt)
                known = {vintage.value, vintage.value, vintage.observedAt, true};
            else if (vintage.observedAt == known.observedAt)
                known.latest = vintage.value;
        }
        result.push_back(known);
    }
    return result;
}

} // namespace chrona::stats
