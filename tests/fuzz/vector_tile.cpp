// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/vector_tile.h"

#include <cstdlib>

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// No more points than the bytes can hold, none far away, and properties that exist.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto layers = readVectorTile(fuzz::textOf(data, size));
    if (!layers)
        return 0;
    std::size_t points = 0;
    for (const TileLayer &layer : *layers) {
        mustHold(layer.extent > 0);
        for (const TileFeature &feature : layer.features) {
            for (const auto &part : feature.parts) {
                points += part.size();
                for (const TilePoint &point : part)
                    mustHold(std::abs(point.x) <= 1 << 24 && std::abs(point.y) <= 1 << 24);
            }
            for (const auto &[key, value] : feature.tags)
                mustHold(key < layer.keys.size() && value < layer.values.size());
            (void)layer.valueOf(feature, "kind");
        }
    }
    mustHold(points <= size / 2);
    return 0;
}
