// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::ethereum {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Bytes32 = std::array<std::uint8_t, 32>;
using Address = std::array<std::uint8_t, 20>;

/// "0x" and pairs of hex digits, either case; nothing else.
[[nodiscard]] Result<Bytes> parseHex(std::string_view text);
[[nodiscard]] Result<Bytes32> parseBytes32(std::string_view text);
/// 20 bytes; a mixed-case address must carry the right EIP-55 checksum.
[[nodiscard]] Result<Address> parseAddress(std::string_view text);

[[nodiscard]] std::string toHex(ByteView bytes);              ///< lower case, with 0x
[[nodiscard]] std::string toChecksummed(const Address &address); ///< EIP-55

void append(Bytes &to, ByteView from);

} // namespace chrona::ethereum
