// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"

#include <cstdint>

namespace chrona::ftso {

/// The last `bytes` bytes of the value, the highest first.
inline void appendNumber(ethereum::Bytes &to, std::uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        to.push_back(static_cast<std::uint8_t>(value >> shift));
}

} // namespace chrona::ftso
