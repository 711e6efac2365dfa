// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/boundary.h"

#include <vector>

namespace chrona::sample {

/// US states and Canadian provinces, decoded from the table.
[[nodiscard]] std::vector<schema::Boundary> makeBoundaries();

} // namespace chrona::sample
