// SPDX-License-Identifier: AGPL-3.0-or-later
#include "episodes.h"

#include "missing.h"

#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <cmath>

namespace chrona::discovery {

namespace {

constexpr double kStandOutZ = 2;
constexpr std::size_t kLeftOut = 3;

/// Robust z of each day; days without a value are 0.
std::vector<double> robustZ(std::span<const double> x)
{
    std::vector<double> present;
    double squares = 0;
    for (const double value : x) {
        if (value != 0)
            present.push_back(value);
        squares += value * value;
    }
    std::vector<double> result(x.size());
    if (present.empty())
        return result;
    const double deviation = std::sqrt(squares / static_cast<double>(present.size()));
    const double middle = stats::median(present);
    for (auto &value : present)
        value = std::abs(value - middle);
    // Where most days are alike their spread is nearly nothing and every other day would stand out.
    const double spread = std::max(1.4826 * stats::median(present), deviation / 2);
    for (std::size_t t = 0; t < x.size(); ++t)
        result[t] = x[t] != 0 ? (x[t] - middle) / spread : 0;
    return result;
}

/// What the target did over the window that begins `lag` days after t: the sum of returns, or for
/// volatility the usual size of a move.
double forwardOf(std::span<const double> returns, const Signal &signal, std::size_t t)
{
    double sum = 0;
    for (std::size_t k = 1; k <= signal.horizon; ++k) {
        const std::size_t day = t + signal.lag + k;
        if (day >= returns.size())
            return kMissing;
        sum += signal.measure == Measure::Volatility ? returns[day] * returns[day] : returns[day];
    }
    return signal.measure == Measure::Volatility
               ? std::sqrt(sum / static_cast<double>(signal.horizon))
               : sum;
}

double shareBelow(const std::vector<double> &sorted, double value)
{
    if (std::isnan(value) || sorted.empty())
        return kMissing;
    return static_cast<double>(std::ranges::lower_bound(sorted, value) - sorted.begin()) /
           static_cast<double>(sorted.size());
}

/// Terms [begin, end) are those whose feature window touches the stretch.
struct Terms {
    std::size_t begin, end;
    double sum;
};

Terms termsOf(const Stretch &stretch, std::size_t horizon, std::span<const double> product)
{
    Terms terms{std::min(stretch.begin, product.size()),
                std::min(stretch.end + horizon - 1, product.size()), 0};
    for (std::size_t t = terms.begin; t < terms.end; ++t)
        terms.sum += product[t];
    return terms;
}

/// t without the stretches that speak most for the signal.
double leaveOutT(std::vector<double> product, std::vector<Terms> parts, const Signal &signal)
{
    std::ranges::sort(parts, [&](const Terms &a, const Terms &b) {
        return a.sum * signal.sign > b.sum * signal.sign;
    });
    for (std::size_t i = 0; i < std::min(kLeftOut, parts.size()); ++i)
        std::fill(product.begin() + static_cast<std::ptrdiff_t>(parts[i].begin),
                  product.begin() + static_cast<std::ptrdiff_t>(parts[i].end), 0.0);
    double sum = 0;
    for (const double term : product)
        sum += term;
    const double variance = dotProduct(product, product);
    return variance > 0 ? signal.sign * sum / std::sqrt(variance) / signal.inflation : 0;
}

} // namespace

std::vector<Stretch> stretchesOf(std::span<const double> x, std::size_t mergeDays)
{
    const auto z = robustZ(x);
    std::vector<Stretch> result;
    for (std::size_t t = 0; t < z.size(); ++t) {
        if (std::abs(z[t]) < kStandOutZ)
            continue;
        const bool isNear = !result.empty() && t - result.back().end < mergeDays;
        if (!isNear)
            result.push_back({t, t + 1, t, z[t]});
        auto &stretch = result.back();
        stretch.end = t + 1;
        if (std::abs(z[t]) > std::abs(stretch.robustZ)) {
            stretch.peak = t;
            stretch.robustZ = z[t];
        }
    }
    return result;
}

void addEpisodes(const PairData &data, const EpisodeSeries &series, Signal &signal)
{
    const auto product = terms(data.x, data.scores, signal.horizon, signal.lag);
    double total = 0;
    for (const double term : product)
        total += term;
    std::vector<double> forwards;
    for (std::size_t t = 0; t < series.returns.size(); ++t)
        if (const double value = forwardOf(series.returns, signal, t); !std::isnan(value))
            forwards.push_back(value);
    std::ranges::sort(forwards);
    std::vector<Terms> parts;
    for (const auto &stretch : stretchesOf(data.x, signal.horizon)) {
        const auto part = termsOf(stretch, signal.horizon, product);
        const double share = total != 0 ? part.sum / total : 0;
        const double forward = forwardOf(series.returns, signal, stretch.peak);
        parts.push_back(part);
        signal.episodeInfluence = std::max(signal.episodeInfluence, share);
        signal.episodes.push_back({stretch.begin, stretch.end, series.known[stretch.peak],
                                   stretch.robustZ, forward, shareBelow(forwards, forward), share});
    }
    signal.episodeCount = parts.size();
    signal.leaveOutT = leaveOutT(product, std::move(parts), signal);
    if (signal.episodes.size() > Signal::kEpisodesMax) {
        std::ranges::stable_sort(signal.episodes, [](const Episode &a, const Episode &b) {
            return std::abs(a.robustZ) > std::abs(b.robustZ);
        });
        signal.episodes.resize(Signal::kEpisodesMax);
        std::ranges::sort(signal.episodes, {}, &Episode::begin);
    }
}

} // namespace chrona::discovery
