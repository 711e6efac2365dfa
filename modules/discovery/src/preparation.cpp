// SPDX-License-Identifier: AGPL-3.0-or-later
#include "preparation.h"

#include "pair_test.h"

#include "chrona/stats/folds.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace chrona::discovery {

namespace {

constexpr std::size_t kColumns = 8; ///< one, trend, two of the year, four weekdays

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

/// Solves products · x = right in place, of which products holds the lower triangle; false where
/// the columns are hardly told apart.
bool solveByCholesky(std::vector<double> &products, std::vector<double> &right)
{
    const std::size_t n = right.size();
    for (std::size_t i = 0; i < n; ++i) {
        const double before = products[i * n + i];
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = products[i * n + j];
            for (std::size_t k = 0; k < j; ++k)
                rest -= products[i * n + k] * products[j * n + k];
            if (i == j && !(rest >= 1e-6 * std::max(before, 1e-300)))
                return false;
            products[i * n + j] = i == j ? std::sqrt(rest) : rest / products[j * n + j];
        }
        for (std::size_t k = 0; k < i; ++k)
            right[i] -= products[i * n + k] * right[k];
        right[i] /= products[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            right[i] -= products[k * n + i] * right[k];
        right[i] /= products[i * n + i];
    }
    return true;
}

struct Usual {
    double value = 0;
    std::size_t count = 0, distinct = 0, present = 0;
};

/// The most frequent value, of equally frequent ones the least, by a table with open places that
/// name values by where they first stand.
Usual mostFrequent(std::span<const double> values)
{
    std::vector<std::uint32_t> places(std::bit_ceil(2 * values.size() + 2)); // 0: open
    std::vector<std::uint32_t> counts(values.size());
    Usual usual;
    for (std::size_t t = 0; t < values.size(); ++t) {
        const double value = values[t] + 0.0; // -0 is 0
        if (std::isnan(value))
            continue;
        ++usual.present;
        std::size_t at = (std::bit_cast<std::uint64_t>(value) * 0x9E3779B97F4A7C15U) >> 20;
        for (at &= places.size() - 1; places[at] > 0 && values[places[at] - 1] != value;)
            at = (at + 1) & (places.size() - 1);
        if (places[at] == 0) {
            places[at] = static_cast<std::uint32_t>(t + 1);
            ++usual.distinct;
        }
        const std::size_t count = ++counts[places[at] - 1];
        if (count > usual.count || (count == usual.count && value < usual.value)) {
            usual.value = value;
            usual.count = count;
        }
    }
    return usual;
}

} // namespace

CalendarBasis::CalendarBasis(std::span<const DecisionDay> days) : m_days(days.size())
{
    m_raw.assign(kColumns, std::vector<double>(days.size()));
    for (std::size_t t = 0; t < days.size(); ++t) {
        const auto row = columnsOn(days[t].date, static_cast<double>(t), days.size());
        for (std::size_t column = 0; column < kColumns; ++column)
            m_raw[column][t] = row[column];
    }
    m_orthonormal = orthonormal(m_raw);
}

std::vector<double> CalendarBasis::columnsOn(Date date, double day, std::size_t days)
{
    using namespace std::chrono;
    const auto n = static_cast<double>(std::max<std::size_t>(days, 2) - 1);
    const auto dayOfYear = date - sys_days(year_month_day(date).year() / January / 1);
    const double angle = 2 * std::numbers::pi * static_cast<double>(dayOfYear.count() + 1) / 365.25;
    std::vector<double> row(kColumns);
    row[0] = 1;
    row[1] = 2 * day / n - 1;
    row[2] = std::sin(angle);
    row[3] = std::cos(angle);
    if (const unsigned name = weekday(date).c_encoding(); name >= 1 && name <= 4)
        row[3 + name] = 1;
    return row;
}

std::vector<double> CalendarBasis::weights(std::span<const double> takenOut) const
{
    // The bare columns span what was taken out, so least squares over the days on which something
    // was gives it back exactly.
    const std::size_t n = m_raw.size();
    std::vector<double> products(n * n);
    std::vector<double> right(n);
    for (std::size_t t = 0; t < m_days; ++t) {
        if (std::isnan(takenOut[t]))
            continue;
        for (std::size_t i = 0; i < n; ++i) {
            right[i] += m_raw[i][t] * takenOut[t];
            for (std::size_t j = 0; j <= i; ++j)
                products[i * n + j] += m_raw[i][t] * m_raw[j][t];
        }
    }
    if (!solveByCholesky(products, right))
        right.clear();
    return right;
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
    if (!solveByCholesky(products, solution))
        return false; // what is left of the days hardly tells the columns apart
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

double standardise(std::vector<double> &values, double cut)
{
    double squares = 0;
    double count = 0;
    for (const double value : values) {
        squares += value * value;
        count += value != 0 ? 1 : 0;
    }
    if (count == 0)
        return 0;
    const double deviation = std::sqrt(squares / count);
    for (auto &value : values)
        value = std::clamp(value / deviation, -cut, cut);
    return deviation;
}

std::vector<double> preparedFeature(std::span<const double> known, const CalendarBasis &basis,
                                    FeatureScale *scale)
{
    std::vector<double> values(known.begin(), known.end());
    const bool isCount = std::ranges::all_of(values, [](double value) {
        return std::isnan(value) || (value >= 0 && value == std::floor(value));
    });
    if (isCount)
        for (auto &value : values)
            value = std::log1p(value);
    auto result = basis.residual(values);
    if (scale != nullptr) {
        for (std::size_t t = 0; t < values.size(); ++t)
            values[t] -= result[t]; // what was taken out
        scale->isCount = isCount;
        scale->weights = basis.weights(values);
    }
    const double deviation = standardise(result, FeatureScale::kCut);
    if (scale != nullptr)
        scale->deviation = deviation;
    return result;
}

std::vector<double> bareSeries(std::span<const double> values)
{
    double sum = 0;
    double count = 0;
    for (const double value : values) {
        if (std::isnan(value))
            continue;
        sum += value;
        ++count;
    }
    std::vector<double> result;
    for (const double value : values)
        result.push_back(std::isnan(value) ? 0 : value - sum / count);
    return result;
}

std::optional<Refusal> minimumRules(const AsOfPanel &panel, std::size_t feature,
                                    const Parameters &parameters)
{
    const auto refuse = [feature](Rule rule, double value, double limit) {
        return Refusal{feature, Refusal::kEveryTarget, Measure::Return, rule, value, limit};
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
