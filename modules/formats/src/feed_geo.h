// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"
#include "feed_names.h"

#include <optional>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// Whether positions in this reference system are latitude and longitude in degrees. GeoRSS is so
/// by definition; a projected system would put a place on the wrong side of the world.
[[nodiscard]] bool isGeographic(std::string_view srsName);

/// Numbers separated by blanks or commas; none where one of them is no number.
[[nodiscard]] std::vector<double> readNumbers(std::string_view text);

/// "latitude longitude …" as a point, line, polygon or box; no geometry where it is none on Earth.
[[nodiscard]] schema::Geometry geometryFrom(FeedRole shape, std::string_view positions);
[[nodiscard]] schema::Geometry pointFrom(const std::optional<double> &latitude,
                                         const std::optional<double> &longitude);

} // namespace chrona::formats
