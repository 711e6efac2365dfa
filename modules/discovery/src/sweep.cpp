// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sweep.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace chrona::discovery {

namespace {

constexpr std::size_t kChunk = 64; ///< features: their products stay in the cache

/// The work space of one chunk.
struct Chunk {
    std::vector<std::size_t> features;
    std::vector<float> series;   ///< days × features
    std::vector<float> windows;  ///< days × features: the squared moving sums of one horizon
    std::vector<float> products; ///< (view, shift) × features
    std::vector<float> squares;  ///< (view, lag) × features
    std::vector<float> t;        ///< (view, horizon, lag), feature after feature
};

void squaredSums(std::span<const float> x, std::size_t horizon, std::span<float> out)
{
    double sum = 0; // in double: what is added is later taken away
    for (std::size_t t = 0; t < x.size(); ++t) {
        sum += x[t];
        if (t >= horizon)
            sum -= x[t - horizon];
        out[t] = static_cast<float>(sum * sum);
    }
}

void scoreHorizon(const SweepTargets &targets, std::size_t horizonRow, Chunk &chunk)
{
    const Windows &windows = targets.windows();
    const std::size_t lags = windows.lags();
    const std::size_t shifts = windows.shifts();
    const std::size_t views = targets.viewCount();
    const std::size_t horizon = windows.horizons[horizonRow];
    for (std::size_t f = 0; f < chunk.features.size(); ++f) {
        float *t = chunk.t.data() + f * views * windows.count();
        for (std::size_t view = 0; view < views; ++view) {
            const float *product = chunk.products.data() + (f * views + view) * shifts;
            const float *square = chunk.squares.data() + (f * views + view) * lags;
            float *out = t + view * windows.count() + horizonRow * lags;
            float sum = 0;
            for (std::size_t k = 0; k + 1 < horizon; ++k)
                sum += product[k];
            for (std::size_t lag = 0; lag < lags; ++lag) {
                sum += product[lag + horizon - 1];
                out[lag] = square[lag] > 0 ? sum / std::sqrt(square[lag]) : 0;
                sum -= product[lag];
            }
        }
    }
}

void runChunk(const SweepTargets &targets, const KernelChoice &kernel, Chunk &chunk)
{
    const Windows &windows = targets.windows();
    const std::size_t days = targets.days();
    const std::size_t columns = chunk.features.size();
    const std::size_t views = targets.viewCount();
    chunk.products.resize(views * windows.shifts() * columns);
    chunk.squares.resize(views * windows.lags() * columns);
    chunk.windows.resize(days * columns);
    chunk.t.resize(views * windows.count() * columns);
    kernel.product(targets.shifted().data(), chunk.series.data(), chunk.products.data(), days,
                   views * windows.shifts(), columns);
    for (std::size_t row = 0; row < windows.horizons.size(); ++row) {
        for (std::size_t f = 0; f < columns; ++f)
            squaredSums(std::span(chunk.series).subspan(f * days, days), windows.horizons[row],
                        std::span(chunk.windows).subspan(f * days, days));
        kernel.product(targets.shiftedSquares().data(), chunk.windows.data(), chunk.squares.data(),
                       days, views * windows.lags(), columns);
        scoreHorizon(targets, row, chunk);
    }
}

} // namespace

std::size_t Windows::shifts() const
{
    return lagMax + *std::ranges::max_element(horizons);
}

SweepTargets::SweepTargets(const std::vector<ReturnView> &views, const Windows &windows)
    : m_views(views.size()), m_days(views.empty() ? 0 : views.front().scores.size()),
      m_windows(windows)
{
    const auto at = [this](const ReturnView &view, std::size_t day) {
        return day < m_days ? static_cast<float>(view.scores[day]) : 0.0F;
    };
    for (const auto &view : views)
        for (std::size_t d = 0; d < windows.shifts(); ++d)
            for (std::size_t t = 0; t < m_days; ++t)
                m_shifted.push_back(at(view, t + 1 + d));
    for (const auto &view : views)
        for (std::size_t lag = 0; lag < windows.lags(); ++lag)
            for (std::size_t t = 0; t < m_days; ++t)
                m_squares.push_back(at(view, t + 1 + lag) * at(view, t + 1 + lag));
}

void sweep(const SweepTargets &targets, std::size_t featureCount, const FeatureSource &source,
           const SweepSink &sink, Executor &executor, std::stop_token stop)
{
    const KernelChoice kernel = chooseKernel();
    const std::size_t chunks = (featureCount + kChunk - 1) / kChunk;
    executor.forEach(
        chunks,
        [&](std::size_t number) {
            Chunk chunk;
            const std::size_t end = std::min(featureCount, (number + 1) * kChunk);
            for (std::size_t feature = number * kChunk; feature < end && !stop.stop_requested();
                 ++feature) {
                const auto series = source(feature);
                if (series.empty())
                    continue;
                chunk.features.push_back(feature);
                chunk.series.insert(chunk.series.end(), series.begin(), series.end());
            }
            if (chunk.features.empty() || stop.stop_requested())
                return;
            runChunk(targets, kernel, chunk);
            const std::size_t size = targets.viewCount() * targets.windows().count();
            for (std::size_t f = 0; f < chunk.features.size(); ++f)
                sink(chunk.features[f], std::span(chunk.t).subspan(f * size, size));
        },
        stop);
}

} // namespace chrona::discovery
