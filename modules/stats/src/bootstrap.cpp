// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::stats {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// SplitMix64: small, and good enough to choose blocks.
class BlockRandom {
public:
    explicit BlockRandom(std::uint64_t seed) : m_state(seed) {}
    double uniform()
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }

private:
    std::uint64_t m_state;
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
    BlockRandom random(plan.seed);
    const double restart = 1 / plan.meanBlock;
    double sum = 0;
    double squares = 0;
    std::size_t asFar = 0;
    std::size_t blocks = 0;
    for (std::size_t draw = 0; draw < plan.draws; ++draw) {
        double total = 0;
        std::size_t at = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (i == 0 || random.uniform() < restart) {
                at = std::min(static_cast<std::size_t>(random.uniform() * static_cast<double>(n)),
                              n - 1);
                ++blocks;
            } else {
                at = at + 1 == n ? 0 : at + 1;
            }
            total += values[at];
        }
        const double away = total / static_cast<double>(n) - result.mean;
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
