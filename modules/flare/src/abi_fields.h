// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/abi.h"
#include "chrona/flare/networks.h"

#include <algorithm>

namespace chrona::flare {

// Fields of decoded values. Their types were checked when they were decoded, so a value of another
// kind is impossible, and gives zero.

inline ethereum::Uint256 numberIn(const ethereum::AbiValue &value)
{
    const auto *number = std::get_if<ethereum::Uint256>(&value.value);
    return number ? *number : ethereum::Uint256();
}

inline std::uint64_t smallIn(const ethereum::AbiValue &value)
{
    return numberIn(value).toUint64().value_or(0);
}

inline Bytes bytesIn(const ethereum::AbiValue &value)
{
    const auto *bytes = std::get_if<Bytes>(&value.value);
    return bytes ? *bytes : Bytes();
}

template <std::size_t Size> std::array<std::uint8_t, Size> fixedIn(const ethereum::AbiValue &value)
{
    std::array<std::uint8_t, Size> fixed{};
    const Bytes bytes = bytesIn(value);
    std::copy_n(bytes.begin(), std::min(bytes.size(), Size), fixed.begin());
    return fixed;
}

inline Address addressIn(const ethereum::AbiValue &value)
{
    return fixedIn<20>(value);
}

inline const std::vector<ethereum::AbiValue> &listIn(const ethereum::AbiValue &value)
{
    static const std::vector<ethereum::AbiValue> nothing;
    const auto *list = std::get_if<std::vector<ethereum::AbiValue>>(&value.value);
    return list ? *list : nothing;
}

} // namespace chrona::flare
