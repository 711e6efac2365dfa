// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/seasonal.h"

#include "missing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace chrona::stats {

namespace {

constexpr std::size_t kTerms = 4;
using Row = std::array<double, kTerms>;

struct Running {
    double sum = 0;
    std::size_t count = 0;
};

Row termsOf(std::size_t t, std::size_t rows, int dayOfYear)
{
    const double through =
        rows > 1 ? -1 + 2 * static_cast<double>(t) / static_cast<double>(rows - 1) : 0;
    const double angle = 2 * std::numbers::pi * dayOfYear / 365.25;
    return {1, through, std::sin(angle), std::cos(angle)};
}

/// Orthonormal columns by modified Gram-Schmidt, twice; a column that depends on those before is 0.
void orthonormalise(std::vector<Row> &rows)
{
    for (std::size_t column = 0; column < kTerms; ++column) {
        double before = 0;
        for (const auto &row : rows)
            before += row[column] * row[column];
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t other = 0; other < column; ++other) {
                double dot = 0;
                for (const auto &row : rows)
                    dot += row[column] * row[other];
                for (auto &row : rows)
                    row[column] -= dot * row[other];
            }
        }
        double norm = 0;
        for (const auto &row : rows)
            norm += row[column] * row[column];
        const double scale = norm > 1e-20 * before && norm > 0 ? 1 / std::sqrt(norm) : 0;
        for (auto &row : rows)
            row[column] *= scale;
    }
}

} // namespace

std::vector<double> demeanByKey(std::span<const double> x, std::span<const int> keys)
{
    const std::size_t n = std::min(x.size(), keys.size());
    std::map<int, Running> means;
    for (std::size_t t = 0; t < n; ++t) {
        if (std::isnan(x[t]))
            continue;
        auto &running = means[keys[t]];
        running.sum += x[t];
        ++running.count;
    }
    std::vector<double> result(n, kMissing);
    for (std::size_t t = 0; t < n; ++t)
        if (!std::isnan(x[t]))
            result[t] = x[t] - means[keys[t]].sum / static_cast<double>(means[keys[t]].count);
    return result;
}

std::vector<double> demeanByKeyPastOnly(std::span<const double> x, std::span<const int> keys,
                                        std::size_t valuesMin)
{
    const std::size_t n = std::min(x.size(), keys.size());
    std::map<int, Running> means;
    std::vector<double> result(n, kMissing);
    for (std::size_t t = 0; t < n; ++t) {
        if (std::isnan(x[t]))
            continue;
        auto &running = means[keys[t]];
        if (running.count >= std::max<std::size_t>(valuesMin, 1))
            result[t] = x[t] - running.sum / static_cast<double>(running.count);
        running.sum += x[t];
        ++running.count;
    }
    return result;
}

std::vector<double> trendAndSeasonResidual(std::span<const double> x,
                                           std::span<const int> dayOfYear)
{
    const std::size_t n = std::min(x.size(), dayOfYear.size());
    std::vector<double> result(n, kMissing);
    std::vector<Row> rows;
    std::vector<std::size_t> places;
    for (std::size_t t = 0; t < n; ++t) {
        if (std::isnan(x[t]))
            continue;
        rows.push_back(termsOf(t, n, dayOfYear[t]));
        places.push_back(t);
    }
    if (rows.size() <= kTerms)
        return result;
    orthonormalise(rows);
    for (const std::size_t place : places)
        result[place] = x[place];
    for (std::size_t column = 0; column < kTerms; ++column) {
        double dot = 0;
        for (std::size_t i = 0; i < rows.size(); ++i)
            dot += rows[i][column] * result[places[i]];
        for (std::size_t i = 0; i < rows.size(); ++i)
            result[places[i]] -= dot * rows[i][column];
    }
    return result;
}

} // namespace chrona::stats
