// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"

namespace chrona::ethereum {

/// Keccak-256 with the original padding, which is not SHA3-256.
[[nodiscard]] Bytes32 keccak256(ByteView data);
[[nodiscard]] Bytes32 keccak256(std::string_view text);
/// Of two byte strings as if they were joined.
[[nodiscard]] Bytes32 keccak256(ByteView first, ByteView second);

} // namespace chrona::ethereum
