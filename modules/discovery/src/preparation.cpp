// SPDX-License-Identifier: AGPL-3.0-or-later
#include "preparation.h"

#include "pair_test.h"

#include "chrona/stats/folds.h"
#include "chrona/stats/forward_returns.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace chrona::discovery {

namespace {

constexpr double kFeatureCut = 4;  ///< deviations
constexpr double kReturnCut = 2.5; ///< deviations: near the best for Student returns
constexpr double kVolatilityMemory = 0.94;

/// Gram-Schmidt, twice; a column that follows from those before it is left out.
std::vector<std::vector<double>> orthonormal(std::vector<std::vector<double>> columns)
{
    std::vector<std::vector<double>> result;
    for (auto &column : columns) {
        const double before = dotProduct(column, column);
        for (int pass = 0; pass < 2; ++pass) {
            for (const auto &other : result) {
                const double along = dotProduct(column, other);
                for (std::size_t t = 0; t < column.size(); ++t)
                    column[t] -= along * other[t];
            }
        }
        const double norm = dotProduct(column, column);
        if (!(norm > 1e-16 * before))
            continue;
        for (auto &value : column)
            value /= std::sqrt(norm);
        result.push_back(std::move(column));
    }
    return result;
}

void takeOut(const std::vector<std::vector<double>> &basis, std::vector<double> &values)
{
    for (const auto &column : basis) {
        const double along = dotProduct(column, values);
        for (std::size_t t = 0; t < values.size(); ++t)
            values[t] -= along * column[t];
    }
}

/// Scales by the deviation of what is not 0 and cuts.
void standardise(std::vector<double> &values, double cut)
{
    double squares = 0;
    double count = 0;
    for (const double value : values) {
        squares += value * value;
        count += value != 0 ? 1 : 0;
    }
    if (count == 0)
        return;
    const double deviation = std::sqrt(squares / count);
    for (auto &value : values)
        value = std::clamp(value / deviation, -cut, cut);
}

/// What the volatility of day t was believed to be the evening before.
std::vector<double> volatilityBefore(std::span<const double> returns)
{
    double sum = 0;
    double count = 0;
    for (const double value : returns) {
        sum += value * value;
        count += value != 0 ? 1 : 0;
    }
    const double usual = count > 0 ? sum / count : 1;
    double current = usual;
    std::vector<double> result;
    for (const double value : returns) {
        result.push_back(std::sqrt(std::max(current, 0.05 * usual)));
        if (value != 0) // one wild day counts for at most twelve usual ones
            current = kVolatilityMemory * current +
                      (1 - kVolatilityMemory) * std::min(value * value, 12 * current);
    }
    return result;
}

/// Return over volatility, cut, over volatility again: the score of a likelihood whose deviations
/// are those of the day. Calm days tell more than wild ones.
std::vector<double> scoresOf(std::vector<double> returns, std::span<const double> volatility)
{
    double scale = 0;
    for (std::size_t t = 0; t < returns.size(); ++t) {
        const double z = std::clamp(returns[t] / volatility[t], -kReturnCut, kReturnCut);
        returns[t] = z / volatility[t];
        scale += returns[t] * returns[t];
    }
    const double unit = scale > 0 ? std::sqrt(static_cast<double>(returns.size()) / scale) : 0;
    for (auto &value : returns)
        value *= unit;
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

struct Usual {
    double value = 0;
    std::size_t count = 0, distinct = 0, present = 0;
};

/// The most frequent value, of equally frequent ones the least, by a table with open places.
Usual mostFrequent(std::span<const double> values)
{
    struct Place {
        double value;
        std::uint32_t count;
    };
    std::vector<Place> places(std::bit_ceil(2 * values.size() + 2));
    Usual usual;
    for (double value : values) {
        if (std::isnan(value))
            continue;
        value += 0.0; // -0 is 0
        ++usual.present;
        std::size_t at = (std::bit_cast<std::uint64_t>(value) * 0x9E3779B97F4A7C15U) >> 20;
        for (at &= places.size() - 1; places[at].count > 0 && places[at].value != value;)
            at = (at + 1) & (places.size() - 1);
        places[at].value = value;
        usual.distinct += places[at].count == 0 ? 1 : 0;
        const std::size_t count = ++places[at].count;
        if (count > usual.count || (count == usual.count && value < usual.value)) {
            usual.value = value;
            usual.count = count;
        }
    }
    return usual;
}

double correlationOf(std::span<const double> a, std::span<const double> b)
{
    const double spread = dotProduct(a, a) * dotProduct(b, b);
    return spread > 0 ? dotProduct(a, b) / std::sqrt(spread) : 0;
}

} // namespace

CalendarBasis::CalendarBasis(std::span<const DecisionDay> days) : m_days(days.size())
{
    using namespace std::chrono;
    const auto n = static_cast<double>(std::max<std::size_t>(days.size(), 2) - 1);
    m_raw.assign(8, std::vector<double>(days.size()));
    for (std::size_t t = 0; t < days.size(); ++t) {
        const Date date = days[t].date;
        const auto dayOfYear = date - sys_days(year_month_day(date).year() / January / 1);
        const double angle =
            2 * std::numbers::pi * static_cast<double>(dayOfYear.count() + 1) / 365.25;
        m_raw[0][t] = 1;
        m_raw[1][t] = 2 * static_cast<double>(t) / n - 1;
        m_raw[2][t] = std::sin(angle);
        m_raw[3][t] = std::cos(angle);
        if (const unsigned name = weekday(date).c_encoding(); name >= 1 && name <= 4)
            m_raw[3 + name][t] = 1;
    }
    m_orthonormal = orthonormal(m_raw);
}

std::vector<double> CalendarBasis::residual(std::span<const double> values) const
{
    std::vector<double> result(values.begin(), values.end());
    std::vector<std::size_t> missing;
    for (std::size_t t = 0; t < m_days; ++t) {
        if (!std::isnan(result[t]))
            continue;
        missing.push_back(t);
        result[t] = 0;
    }
    const double before = dotProduct(result, result);
    if (missing.empty())
        takeOut(m_orthonormal, result);
    else if (!takeOutWithout(missing, result))
        takeOutSlowly(missing, result);
    for (const std::size_t t : missing)
        result[t] = 0;
    if (!(dotProduct(result, result) > 1e-18 * before)) // only rounding is left
        std::ranges::fill(result, 0.0);
    return result;
}

bool CalendarBasis::takeOutWithout(std::span<const std::size_t> missing,
                                   std::vector<double> &values) const
{
    // Least squares over the days that are there: products of the basis over all days are the unit
    // matrix, so only the missing days need be taken off. Solved by Cholesky's method.
    const std::size_t n = m_orthonormal.size();
    std::vector<double> products(n * n);
    std::vector<double> solution;
    for (std::size_t i = 0; i < n; ++i) {
        solution.push_back(dotProduct(m_orthonormal[i], values));
        for (std::size_t j = 0; j <= i; ++j) {
            products[i * n + j] = i == j ? 1 : 0;
            for (const std::size_t t : missing)
                products[i * n + j] -= m_orthonormal[i][t] * m_orthonormal[j][t];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = products[i * n + j];
            for (std::size_t k = 0; k < j; ++k)
                rest -= products[i * n + k] * products[j * n + k];
            if (i == j && rest < 1e-6)
                return false; // what is left of the days hardly tells the columns apart
            products[i * n + j] = i == j ? std::sqrt(rest) : rest / products[j * n + j];
        }
        for (std::size_t k = 0; k < i; ++k)
            solution[i] -= products[i * n + k] * solution[k];
        solution[i] /= products[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            solution[i] -= products[k * n + i] * solution[k];
        solution[i] /= products[i * n + i];
    }
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t t = 0; t < m_days; ++t)
            values[t] -= solution[i] * m_orthonormal[i][t];
    return true;
}

void CalendarBasis::takeOutSlowly(std::span<const std::size_t> missing,
                                  std::vector<double> &values) const
{
    auto basis = m_raw;
    for (auto &column : basis)
        for (const std::size_t t : missing)
            column[t] = 0;
    takeOut(orthonormal(std::move(basis)), values);
}

std::vector<double> preparedFeature(std::span<const double> known, const CalendarBasis &basis)
{
    std::vector<double> values(known.begin(), known.end());
    const bool isCount = std::ranges::all_of(values, [](double value) {
        return std::isnan(value) || (value >= 0 && value == std::floor(value));
    });
    if (isCount)
        for (auto &value : values)
            value = std::log1p(value);
    auto result = basis.residual(values);
    standardise(result, kFeatureCut);
    return result;
}

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

std::optional<Refusal> minimumRules(const AsOfPanel &panel, std::size_t feature,
                                    const Parameters &parameters)
{
    const auto refuse = [feature](Rule rule, double value, double limit) {
        return Refusal{feature, Refusal::kEveryTarget, rule, value, limit};
    };
    const auto known = panel.known(feature);
    const std::size_t days = known.size();
    const Usual usual = mostFrequent(known);
    const std::size_t present = usual.present;
    if (present < parameters.knownDaysMin)
        return refuse(Rule::NoHistory, static_cast<double>(present),
                      static_cast<double>(parameters.knownDaysMin));
    const double missing = 1 - static_cast<double>(present) / static_cast<double>(days);
    if (missing > parameters.missingShareMax)
        return refuse(Rule::Missing, missing, parameters.missingShareMax);
    if (usual.distinct < 2)
        return refuse(Rule::Constant, static_cast<double>(usual.distinct), 2);
    const double baseline = usual.value;
    const auto edges = stats::blockEdges(days, parameters.blocks);
    std::size_t away = 0;
    std::size_t blocks = 0;
    std::size_t episodes = 0;
    for (std::size_t block = 0; block < parameters.blocks; ++block) {
        std::size_t inBlock = 0;
        for (std::size_t t = edges[block]; t < edges[block + 1]; ++t) {
            const bool isAway = !std::isnan(known[t]) && known[t] != baseline;
            inBlock += isAway ? 1 : 0;
            episodes +=
                isAway && (t == 0 || known[t - 1] == baseline || std::isnan(known[t - 1])) ? 1 : 0;
        }
        away += inBlock;
        blocks += inBlock >= parameters.valuesInBlockMin ? 1 : 0;
    }
    if (away < parameters.valuesMin)
        return refuse(Rule::FewValues, static_cast<double>(away),
                      static_cast<double>(parameters.valuesMin));
    const std::size_t blocksMin = std::min(parameters.blocksMin, parameters.blocks);
    // A feature that began late is judged by the blocks in which it could have values.
    const std::size_t possible =
        parameters.blocks -
        std::min(parameters.blocks,
                 static_cast<std::size_t>(missing * static_cast<double>(parameters.blocks)));
    if (blocks < std::min(blocksMin, possible))
        return refuse(Rule::FewBlocks, static_cast<double>(blocks),
                      static_cast<double>(std::min(blocksMin, possible)));
    const bool isMostlyQuiet = usual.count * 2 > present;
    if (isMostlyQuiet && episodes < parameters.episodesMin)
        return refuse(Rule::FewEpisodes, static_cast<double>(episodes),
                      static_cast<double>(parameters.episodesMin));
    return std::nullopt;
}

} // namespace chrona::discovery
