// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace chrona::ui {

/// Numbers that the processor works on at once; operators go lane by lane.
using Four = float __attribute__((vector_size(16)));
using FourInts = std::int32_t __attribute__((vector_size(16)));
using FourWords = std::uint32_t __attribute__((vector_size(16)));
using EightShorts = std::uint16_t __attribute__((vector_size(16)));
using EightBytes = std::uint8_t __attribute__((vector_size(8)));
using SixteenBytes = std::uint8_t __attribute__((vector_size(16)));

[[nodiscard]] inline Four fourOf(float value)
{
    return Four{value, value, value, value};
}
[[nodiscard]] inline Four clamped(Four value, Four low, Four high)
{
    value = value < low ? low : value;
    return value > high ? high : value;
}

} // namespace chrona::ui
