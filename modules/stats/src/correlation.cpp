// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/correlation.h"

#include "mean.h"
#include "missing.h"

#include "chrona/stats/distributions.h"

#include <algorithm>
#include <cmath>

namespace chrona::stats {

namespace {

struct Pairs {
    std::vector<double> x, y;
};

Pairs completePairs(std::span<const double> x, std::span<const double> y)
{
    Pairs pairs;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        if (std::isnan(x[i]) || std::isnan(y[i]))
            continue;
        pairs.x.push_back(x[i]);
        pairs.y.push_back(y[i]);
    }
    return pairs;
}

Correlation ofPairs(const Pairs &pairs)
{
    Correlation result{kMissing, kMissing, pairs.x.size()};
    if (pairs.x.size() < 3)
        return result;
    const double meanX = mean(pairs.x);
    const double meanY = mean(pairs.y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (std::size_t i = 0; i < pairs.x.size(); ++i) {
        const double dx = pairs.x[i] - meanX;
        const double dy = pairs.y[i] - meanY;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    // A constant side leaves nothing but the rounding of its mean.
    const double n = static_cast<double>(pairs.x.size());
    if (xx <= 1e-26 * n * meanX * meanX || yy <= 1e-26 * n * meanY * meanY || xx == 0 || yy == 0)
        return result;
    result.value = std::clamp(xy / std::sqrt(xx) / std::sqrt(yy), -1.0, 1.0);
    const double rest = 1 - result.value * result.value;
    result.pValue =
        rest <= 0 ? 0 : studentTwoSided(result.value * std::sqrt((n - 2) / rest), n - 2);
    return result;
}

} // namespace

std::vector<double> averageRanks(std::span<const double> values)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isnan(values[i]))
            order.push_back(i);
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size(), kMissing);
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && values[order[end]] == values[order[i]])
            ++end;
        const double shared = (static_cast<double>(i) + static_cast<double>(end) + 1) / 2;
        for (; i < end; ++i)
            ranks[order[i]] = shared;
    }
    return ranks;
}

Correlation pearson(std::span<const double> x, std::span<const double> y)
{
    return ofPairs(completePairs(x, y));
}

Correlation spearman(std::span<const double> x, std::span<const double> y)
{
    const Pairs pairs = completePairs(x, y);
    return ofPairs({averageRanks(pairs.x), averageRanks(pairs.y)});
}

Correlation kendall(std::span<const double> x, std::span<const double> y)
{
    const Pairs pairs = completePairs(x, y);
    const std::size_t n = pairs.x.size();
    Correlation result{kMissing, kMissing, n};
    if (n < 3)
        return result;
    double balance = 0;
    double untiedX = 0;
    double untiedY = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) {
            const int dx = (pairs.x[i] > pairs.x[j]) - (pairs.x[i] < pairs.x[j]);
            const int dy = (pairs.y[i] > pairs.y[j]) - (pairs.y[i] < pairs.y[j]);
            balance += dx * dy;
            untiedX += dx * dx;
            untiedY += dy * dy;
        }
    }
    if (untiedX > 0 && untiedY > 0)
        result.value = balance / std::sqrt(untiedX * untiedY);
    return result;
}

Correlation laggedPearson(std::span<const double> x, std::span<const double> y, std::size_t lag)
{
    const std::size_t n = std::min(x.size(), y.size());
    return lag >= n ? Correlation{kMissing, kMissing, 0}
                    : pearson(x.first(n - lag), y.subspan(lag, n - lag));
}

Correlation laggedSpearman(std::span<const double> x, std::span<const double> y, std::size_t lag)
{
    const std::size_t n = std::min(x.size(), y.size());
    return lag >= n ? Correlation{kMissing, kMissing, 0}
                    : spearman(x.first(n - lag), y.subspan(lag, n - lag));
}

} // namespace chrona::stats
