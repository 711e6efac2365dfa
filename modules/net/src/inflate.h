// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace chrona::net {

/// What was sent under a Content-Encoding (empty, identity, gzip, deflate, zstd), unpacked.
///
/// Unpacks piece by piece and stops at the limit, so a bomb costs the limit and no more: Exhausted.
/// Corrupt for bytes that do not unpack, end early, or carry something behind their end.
[[nodiscard]] Result<std::string> inflate(std::string body, std::string_view encoding,
                                          std::size_t bytesMax);

} // namespace chrona::net
