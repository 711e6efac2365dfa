// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace chrona::connect {

/// Unpacks a stream frame that a venue packed with gzip. Stops at the limit, so a bomb costs the
/// limit and no more. InvalidInput for bytes that do not unpack or end early. Pure.
[[nodiscard]] Result<std::string> gunzip(std::string_view packed, std::size_t bytesMax);

} // namespace chrona::connect
