// SPDX-License-Identifier: AGPL-3.0-or-later
#include "overfit.h"

#include "chrona/stats/folds.h"

#include <bit>
#include <cmath>
#include <limits>

namespace chrona::discovery {

namespace {

double performance(const TrialSums &trial, unsigned blocks)
{
    double numerator = 0;
    double variance = 0;
    for (std::size_t block = 0; block < kOverfitBlocks; ++block) {
        if ((blocks >> block & 1U) == 0)
            continue;
        numerator += trial.numerator[block];
        variance += trial.variance[block];
    }
    return variance > 0 ? numerator / std::sqrt(variance) : 0;
}

/// Whether the trial that is best on these blocks is below the median on the others. Each trial is
/// taken in the direction in which it seemed to work.
bool fallsBehind(std::span<const TrialSums> trials, unsigned chosen)
{
    constexpr unsigned kAll = (1U << kOverfitBlocks) - 1;
    double best = -1;
    double bestAfter = 0;
    std::vector<double> after;
    for (const auto &trial : trials) {
        const double before = performance(trial, chosen);
        after.push_back(std::copysign(1.0, before) * performance(trial, kAll & ~chosen));
        if (std::abs(before) <= best)
            continue;
        best = std::abs(before);
        bestAfter = after.back();
    }
    std::size_t worse = 0;
    for (const double value : after)
        worse += value < bestAfter ? 1 : 0;
    return 2 * worse < trials.size();
}

} // namespace

double overfitShare(std::span<const TrialSums> trials)
{
    if (trials.size() < 2)
        return std::numeric_limits<double>::quiet_NaN();
    std::size_t splits = 0;
    std::size_t behind = 0;
    for (unsigned chosen = 0; chosen < 1U << kOverfitBlocks; ++chosen) {
        if (std::popcount(chosen) != kOverfitBlocks / 2)
            continue;
        ++splits;
        behind += fallsBehind(trials, chosen) ? 1 : 0;
    }
    return static_cast<double>(behind) / static_cast<double>(splits);
}

std::vector<TrialSums> windowTrials(std::span<const double> x, std::span<const double> scores,
                                    const Windows &windows)
{
    const std::size_t days = std::min(x.size(), scores.size());
    const auto edges = stats::blockEdges(days, kOverfitBlocks);
    std::vector<double> squares(days);
    for (std::size_t t = 0; t < days; ++t)
        squares[t] = scores[t] * scores[t];
    /// Sum over one block of left[t] · right[t + shift].
    const auto sum = [&](std::span<const double> left, std::span<const double> right,
                         std::size_t shift, std::size_t block) {
        const std::size_t begin = edges[block];
        const std::size_t end = std::min(edges[block + 1], days - std::min(days, shift));
        return begin < end ? dotProduct(left.subspan(begin, end - begin),
                                        right.subspan(begin + shift, end - begin))
                           : 0.0;
    };
    std::vector<std::array<double, kOverfitBlocks>> products(windows.shifts());
    for (std::size_t d = 0; d < products.size(); ++d)
        for (std::size_t block = 0; block < kOverfitBlocks; ++block)
            products[d][block] = sum(x, scores, d + 1, block);
    std::vector<TrialSums> trials;
    for (const std::size_t horizon : windows.horizons) {
        auto sums = movingSum(x, horizon);
        for (auto &value : sums)
            value *= value;
        for (std::size_t lag = 0; lag <= windows.lagMax; ++lag) {
            TrialSums trial;
            for (std::size_t block = 0; block < kOverfitBlocks; ++block) {
                for (std::size_t k = 0; k < horizon; ++k)
                    trial.numerator[block] += products[lag + k][block];
                trial.variance[block] = sum(sums, squares, lag + 1, block);
            }
            trials.push_back(trial);
        }
    }
    return trials;
}

TrialSums trialOf(std::span<const double> terms)
{
    const auto edges = stats::blockEdges(terms.size(), kOverfitBlocks);
    TrialSums trial;
    for (std::size_t block = 0; block < kOverfitBlocks; ++block) {
        for (std::size_t t = edges[block]; t < edges[block + 1]; ++t) {
            trial.numerator[block] += terms[t];
            trial.variance[block] += terms[t] * terms[t];
        }
    }
    return trial;
}

void addNumbers(const PairResult &looked, const TrialSums &trial, std::vector<double> &numbers)
{
    numbers.insert(numbers.end(),
                   {looked.p, static_cast<double>(looked.view),
                    static_cast<double>(looked.best.horizon), static_cast<double>(looked.best.lag),
                    looked.best.t, looked.inflation, looked.wholeT,
                    static_cast<double>(looked.tests)});
    numbers.insert(numbers.end(), trial.numerator.begin(), trial.numerator.end());
    numbers.insert(numbers.end(), trial.variance.begin(), trial.variance.end());
}

void fromNumbers(std::span<const double> numbers, PairResult &looked, TrialSums &trial)
{
    looked = {
        numbers[0],
        static_cast<View>(numbers[1]),
        {static_cast<std::size_t>(numbers[2]), static_cast<std::size_t>(numbers[3]), numbers[4]},
        numbers[5],
        numbers[6],
        static_cast<std::size_t>(numbers[7])};
    std::ranges::copy(numbers.subspan(8, kOverfitBlocks), trial.numerator.begin());
    std::ranges::copy(numbers.subspan(8 + kOverfitBlocks, kOverfitBlocks), trial.variance.begin());
}

} // namespace chrona::discovery
