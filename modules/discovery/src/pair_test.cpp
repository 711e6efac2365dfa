// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pair_test.h"

#include "chrona/stats/distributions.h"
#include "chrona/stats/multiple_testing.h"

#include <algorithm>
#include <cmath>

namespace chrona::discovery {

namespace {

/// Below it p exceeds 0.1, and no family of these sizes is decided by such a p.
constexpr double kTMin = 1.6;

struct ViewScan {
    View view;
    std::vector<WindowTest> tests;
    std::size_t best = 0;
    double inflation = 1;
};

ViewScan scanView(View view, std::span<const double> x, std::span<const double> scores, double sign,
                  const Windows &windows, SecondLook look, std::size_t serialLags)
{
    ViewScan scan{view, allWindows(x, scores, windows), 0, 1};
    for (std::size_t i = 0; i < scan.tests.size(); ++i)
        if (std::abs(scan.tests[i].t) > std::abs(scan.tests[scan.best].t))
            scan.best = i;
    if (look == SecondLook::Yes) {
        const auto &best = scan.tests[scan.best];
        scan.inflation = serialInflation(terms(x, scores, best.horizon, best.lag), serialLags);
    }
    for (auto &test : scan.tests)
        test.t *= sign / scan.inflation;
    return scan;
}

} // namespace

double dotProduct(std::span<const double> a, std::span<const double> b)
{
    const std::size_t n = std::min(a.size(), b.size());
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        s0 += a[i] * b[i];
        s1 += a[i + 1] * b[i + 1];
        s2 += a[i + 2] * b[i + 2];
        s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; ++i)
        s0 += a[i] * b[i];
    return (s0 + s1) + (s2 + s3);
}

std::vector<double> movingSum(std::span<const double> x, std::size_t horizon)
{
    std::vector<double> result(x.size());
    double sum = 0;
    for (std::size_t t = 0; t < x.size(); ++t) {
        sum += x[t] - (t >= horizon ? x[t - horizon] : 0);
        result[t] = sum;
    }
    return result;
}

std::vector<WindowTest> allWindows(std::span<const double> x, std::span<const double> scores,
                                   const Windows &windows)
{
    const std::size_t days = std::min(x.size(), scores.size());
    const auto after = [&](std::span<const double> values, std::size_t shift) {
        return shift < days ? values.subspan(shift) : std::span<const double>();
    };
    std::vector<double> products;
    for (std::size_t d = 0; d < windows.shifts(); ++d)
        products.push_back(dotProduct(x, after(scores, d + 1)));
    std::vector<double> squares(days);
    for (std::size_t t = 0; t < days; ++t)
        squares[t] = scores[t] * scores[t];
    std::vector<WindowTest> result;
    for (const std::size_t horizon : windows.horizons) {
        auto sums = movingSum(x, horizon);
        for (auto &sum : sums)
            sum *= sum;
        for (std::size_t lag = 0; lag <= windows.lagMax; ++lag) {
            double numerator = 0;
            for (std::size_t k = 0; k < horizon; ++k)
                numerator += products[lag + k];
            const double variance = dotProduct(sums, after(squares, lag + 1));
            result.push_back({horizon, lag, variance > 0 ? numerator / std::sqrt(variance) : 0});
        }
    }
    return result;
}

std::vector<double> terms(std::span<const double> x, std::span<const double> scores,
                          std::size_t horizon, std::size_t lag)
{
    auto result = movingSum(x, horizon);
    const std::size_t count = result.size() > lag + 1 ? result.size() - lag - 1 : 0;
    for (std::size_t t = 0; t < count; ++t)
        result[t] *= scores[t + lag + 1];
    result.resize(count);
    return result;
}

double serialInflation(std::span<const double> terms, std::size_t lagsMax)
{
    std::vector<double> centred(terms.begin(), terms.end());
    double mean = 0;
    for (const double value : centred)
        mean += value;
    mean /= static_cast<double>(std::max<std::size_t>(centred.size(), 1));
    for (auto &value : centred)
        value -= mean;
    const double plain = dotProduct(centred, centred);
    double variance = plain;
    for (std::size_t k = 1; k <= lagsMax && k < centred.size(); ++k)
        variance += 2 * (1 - static_cast<double>(k) / static_cast<double>(lagsMax + 1)) *
                    dotProduct(centred, std::span<const double>(centred).subspan(k));
    return plain > 0 && variance > plain ? std::sqrt(variance / plain) : 1;
}

template <class Number> double simesFromT(std::span<const Number> t, std::vector<double> &work)
{
    work.clear();
    for (const Number value : t)
        if (std::abs(value) > Number(kTMin))
            work.push_back(stats::normalTwoSided(static_cast<double>(value)));
    std::ranges::sort(work);
    return stats::simesOfSmallest(work, t.size());
}
template double simesFromT<float>(std::span<const float>, std::vector<double> &);
template double simesFromT<double>(std::span<const double>, std::vector<double> &);

PairResult testPair(std::span<const double> x, const PairViews &views, const Windows &windows,
                    SecondLook look, std::size_t serialLags)
{
    std::vector<ViewScan> scans;
    scans.push_back(scanView(View::Whole, x, views.whole, 1, windows, look, serialLags));
    if (!views.own.empty())
        scans.push_back(scanView(View::Own, x, views.own, 1, windows, look, serialLags));
    if (!views.shared.empty())
        scans.push_back(
            scanView(View::Shared, x, views.shared, views.sharedSign, windows, look, serialLags));
    std::vector<double> all;
    PairResult result;
    std::size_t best = 0;
    for (const auto &scan : scans) {
        for (const auto &test : scan.tests)
            all.push_back(test.t);
        if (std::abs(scan.tests[scan.best].t) > std::abs(result.best.t)) {
            result.best = scan.tests[scan.best];
            result.view = scan.view;
            result.inflation = scan.inflation;
            best = scan.best;
        }
    }
    std::vector<double> work;
    result.p = simesFromT<double>(all, work);
    result.wholeT = scans.front().tests[best].t;
    result.tests = all.size();
    return result;
}

} // namespace chrona::discovery
