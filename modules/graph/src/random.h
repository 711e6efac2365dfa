// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace chrona::graph {

/// SplitMix64: the same numbers with every standard library, which <random>'s distributions are
/// not.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    [[nodiscard]] std::uint64_t next()
    {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    /// Below `bound`, which is above 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    /// 0 to 1.
    [[nodiscard]] float unit() { return float(next() >> 40) * 0x1p-24F; }

private:
    std::uint64_t m_state;
};

} // namespace chrona::graph
