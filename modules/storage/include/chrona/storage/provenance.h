// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <cstdint>

namespace chrona::storage {

enum class Provenance : std::uint8_t { Real, Synthetic };

/// Deletes everything that is marked synthetic, in one transaction; the number of rows that went.
/// Facts about synthetic instruments, series and sources go with them.
[[nodiscard]] Result<std::int64_t> clearSynthetic(Connection &connection);

} // namespace chrona::storage
