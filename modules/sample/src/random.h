// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chrona::sample {

/// xoshiro256++ seeded by SplitMix64, with distributions of our own: a seed gives the same numbers
/// on every platform. Each duty draws from its own stream, named by text, so that a change in one
/// leaves the others as they were. Cheap to make. One thread at a time.
class Random {
public:
    explicit Random(std::uint64_t seed);
    Random(std::uint64_t seed, std::string_view stream, std::uint64_t index = 0);

    [[nodiscard]] std::uint64_t bits();
    [[nodiscard]] double uniform(); ///< [0, 1)
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    [[nodiscard]] std::size_t below(std::size_t count); ///< 0 … count - 1; count > 0
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high); ///< both included
    [[nodiscard]] bool chance(double probability) { return uniform() < probability; }
    [[nodiscard]] double normal();   ///< mean 0, deviation 1
    [[nodiscard]] double student5(); ///< five degrees of freedom, scaled to unit variance
    [[nodiscard]] double exponential(double mean);
    [[nodiscard]] double pareto(double minimum, double shape);

    template <class T> [[nodiscard]] const T &pick(std::span<const T> values)
    {
        return values[below(values.size())];
    }
    template <class T, std::size_t N> [[nodiscard]] const T &pick(const T (&values)[N])
    {
        return values[below(N)];
    }
    template <class T, std::size_t N> [[nodiscard]] const T &pick(const std::array<T, N> &values)
    {
        return values[below(N)];
    }
    /// An index in proportion to ascending cumulative weights.
    [[nodiscard]] std::size_t pickByCumulative(std::span<const double> cumulative);

private:
    void seedWith(std::uint64_t seed);
    std::array<std::uint64_t, 4> m_state{};
    double m_spare = 0;
    bool m_hasSpare = false;
};

} // namespace chrona::sample
