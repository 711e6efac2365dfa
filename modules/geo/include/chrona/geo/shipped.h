// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chrona::geo {

enum class ShippedData : std::uint8_t {
    World,       ///< base map for world and continent views (Natural Earth 1:50 m)
    WorldDetail, ///< land, countries and borders for closer views (Natural Earth 1:10 m)
    UsCounties2017,
    UsCounties2023, ///< with Connecticut's planning regions
    Places,
    Ports, ///< as Places, of Natural Earth 1:10 m; nobody lives in them
    Countries, ///< code table, text
};

/// The data of resources/geo, inside the program: read-only pages of the executable, so nothing is
/// copied, nothing can be missing, and what is never looked at never comes into memory.
[[nodiscard]] std::span<const std::byte> shippedData(ShippedData which);

/// What the map must show in a corner and the About box in full (licences:
/// resources/geo/README.md).
[[nodiscard]] std::string_view shippedAttribution();

} // namespace chrona::geo
