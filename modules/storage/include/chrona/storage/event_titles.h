// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Questions to the titles of all events at once. They read the whole table, some 0.5 s for a
/// million events: an index over words would cost each stored event more than these rare questions.
namespace chrona::storage {

/// The ids of all events whose title holds every word, in any case; in no order. Without words:
/// InvalidInput.
[[nodiscard]] Result<std::vector<std::int64_t>> eventsTitled(Connection &connection,
                                                             std::span<const std::string> words);

struct TitleRanks {
    std::vector<std::int64_t> id;
    std::vector<std::uint32_t> rank; ///< from 1; equal where titles are equal but for their case
};
[[nodiscard]] Result<TitleRanks> rankTitles(Connection &connection);

} // namespace chrona::storage
