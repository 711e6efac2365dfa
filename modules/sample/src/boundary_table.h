// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace chrona::sample {

/// Areas as shared arcs, so that neighbours have one border. See recipe/make_boundary_table.py.
struct BoundaryTable {
    std::span<const char *const> codes; ///< ISO 3166-2, ascending
    std::span<const std::int32_t>
        parts; ///< a code: polygons, each: rings, each: arcs, each an index
    std::span<const std::int32_t> arcEnds; ///< where an arc's numbers end in steps
    std::span<const std::int16_t>
        steps; ///< x, y in hundredths of a degree, each from the one before
};

[[nodiscard]] BoundaryTable boundaryTable();

} // namespace chrona::sample
