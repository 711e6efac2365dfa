// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/forward_returns.h"

#include "missing.h"

#include <cmath>

namespace chrona::stats {

namespace {

bool isPrice(double value)
{
    return std::isfinite(value) && value > 0;
}

template <class Combine>
std::vector<double> forward(std::span<const double> prices, std::size_t horizon, Combine combine)
{
    std::vector<double> result(prices.size(), kMissing);
    for (std::size_t t = 0; horizon < prices.size() && t + horizon < prices.size(); ++t)
        if (isPrice(prices[t]) && isPrice(prices[t + horizon]))
            result[t] = combine(prices[t], prices[t + horizon]);
    return result;
}

} // namespace

std::vector<double> forwardSimpleReturns(std::span<const double> prices, std::size_t horizon)
{
    return forward(prices, horizon, [](double from, double to) { return to / from - 1; });
}

std::vector<double> forwardLogReturns(std::span<const double> prices, std::size_t horizon)
{
    return forward(prices, horizon, [](double from, double to) { return std::log(to / from); });
}

std::vector<double> dailyLogReturns(std::span<const double> prices)
{
    std::vector<double> result(prices.size(), kMissing);
    for (std::size_t t = 1; t < prices.size(); ++t)
        if (isPrice(prices[t - 1]) && isPrice(prices[t]))
            result[t] = std::log(prices[t] / prices[t - 1]);
    return result;
}

std::vector<double> forwardVolatility(std::span<const double> prices, std::size_t horizon)
{
    const auto daily = dailyLogReturns(prices);
    std::vector<double> result(prices.size(), kMissing);
    if (horizon < 2)
        return result;
    for (std::size_t t = 0; t + horizon < prices.size(); ++t) {
        double sum = 0;
        for (std::size_t k = 1; k <= horizon; ++k)
            sum += daily[t + k]; // NaN where one is missing
        const double mean = sum / static_cast<double>(horizon);
        double squares = 0;
        for (std::size_t k = 1; k <= horizon; ++k)
            squares += (daily[t + k] - mean) * (daily[t + k] - mean);
        result[t] = std::sqrt(squares / static_cast<double>(horizon - 1));
    }
    return result;
}

} // namespace chrona::stats
