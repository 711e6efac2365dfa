// SPDX-License-Identifier: AGPL-3.0-or-later
#include "numbering.h"

#include <algorithm>

namespace chrona::graph {

std::vector<std::uint32_t> numberBySize(std::span<std::uint32_t> groups)
{
    std::vector<std::uint32_t> size(groups.size(), 0);
    std::vector<std::uint32_t> names; // in the order of their first members
    for (const std::uint32_t group : groups)
        if (size[group]++ == 0)
            names.push_back(group);
    std::ranges::stable_sort(names, std::greater{}, [&](std::uint32_t name) { return size[name]; });
    std::vector<std::uint32_t> number(groups.size());
    std::vector<std::uint32_t> sizes;
    for (const std::uint32_t name : names) {
        number[name] = std::uint32_t(sizes.size());
        sizes.push_back(size[name]);
    }
    for (std::uint32_t &group : groups)
        group = number[group];
    return sizes;
}

} // namespace chrona::graph
