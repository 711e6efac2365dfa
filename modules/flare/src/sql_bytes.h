// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/networks.h"
#include "chrona/storage/parameter.h"
#include "chrona/storage/rows.h"

#include <algorithm>

namespace chrona::flare {

inline std::span<const std::byte> sqlBytes(ByteView bytes)
{
    return std::as_bytes(bytes);
}

inline Bytes bytesAt(const storage::Row &row, int column)
{
    const auto bytes = row.bytes(column);
    Bytes out(bytes.size());
    std::ranges::transform(bytes, out.begin(),
                           [](std::byte b) { return static_cast<std::uint8_t>(b); });
    return out;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> fixedAt(const storage::Row &row, int column)
{
    std::array<std::uint8_t, Size> fixed{};
    const Bytes bytes = bytesAt(row, column);
    std::copy_n(bytes.begin(), std::min(bytes.size(), Size), fixed.begin());
    return fixed;
}

} // namespace chrona::flare
