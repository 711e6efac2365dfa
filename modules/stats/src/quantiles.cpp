// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/quantiles.h"

#include "missing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace chrona::stats {

namespace {
}

double quantile(std::span<const double> values, double probability)
{
    std::vector<double> kept;
    kept.reserve(values.size());
    std::ranges::copy_if(values, std::back_inserter(kept),
                         [](double value) { return !std::isnan(value); });
    if (kept.empty() || !(probability >= 0 && probability <= 1))
        return kMissing;
    const double at = probability * static_cast<double>(kept.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto place = kept.begin() + static_cast<std::ptrdiff_t>(below);
    std::ranges::nth_element(kept, place);
    const double low = *place;
    const double part = at - static_cast<double>(below);
    if (part == 0)
        return low;
    const double high = *std::min_element(place + 1, kept.end());
    return low + part * (high - low);
}

double median(std::span<const double> values)
{
    return quantile(values, 0.5);
}

double weightedMedian(std::span<const double> values, std::span<const double> weights,
                      MedianRule rule)
{
    std::vector<std::pair<double, double>> kept;
    double total = 0;
    for (std::size_t i = 0; i < std::min(values.size(), weights.size()); ++i) {
        if (std::isnan(values[i]) || !(weights[i] > 0))
            continue;
        kept.emplace_back(values[i], weights[i]);
        total += weights[i];
    }
    std::ranges::sort(kept);
    double cumulative = 0;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        cumulative += kept[i].second;
        if (cumulative < total / 2)
            continue;
        if (rule == MedianRule::Midpoint && cumulative == total / 2 && i + 1 < kept.size())
            return (kept[i].first + kept[i + 1].first) / 2;
        return kept[i].first;
    }
    return kMissing;
}

} // namespace chrona::stats
