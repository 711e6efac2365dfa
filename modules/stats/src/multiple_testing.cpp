// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/multiple_testing.h"

#include "missing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace chrona::stats {

namespace {

/// Positions of the p's that are there, by ascending p.
std::vector<std::size_t> ascending(std::span<const double> p)
{
    std::vector<std::size_t> order;
    order.reserve(p.size());
    for (std::size_t i = 0; i < p.size(); ++i)
        if (!std::isnan(p[i]))
            order.push_back(i);
    std::ranges::sort(
        order, [&](std::size_t a, std::size_t b) { return p[a] != p[b] ? p[a] < p[b] : a < b; });
    return order;
}

/// q_(i) = min over j >= i of factor · m p_(j) / j
std::vector<double> stepUp(std::span<const double> p, double factor)
{
    const auto order = ascending(p);
    const auto count = static_cast<double>(order.size());
    std::vector<double> q(p.size(), kMissing);
    double least = 1;
    for (std::size_t k = order.size(); k > 0; --k) {
        least = std::min(least, p[order[k - 1]] * factor * count / static_cast<double>(k));
        q[order[k - 1]] = least;
    }
    return q;
}

} // namespace

std::vector<double> benjaminiHochberg(std::span<const double> p)
{
    return stepUp(p, 1);
}

std::vector<double> benjaminiYekutieli(std::span<const double> p)
{
    double harmonic = 0;
    std::size_t count = 0;
    for (const double value : p)
        if (!std::isnan(value))
            harmonic += 1 / static_cast<double>(++count);
    return stepUp(p, harmonic);
}

std::vector<double> bonferroni(std::span<const double> p)
{
    const auto count = std::ranges::count_if(p, [](double value) { return !std::isnan(value); });
    std::vector<double> adjusted(p.begin(), p.end());
    for (auto &value : adjusted)
        if (!std::isnan(value))
            value = std::min(1.0, value * static_cast<double>(count));
    return adjusted;
}

std::vector<double> holm(std::span<const double> p)
{
    const auto order = ascending(p);
    std::vector<double> adjusted(p.size(), kMissing);
    double most = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        most = std::max(most, p[order[k]] * static_cast<double>(order.size() - k));
        adjusted[order[k]] = std::min(1.0, most);
    }
    return adjusted;
}

double simes(std::span<const double> p)
{
    std::vector<double> sorted;
    std::ranges::copy_if(p, std::back_inserter(sorted),
                         [](double value) { return !std::isnan(value); });
    std::ranges::sort(sorted);
    return simesOfSmallest(sorted, sorted.size());
}

double simesOfSmallest(std::span<const double> sorted, std::size_t familySize)
{
    if (familySize == 0)
        return kMissing;
    double least = 1;
    for (std::size_t k = 0; k < sorted.size(); ++k)
        least = std::min(least,
                         sorted[k] * static_cast<double>(familySize) / static_cast<double>(k + 1));
    return least;
}

StoreyAdjustment storey(std::span<const double> p, double lambda)
{
    double count = 0;
    double above = 0;
    for (const double value : p) {
        if (std::isnan(value))
            continue;
        ++count;
        above += value > lambda ? 1 : 0;
    }
    StoreyAdjustment result;
    result.q = benjaminiHochberg(p);
    if (count > 0 && lambda < 1)
        result.nullShare = std::min(1.0, above / (count * (1 - lambda)));
    for (auto &value : result.q)
        if (!std::isnan(value))
            value = std::min(1.0, value * result.nullShare);
    return result;
}

} // namespace chrona::stats
