// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/geo/base_map.h"

#include <span>

/// Bytes that are no base map are refused, and nothing is read beyond them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    (void)chrona::geo::readBaseMap(std::as_bytes(std::span(data, size)));
    return 0;
}
