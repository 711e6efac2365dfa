// SPDX-License-Identifier: AGPL-3.0-or-later
#include "random.h"

#include "exact_math.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chrona::sample {

namespace {

std::uint64_t splitMix(std::uint64_t &state)
{
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

} // namespace

Random::Random(std::uint64_t seed)
{
    seedWith(seed);
}

Random::Random(std::uint64_t seed, std::string_view stream, std::uint64_t index)
{
    std::uint64_t hash = 0xCBF29CE484222325U; // FNV-1a, for the stream's name only
    for (const char c : stream)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    std::uint64_t mixed = seed;
    mixed = splitMix(mixed) ^ hash;
    mixed = splitMix(mixed) + index;
    seedWith(splitMix(mixed));
}

void Random::seedWith(std::uint64_t seed)
{
    for (auto &word : m_state)
        word = splitMix(seed);
}

std::uint64_t Random::bits()
{
    auto &s = m_state;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = std::rotl(s[3], 45);
    return result;
}

double Random::uniform()
{
    return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

std::size_t Random::below(std::size_t count)
{
    // 53 bits over a count below 2^32: the bias is far below anything that could be seen.
    return std::min(static_cast<std::size_t>(uniform() * static_cast<double>(count)), count - 1);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high)
{
    return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
}

double Random::normal()
{
    if (m_hasSpare) {
        m_hasSpare = false;
        return m_spare;
    }
    double u = 0;
    double v = 0;
    double s = 0;
    do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
    } while (s >= 1 || s < 1e-300);
    const double factor = std::sqrt(-2 * exact::log(s) / s);
    m_spare = v * factor;
    m_hasSpare = true;
    return u * factor;
}

double Random::student5()
{
    double chiSquare = 0;
    for (int i = 0; i < 5; ++i) {
        const double z = normal();
        chiSquare += z * z;
    }
    return normal() / std::sqrt(chiSquare / 5) * std::sqrt(3.0 / 5.0);
}

double Random::exponential(double mean)
{
    return -mean * exact::log(1 - uniform());
}

double Random::pareto(double minimum, double shape)
{
    return minimum * exact::power(1 - uniform(), -1 / shape);
}

std::size_t Random::pickByCumulative(std::span<const double> cumulative)
{
    const double at = uniform() * cumulative.back();
    const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), at);
    return std::min(static_cast<std::size_t>(found - cumulative.begin()), cumulative.size() - 1);
}

} // namespace chrona::sample
