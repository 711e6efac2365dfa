// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chrona::graph {

inline constexpr std::uint32_t kUnnumbered = 0xFFFFFFFF;

/// Renames groups, whose names are below the number of members, to 0, 1, 2 …: the largest first,
/// and among equals that with the earlier member. Returns their sizes.
std::vector<std::uint32_t> numberBySize(std::span<std::uint32_t> groups);

} // namespace chrona::graph
