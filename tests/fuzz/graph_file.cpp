// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/workspace/graph_file.h"

#include <algorithm>
#include <cmath>

using namespace chrona;
using chrona::fuzz::mustHold;

/// Any bytes are refused with a reason, or name nodes, each once, at places that layouts know.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto file = workspace::GraphFile::read(fuzz::textOf(data, size));
    if (!file) {
        mustHold(!file.error().what.empty());
        return 0;
    }
    mustHold(!file->nodes.empty());
    auto nodes = file->nodes;
    std::ranges::sort(nodes);
    mustHold(std::ranges::adjacent_find(nodes) == nodes.end());
    for (const auto &[key, place] : file->places) {
        mustHold(std::ranges::binary_search(nodes, key));
        mustHold(std::isfinite(place.x) && std::isfinite(place.y));
    }
    return 0;
}
