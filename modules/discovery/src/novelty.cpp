// SPDX-License-Identifier: AGPL-3.0-or-later
#include "novelty.h"

#include "missing.h"

#include "chrona/stats/distributions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace chrona::discovery {

namespace {

constexpr std::size_t kYear = 252;
constexpr std::size_t kKnownMin = 60;
constexpr double kElevatedZ = 2;
constexpr double kElevatedPercentile = 0.95;

/// The values of the last year, in order, so that each day costs a search and not a sort.
class Trailing {
public:
    void add(double value)
    {
        if (std::isnan(value))
            return;
        m_sorted.insert(std::ranges::upper_bound(m_sorted, value), value);
        m_sum += value;
        m_squares += value * value;
    }
    void remove(double value)
    {
        if (std::isnan(value))
            return;
        m_sorted.erase(std::ranges::lower_bound(m_sorted, value));
        m_sum -= value;
        m_squares -= value * value;
    }

    [[nodiscard]] std::size_t count() const { return m_sorted.size(); }
    [[nodiscard]] double percentile(double value) const
    {
        const auto below = std::ranges::lower_bound(m_sorted, value) - m_sorted.begin();
        return static_cast<double>(below) / static_cast<double>(count());
    }
    [[nodiscard]] double robustZ(double value) const
    {
        const double middle = m_sorted[count() / 2];
        const double deviation = 1.4826 * medianDistance(middle);
        if (deviation > 0)
            return (value - middle) / deviation;
        return value == middle ? 0 : kMissing; // more than half of the year was one value
    }
    /// Normal deviation with the probability of at least this count.
    [[nodiscard]] double countZ(double value) const
    {
        if (value <= 0)
            return 0;
        const auto n = static_cast<double>(count());
        const double mean = std::max(m_sum / n, 0.5 / n); // a quiet year is no proof of never
        const double variance = m_squares / n - (m_sum / n) * (m_sum / n);
        // As r grows a negative binomial becomes a Poisson distribution.
        const double r = variance > mean * 1.0001 ? mean * mean / (variance - mean) : 1e6;
        const double tail = stats::incompleteBeta(value, r, mean / (mean + r));
        return -stats::normalQuantile(std::clamp(tail, 1e-300, 1 - 1e-16));
    }

private:
    /// The middle one of the distances from the middle: values left and right of it are merged.
    [[nodiscard]] double medianDistance(double middle) const
    {
        const std::size_t wanted = count() / 2;
        std::size_t right = count() / 2;
        std::size_t left = right;
        double distance = 0;
        for (std::size_t taken = 0; taken <= wanted; ++taken) {
            const double toRight = right < count() ? m_sorted[right] - middle
                                                   : std::numeric_limits<double>::infinity();
            const double toLeft =
                left > 0 ? middle - m_sorted[left - 1] : std::numeric_limits<double>::infinity();
            distance = std::min(toLeft, toRight);
            toRight <= toLeft ? ++right : --left;
        }
        return distance;
    }

    std::vector<double> m_sorted;
    double m_sum = 0, m_squares = 0;
};

} // namespace

Novelty noveltyOf(std::span<const double> known)
{
    const bool isCount = std::ranges::all_of(known, [](double value) {
        return std::isnan(value) || (value >= 0 && value == std::floor(value) && value < 1e9);
    });
    Novelty novelty{kMissing, kMissing, 0, false, false};
    Trailing trailing;
    std::size_t judged = 0;
    std::size_t elevatedDays = 0;
    std::size_t run = 0; // how many days since it was elevated last
    for (std::size_t t = 0; t < known.size(); ++t) {
        if (t > kYear)
            trailing.remove(known[t - kYear - 1]);
        const double value = known[t];
        novelty.robustZ = novelty.percentile = kMissing;
        if (!std::isnan(value) && trailing.count() >= kKnownMin) {
            novelty.robustZ = isCount ? trailing.countZ(value) : trailing.robustZ(value);
            novelty.percentile = trailing.percentile(value);
            ++judged;
        }
        novelty.elevated =
            novelty.robustZ >= kElevatedZ && novelty.percentile >= kElevatedPercentile;
        novelty.newlyElevated = novelty.elevated && run >= 2;
        elevatedDays += novelty.elevated ? 1 : 0;
        run = novelty.elevated ? 0 : run + 1;
        trailing.add(value);
    }
    novelty.baseRate =
        judged > 0 ? static_cast<double>(elevatedDays) / static_cast<double>(judged) : 0;
    return novelty;
}

} // namespace chrona::discovery
