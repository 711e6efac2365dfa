// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/rolling.h"

#include "missing.h"

#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <cmath>

namespace chrona::stats {

namespace {

struct MeanAndDeviation {
    double mean = kMissing, deviation = kMissing;
};

/// Two passes over the window: running sums lose their digits after a large value has left.
MeanAndDeviation momentsOf(std::span<const double> window, std::size_t valuesMin)
{
    double sum = 0;
    std::size_t count = 0;
    for (const double value : window) {
        if (std::isnan(value))
            continue;
        sum += value;
        ++count;
    }
    if (count == 0 || count < valuesMin)
        return {};
    const double mean = sum / static_cast<double>(count);
    double squares = 0;
    for (const double value : window)
        if (!std::isnan(value))
            squares += (value - mean) * (value - mean);
    return {mean, count < 2 ? kMissing : std::sqrt(squares / static_cast<double>(count - 1))};
}

std::span<const double> windowAt(std::span<const double> x, std::size_t end, std::size_t length)
{
    const std::size_t begin = end > length ? end - length : 0;
    return x.subspan(begin, end - begin);
}

double standardised(double value, const MeanAndDeviation &moments)
{
    return moments.deviation > 0 ? (value - moments.mean) / moments.deviation : kMissing;
}

} // namespace

Moments rollingMoments(std::span<const double> x, const Window &window)
{
    Moments result;
    for (std::size_t t = 0; t < x.size(); ++t) {
        const auto moments = momentsOf(windowAt(x, t + 1, window.length), window.valuesMin);
        result.mean.push_back(moments.mean);
        result.deviation.push_back(moments.deviation);
    }
    return result;
}

std::vector<double> rollingZ(std::span<const double> x, const Window &window)
{
    std::vector<double> result;
    for (std::size_t t = 0; t < x.size(); ++t)
        result.push_back(
            standardised(x[t], momentsOf(windowAt(x, t + 1, window.length), window.valuesMin)));
    return result;
}

std::vector<double> rollingZPastOnly(std::span<const double> x, const Window &window)
{
    std::vector<double> result;
    for (std::size_t t = 0; t < x.size(); ++t)
        result.push_back(
            standardised(x[t], momentsOf(windowAt(x, t, window.length), window.valuesMin)));
    return result;
}

std::vector<double> inPastDeviations(std::span<const double> x, const Window &window)
{
    std::vector<double> result;
    for (std::size_t t = 0; t < x.size(); ++t) {
        const double deviation =
            momentsOf(windowAt(x, t, window.length), window.valuesMin).deviation;
        result.push_back(deviation > 0 ? x[t] / deviation : kMissing);
    }
    return result;
}

std::vector<double> expandingZPastOnly(std::span<const double> x, std::size_t valuesMin)
{
    // Welford's update: the window never loses a value, so nothing cancels.
    std::vector<double> result;
    double mean = 0;
    double squares = 0;
    std::size_t count = 0;
    for (const double value : x) {
        const bool isKnown = count >= std::max<std::size_t>(valuesMin, 2);
        const double deviation =
            isKnown ? std::sqrt(squares / static_cast<double>(count - 1)) : kMissing;
        result.push_back(standardised(value, {mean, deviation}));
        if (std::isnan(value))
            continue;
        const double before = value - mean;
        mean += before / static_cast<double>(++count);
        squares += before * (value - mean);
    }
    return result;
}

RobustMoments rollingRobust(std::span<const double> x, const Window &window)
{
    RobustMoments result;
    std::vector<double> distances;
    for (std::size_t t = 0; t < x.size(); ++t) {
        const auto values = windowAt(x, t + 1, window.length);
        const auto count =
            std::ranges::count_if(values, [](double value) { return !std::isnan(value); });
        const bool isEnough = static_cast<std::size_t>(count) >= window.valuesMin && count > 0;
        const double middle = isEnough ? median(values) : kMissing;
        distances.clear();
        for (const double value : values)
            distances.push_back(std::abs(value - middle));
        const double deviation = isEnough ? median(distances) : kMissing;
        result.median.push_back(middle);
        result.deviation.push_back(deviation);
        result.z.push_back(deviation > 0 ? (x[t] - middle) / (1.4826 * deviation) : kMissing);
    }
    return result;
}

double alphaFromSpan(double span)
{
    return 2 / (span + 1);
}

double alphaFromHalfLife(double halfLife)
{
    return 1 - std::exp2(-1 / halfLife);
}

std::vector<double> ewma(std::span<const double> x, const EwmaRule &rule)
{
    std::vector<double> result;
    const double keep = 1 - rule.alpha;
    double mean = kMissing;
    double oldWeight = 1;
    for (const double value : x) {
        if (std::isnan(mean)) {
            mean = value;
        } else {
            const bool isHere = !std::isnan(value);
            if (isHere || rule.gaps == EwmaGaps::DecayInGaps)
                oldWeight *= keep;
            if (isHere) {
                const double newWeight = rule.start == EwmaStart::Adjusted ? 1 : rule.alpha;
                mean = (oldWeight * mean + newWeight * value) / (oldWeight + newWeight);
                oldWeight = rule.start == EwmaStart::Adjusted ? oldWeight + newWeight : 1;
            }
        }
        result.push_back(mean);
    }
    return result;
}

} // namespace chrona::stats
