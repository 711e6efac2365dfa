// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/pm_tiles.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// Nothing is read beyond the archive, and no tile is larger than its limit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes = fuzz::textOf(data, size);
    auto tiles = PmTiles::open(
        [bytes](std::uint64_t offset, std::size_t length) -> Result<std::string> {
            mustHold(offset <= bytes.size() && length <= bytes.size() - offset);
            return std::string(bytes.substr(static_cast<std::size_t>(offset), length));
        },
        size);
    if (!tiles)
        return 0;
    mustHold(tiles->info().zoomMin <= tiles->info().zoomMax);
    for (std::uint8_t zoom = 0; zoom <= 3; ++zoom)
        for (std::uint32_t at = 0; at < 1U << zoom; ++at)
            if (const auto tile = tiles->tile({zoom, at, at}); tile && *tile)
                mustHold((*tile)->size() <= PmTiles::kTileBytesMax);
    return 0;
}
