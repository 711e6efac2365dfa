// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/tick_segment.h"

namespace chrona::formats {

/// Records as columns of differences, before they are packed.
[[nodiscard]] std::string tickColumns(std::span<const TickRecord> records);
/// False where the bytes are no such columns.
[[nodiscard]] bool readTickColumns(std::string_view bytes, std::size_t count,
                                   std::vector<TickRecord> &records);

} // namespace chrona::formats
