// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"

namespace chrona::geo {

/// The same areas on a grid of `step` degrees; 0: as they are. Points that fall on one place of the
/// grid become one, so neighbours that share a border share it afterwards as well, without gaps:
/// ways that choose points by the shape of each ring do not keep that. Rings that have no area left
/// go, but the largest polygon always stays. Any thread.
[[nodiscard]] schema::MultiPolygon coarsened(schema::MultiPolygon areas, double step);

} // namespace chrona::geo
