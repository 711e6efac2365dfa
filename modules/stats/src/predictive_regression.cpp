// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/predictive_regression.h"

#include "mean.h"
#include "missing.h"

#include "chrona/stats/distributions.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace chrona::stats {

namespace {

/// The regression with what its errors need.
struct Fit {
    double slope = kMissing;
    double spread = 0; ///< sum of (x - mean)²
    double residualSquares = 0;
    std::vector<double> scores; ///< (x - mean) · residual
};

Fit fitOf(const PredictiveSample &sample)
{
    Fit fit;
    const std::size_t days = std::min(sample.x.size(), sample.dailyReturn.size());
    if (sample.horizon == 0 || days < sample.horizon + 3)
        return fit;
    const std::size_t rows = days - sample.horizon;
    std::vector<double> y(rows);
    for (std::size_t t = 0; t < rows; ++t)
        for (std::size_t k = 1; k <= sample.horizon; ++k)
            y[t] += sample.dailyReturn[t + k];
    const double meanX = mean(sample.x.first(rows));
    const double meanY = mean(y);
    double product = 0;
    for (std::size_t t = 0; t < rows; ++t) {
        const double dx = sample.x[t] - meanX;
        fit.spread += dx * dx;
        product += dx * (y[t] - meanY);
    }
    if (fit.spread <= 1e-26 * static_cast<double>(rows) * meanX * meanX || fit.spread == 0)
        return fit;
    fit.slope = product / fit.spread;
    for (std::size_t t = 0; t < rows; ++t) {
        const double dx = sample.x[t] - meanX;
        const double residual = y[t] - meanY - fit.slope * dx;
        fit.residualSquares += residual * residual;
        fit.scores.push_back(dx * residual);
    }
    return fit;
}

double autocovariance(std::span<const double> values, std::size_t lag)
{
    // Four running sums: one would wait for each addition to end before the next begins.
    double sums[4]{};
    std::size_t t = lag;
    for (; t + 4 <= values.size(); t += 4)
        for (std::size_t part = 0; part < 4; ++part)
            sums[part] += values[t + part] * values[t + part - lag];
    for (; t < values.size(); ++t)
        sums[0] += values[t] * values[t - lag];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

std::vector<double> centred(std::span<const double> values)
{
    const double middle = mean(values);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values)
        result.push_back(value - middle);
    return result;
}

SlopeError errorFrom(const Fit &fit, std::size_t lagsMax, double variance)
{
    SlopeError error{lagsMax, kMissing, kMissing, kMissing};
    if (std::isnan(fit.slope) || !(variance > 0))
        return error;
    error.standardError = std::sqrt(variance) / fit.spread;
    error.t = fit.slope / error.standardError;
    error.pNormal = normalTwoSided(error.t);
    return error;
}

} // namespace

OrdinaryFit ordinaryFit(const PredictiveSample &sample)
{
    const Fit fit = fitOf(sample);
    const double rows = static_cast<double>(fit.scores.size());
    const double error = std::sqrt(fit.residualSquares / (rows - 2) / fit.spread);
    return {fit.slope, fit.scores.empty() ? kMissing : fit.slope / error, fit.scores.size()};
}

SlopeError neweyWest(const PredictiveSample &sample, std::size_t lagsMax)
{
    const Fit fit = fitOf(sample);
    double variance = autocovariance(fit.scores, 0);
    for (std::size_t k = 1; k <= lagsMax && k < fit.scores.size(); ++k)
        variance += 2 * (1 - static_cast<double>(k) / static_cast<double>(lagsMax + 1)) *
                    autocovariance(fit.scores, k);
    return errorFrom(fit, lagsMax, variance);
}

SlopeError hansenHodrick(const PredictiveSample &sample)
{
    const Fit fit = fitOf(sample);
    const std::size_t lagsMax = sample.horizon > 0 ? sample.horizon - 1 : 0;
    double variance = autocovariance(fit.scores, 0);
    for (std::size_t k = 1; k <= lagsMax && k < fit.scores.size(); ++k)
        variance += 2 * autocovariance(fit.scores, k);
    return errorFrom(fit, lagsMax, variance);
}

std::size_t automaticLags(std::size_t rows)
{
    return static_cast<std::size_t>(4 * std::pow(static_cast<double>(rows) / 100, 2.0 / 9));
}

double reverseT(const PredictiveSample &sample)
{
    const std::size_t days = std::min(sample.x.size(), sample.dailyReturn.size());
    const std::size_t h = sample.horizon;
    if (h == 0 || days < h + 3)
        return kMissing;
    std::vector<double> windows;
    std::vector<double> returns;
    for (std::size_t t = h - 1; t + 1 < days; ++t) {
        double sum = 0;
        for (std::size_t k = 0; k < h; ++k)
            sum += sample.x[t - k];
        windows.push_back(sum);
        returns.push_back(sample.dailyReturn[t + 1]);
    }
    const double meanW = mean(windows);
    const double meanR = mean(returns);
    double product = 0;
    double squares = 0;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        const double score = (windows[i] - meanW) * (returns[i] - meanR);
        product += score;
        squares += score * score;
    }
    return squares > 0 ? product / std::sqrt(squares) : kMissing;
}

double effectiveCount(std::span<const double> x, std::span<const double> y, std::size_t lagsMax)
{
    const std::size_t n = std::min(x.size(), y.size());
    if (n < 2)
        return static_cast<double>(n);
    const auto dx = centred(x.first(n));
    const auto dy = centred(y.first(n));
    const double vx = autocovariance(dx, 0);
    const double vy = autocovariance(dy, 0);
    if (!(vx > 0 && vy > 0))
        return 1;
    const auto count = static_cast<double>(n);
    double inflation = 1;
    for (std::size_t k = 1; k <= lagsMax && k < n; ++k)
        inflation += 2 * (1 - static_cast<double>(k) / count) * autocovariance(dx, k) / vx *
                     autocovariance(dy, k) / vy;
    return inflation <= 0 ? count : std::clamp(count / inflation, 1.0, count);
}

} // namespace chrona::stats
