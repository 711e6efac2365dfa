// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/time.h"

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>

/// Postgres' binary forms: network byte order, times as microseconds since 2000.
namespace chrona::storage::wire {

enum Type : std::uint32_t {
    kBytea = 17,
    kInt8 = 20,
    kInt2 = 21,
    kInt4 = 23,
    kText = 25,
    kFloat4 = 700,
    kFloat8 = 701,
    kByteaArray = 1001,
    kInt2Array = 1005,
    kTextArray = 1009,
    kInt8Array = 1016,
    kFloat8Array = 1022,
    kTimestamptz = 1184,
    kTimestamptzArray = 1185,
    kJsonb = 3802,
};

inline constexpr char kJsonbVersion = 1;
inline constexpr std::int64_t kEpochOffsetMicros = 946'684'800'000'000;

template <std::integral T> T toBig(T value)
{
    if constexpr (std::endian::native == std::endian::little && sizeof(T) > 1)
        return std::byteswap(value);
    return value;
}

template <std::integral T> void append(std::string &to, T value)
{
    const T big = toBig(value);
    char bytes[sizeof big];
    std::memcpy(bytes, &big, sizeof big);
    to.append(bytes, sizeof bytes);
}

template <std::integral T> T read(const char *from)
{
    T big;
    std::memcpy(&big, from, sizeof big);
    return toBig(big);
}

inline std::int64_t fromInstant(Instant instant)
{
    return instant.time_since_epoch().count() - kEpochOffsetMicros;
}

inline Instant toInstant(std::int64_t micros)
{
    // Postgres' infinities would overflow; they stand for the ends of what an Instant can say.
    constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max() - kEpochOffsetMicros;
    return Instant(Duration(std::min(micros, kMax) + kEpochOffsetMicros));
}

} // namespace chrona::storage::wire
