// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/bootstrap.h"

#include "missing.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace chrona::stats {

namespace {

/// SplitMix64: small, and good enough to choose blocks.
class BlockRandom {
public:
    explicit BlockRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t m_state;
};

/// Lengths of blocks: 1, 2, … with probabilities that fall by 1 - 1/mean. A table answers for all
/// but the longest, because a logarithm a block would cost more than the rest of a draw.
class BlockLengths {
public:
    BlockLengths(double mean, std::size_t lengthMax)
        : m_logKeep(std::log1p(-1 / mean)), m_lengthMax(lengthMax), m_table(kPlaces)
    {
        for (std::size_t i = 0; i < kPlaces; ++i)
            m_table[i] = lengthAt((static_cast<double>(i) + 0.5) / kPlaces);
    }
    /// bits: 32 random ones.
    [[nodiscard]] std::size_t length(std::uint32_t bits) const
    {
        const std::size_t place = bits >> (32 - kPlaceBits);
        return place > 0 ? m_table[place] : lengthAt((bits + 0.5) * 0x1.0p-32);
    }

private:
    static constexpr unsigned kPlaceBits = 14;
    static constexpr std::size_t kPlaces = std::size_t{1} << kPlaceBits;

    /// The length that is exceeded with that probability.
    [[nodiscard]] std::uint32_t lengthAt(double probability) const
    {
        if (m_logKeep == 0 || std::isinf(m_logKeep))
            return 1;
        const double length = 1 + std::floor(std::log(probability) / m_logKeep);
        return static_cast<std::uint32_t>(std::min(length, static_cast<double>(m_lengthMax)));
    }

    double m_logKeep;
    std::size_t m_lengthMax;
    std::vector<std::uint32_t> m_table;
};

double meanOf(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

} // namespace

BootstrapMean bootstrapMean(std::span<const double> values, const BootstrapPlan &plan)
{
    BootstrapMean result{kMissing, kMissing, kMissing, kMissing, kMissing};
    const std::size_t n = values.size();
    if (n < 2 || !(plan.meanBlock >= 1) || plan.draws < 2)
        return result;
    result.mean = meanOf(values);
    std::vector<double> sums(2 * n + 1); // of the values laid round twice: a block is a difference
    for (std::size_t i = 0; i < 2 * n; ++i)
        sums[i + 1] = sums[i] + (values[i % n] - result.mean);
    BlockRandom random(plan.seed);
    const BlockLengths lengths(plan.meanBlock, n);
    double sum = 0;
    double squares = 0;
    std::size_t asFar = 0;
    std::size_t blocks = 0;
    for (std::size_t draw = 0; draw < plan.draws; ++draw) {
        double total = 0;
        for (std::size_t taken = 0; taken < n; ++blocks) {
            const std::uint64_t bits = random.next();
            const auto begin = static_cast<std::size_t>(((bits >> 32) * n) >> 32);
            const std::size_t length =
                std::min(lengths.length(static_cast<std::uint32_t>(bits)), n - taken);
            total += sums[begin + length] - sums[begin];
            taken += length;
        }
        const double away = total / static_cast<double>(n);
        sum += away;
        squares += away * away;
        asFar += std::abs(away) >= std::abs(result.mean) ? 1 : 0;
    }
    const auto draws = static_cast<double>(plan.draws);
    result.resampledMean = result.mean + sum / draws;
    result.standardError = std::sqrt(std::max(0.0, (squares - sum * sum / draws) / (draws - 1)));
    result.pTwoSided = (1 + static_cast<double>(asFar)) / (draws + 1);
    // Every draw is cut after n values: each of its blocks but the last had its full length.
    result.meanBlockDrawn = draws * static_cast<double>(n) / static_cast<double>(blocks);
    return result;
}

double exactBootstrapError(std::span<const double> values, double meanBlock)
{
    const std::size_t n = values.size();
    if (n < 2 || !(meanBlock >= 1))
        return kMissing;
    const double mean = meanOf(values);
    const double keep = 1 - 1 / meanBlock;
    const auto count = static_cast<double>(n);
    double variance = 0;
    for (std::size_t k = 0; k < n; ++k) {
        double covariance = 0;
        for (std::size_t t = 0; t < n; ++t)
            covariance += (values[t] - mean) * (values[(t + k) % n] - mean);
        covariance /= count;
        // A pair k apart is met when no new block began in between.
        const auto distance = static_cast<double>(k);
        variance +=
            (k == 0 ? 1 : 2 * (1 - distance / count) * std::pow(keep, distance)) * covariance;
    }
    return std::sqrt(std::max(0.0, variance) / count);
}

} // namespace chrona::stats
