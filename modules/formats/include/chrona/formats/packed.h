// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

/// Artefacts as they are kept: packed by zstd, quickly rather than tightly. Any thread.
namespace chrona::formats {

/// Nothing where packing would not make them smaller.
[[nodiscard]] std::string packedBytes(std::string_view bytes);
/// Corrupt where they do not unpack to exactly so many.
[[nodiscard]] Result<std::string> unpackedBytes(std::string_view packed, std::size_t size);

} // namespace chrona::formats
