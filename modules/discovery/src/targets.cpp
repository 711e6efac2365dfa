// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pair_test.h"
#include "preparation.h"

#include "chrona/stats/forward_returns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace chrona::discovery {

namespace {

constexpr double kReturnCut = 2.5; ///< deviations: near the best for Student returns
constexpr double kVolatilityMemory = 0.94;
/// A move of a tenth of the usual one says as little as none at all; logarithms would say more.
constexpr double kMoveMin = 0.1;
constexpr double kSurpriseCut = 2.5; ///< deviations

/// What the size of moves is believed to be, from day to day.
class VolatilityBelief {
public:
    explicit VolatilityBelief(std::span<const double> returns)
    {
        double sum = 0;
        double count = 0;
        for (const double value : returns) {
            sum += value * value;
            count += value != 0 ? 1 : 0;
        }
        m_usual = count > 0 ? sum / count : 1;
        m_current = m_usual;
    }
    VolatilityBelief(double current, double usual) : m_current(current), m_usual(usual) {}

    [[nodiscard]] double volatility() const
    {
        return std::sqrt(std::max(m_current, 0.05 * m_usual));
    }
    void see(double value)
    {
        if (value != 0) // one wild day counts for at most twelve usual ones
            m_current = kVolatilityMemory * m_current +
                        (1 - kVolatilityMemory) * std::min(value * value, 12 * m_current);
    }
    [[nodiscard]] double current() const { return m_current; }
    [[nodiscard]] double usual() const { return m_usual; }

private:
    double m_current = 1, m_usual = 1;
};

/// What the volatility of day t was believed to be the evening before.
std::vector<double> volatilityBefore(std::span<const double> returns)
{
    VolatilityBelief belief(returns);
    std::vector<double> result;
    for (const double value : returns) {
        result.push_back(belief.volatility());
        belief.see(value);
    }
    return result;
}

double bareScore(double value, double volatility)
{
    return std::clamp(value / volatility, -kReturnCut, kReturnCut) / volatility;
}

/// Return over volatility, cut, over volatility again: the score of a likelihood whose deviations
/// are those of the day. Calm days tell more than wild ones.
std::vector<double> scoresOf(std::vector<double> returns, std::span<const double> volatility,
                             double *unitUsed = nullptr)
{
    double scale = 0;
    for (std::size_t t = 0; t < returns.size(); ++t) {
        returns[t] = bareScore(returns[t], volatility[t]);
        scale += returns[t] * returns[t];
    }
    const double unit = scale > 0 ? std::sqrt(static_cast<double>(returns.size()) / scale) : 0;
    for (auto &value : returns)
        value *= unit;
    if (unitUsed != nullptr)
        *unitUsed = unit;
    return returns;
}

/// Weights of what the series share most: the first principal component, by power iteration.
std::vector<double> firstComponent(const std::vector<std::vector<double>> &series)
{
    const std::size_t n = series.size();
    std::vector<double> products(n * n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j)
            products[i * n + j] = products[j * n + i] = dotProduct(series[i], series[j]);
    std::vector<double> weights(n, 1.0);
    for (std::size_t i = 0; i < n; ++i)
        weights[i] = 1 + 0.01 * static_cast<double>(i); // not orthogonal to the answer by symmetry
    for (int step = 0; step < 300; ++step) {
        std::vector<double> next(n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                next[i] += products[i * n + j] * weights[j];
        const double norm = std::sqrt(dotProduct(next, next));
        if (!(norm > 0))
            break;
        for (std::size_t i = 0; i < n; ++i)
            weights[i] = next[i] / norm;
    }
    return weights;
}

double correlationOf(std::span<const double> a, std::span<const double> b)
{
    const double spread = dotProduct(a, a) * dotProduct(b, b);
    return spread > 0 ? dotProduct(a, b) / std::sqrt(spread) : 0;
}

/// How far each day's move lies from what was expected the day before, as a logarithm. Such
/// surprises hardly depend on each other, as the test wants it; levels of volatility do.
std::vector<double> volatilitySurprises(std::span<const double> returns,
                                        std::span<const double> volatility,
                                        const CalendarBasis &basis)
{
    std::vector<double> surprises(returns.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t t = 0; t < returns.size(); ++t)
        if (returns[t] != 0) // what is not there, or a price that was not quoted anew
            surprises[t] = std::log(std::max(std::abs(returns[t]) / volatility[t], kMoveMin));
    auto result = basis.residual(surprises);
    standardise(result, kSurpriseCut);
    return result;
}

} // namespace

PreparedTargets preparedTargets(const AsOfPanel &panel, const CalendarBasis &basis)
{
    PreparedTargets prepared;
    const std::size_t count = panel.targetCount();
    std::vector<std::vector<double>> standard(count); // returns over their volatility, cut
    for (std::size_t j = 0; j < count; ++j) {
        const auto returns = basis.residual(stats::dailyLogReturns(panel.prices(j)));
        prepared.volatility.push_back(volatilityBefore(returns));
        prepared.views.push_back({j, View::Whole, scoresOf(returns, prepared.volatility[j])});
        standard[j] = returns;
        for (std::size_t t = 0; t < returns.size(); ++t)
            standard[j][t] = std::clamp(returns[t] / prepared.volatility[j][t], -4.0, 4.0);
    }
    if (count < 3) {
        prepared.sharedPart.assign(count, 0);
        return prepared;
    }
    prepared.hasViews = true;
    const auto weights = firstComponent(standard);
    std::vector<double> shared(panel.dayCount());
    for (std::size_t j = 0; j < count; ++j)
        for (std::size_t t = 0; t < shared.size(); ++t)
            shared[t] += weights[j] * standard[j][t];
    for (std::size_t j = 0; j < count; ++j) {
        // Less the target itself: else its own news would count as shared and be taken out.
        std::vector<double> others = shared;
        for (std::size_t t = 0; t < others.size(); ++t)
            others[t] -= weights[j] * standard[j][t];
        const double spread = dotProduct(others, others);
        const double slope = spread > 0 ? dotProduct(others, standard[j]) / spread : 0;
        std::vector<double> own(others.size());
        for (std::size_t t = 0; t < own.size(); ++t)
            own[t] = (standard[j][t] - slope * others[t]) * prepared.volatility[j][t];
        prepared.sharedPart.push_back(correlationOf(shared, standard[j]));
        prepared.views.push_back({j, View::Own, scoresOf(std::move(own), prepared.volatility[j])});
    }
    const auto wild = volatilityBefore(shared);
    prepared.views.push_back({Refusal::kEveryTarget, View::Shared, scoresOf(shared, wild)});
    return prepared;
}

std::optional<TargetScale> scaleOf(std::span<const double> prices, const CalendarBasis &basis)
{
    auto bare = stats::dailyLogReturns(prices);
    const auto returns = basis.residual(bare);
    for (std::size_t t = 0; t < bare.size(); ++t)
        bare[t] -= returns[t];
    TargetScale scale;
    scale.weights = basis.weights(bare);
    if (scale.weights.empty())
        return std::nullopt;
    VolatilityBelief belief(returns);
    for (const double value : returns)
        belief.see(value);
    scale.variance = belief.current();
    scale.usualVariance = belief.usual();
    static_cast<void>(scoresOf(returns, volatilityBefore(returns), &scale.unit));
    scale.lastPrice = prices.empty() ? 0 : prices.back();
    return scale;
}

double nextScore(TargetScale &scale, double price, std::span<const double> columns)
{
    const bool isThere = price > 0 && scale.lastPrice > 0;
    double value = isThere ? std::log(price) - std::log(scale.lastPrice) : 0;
    for (std::size_t i = 0; isThere && i < columns.size(); ++i)
        value -= scale.weights[i] * columns[i];
    VolatilityBelief belief(scale.variance, scale.usualVariance);
    const double score = bareScore(value, belief.volatility()) * scale.unit;
    belief.see(value);
    scale.variance = belief.current();
    scale.lastPrice = price;
    return score;
}

void addVolatilityViews(const AsOfPanel &panel, const CalendarBasis &basis,
                        PreparedTargets &prepared)
{
    prepared.volatilityFrom = prepared.views.size();
    for (std::size_t j = 0; j < panel.targetCount(); ++j) {
        const auto returns = basis.residual(stats::dailyLogReturns(panel.prices(j)));
        prepared.views.push_back(
            {j, View::Whole, volatilitySurprises(returns, prepared.volatility[j], basis)});
    }
}

} // namespace chrona::discovery
