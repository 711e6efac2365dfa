// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace chrona {

/// The first 128 bits of SHA-256. Inputs are hostile (feeds choose them), so a fast hash whose
/// collisions can be made at will would let one item hide another.
struct Hash128 {
    std::array<std::uint8_t, 16> bytes{};
    friend auto operator<=>(const Hash128 &, const Hash128 &) = default;
};

using Hash256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Hash256 sha256(std::span<const std::byte> data);
[[nodiscard]] Hash256 sha256(std::string_view text);

/// Hash of several fields. Each is preceded by its length, so that ("ab","c") differs from
/// ("a","bc").
[[nodiscard]] Hash128 hashOf(std::initializer_list<std::string_view> fields);

/// A positive 63-bit number from a hash, for ids that must be the same wherever they are computed.
[[nodiscard]] std::int64_t idFrom(const Hash128 &hash);

[[nodiscard]] std::string toHex(std::span<const std::uint8_t> bytes);

} // namespace chrona
