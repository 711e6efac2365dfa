// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/geometry.h"

#include <cstddef>
#include <span>
#include <string>

namespace chrona::storage {

/// Packs a geometry for a bytea column: version, kind, and for each part a count and its points.
/// Coordinates that are whole multiples of 1e-7 degrees (what sources publish) become differences
/// of variable length, some 4 to 6 bytes a point; others stay doubles. Nothing is lost either way.
[[nodiscard]] std::string packGeometry(const schema::Geometry &geometry);

/// Corrupt for bytes that are cut off, too long, of another version, or that claim more points than
/// they could hold.
[[nodiscard]] Result<schema::Geometry> unpackGeometry(std::span<const std::byte> bytes);

} // namespace chrona::storage
