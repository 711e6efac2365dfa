// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sweep.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

namespace chrona::discovery {

namespace {

/// Features: so few that their sums stay near, and that threads end together.
constexpr std::size_t kChunk = 36;
/// Some tens of milliseconds.
constexpr std::size_t kProductsBetweenStops = 1'000'000'000;
static_assert(kChunk % kColumnGroup == 0);

/// Of one side the largest magnitude, of the other the sum over a block: their product is what 32
/// bits hold. Rounding adds at most half a unit a day.
constexpr double kFeatureMax = 6'500;
constexpr double kScoreMax = 32'767;
constexpr double kScoreBlockMax = 330'000 - kBlockDays / 2.0;
constexpr double kSquareBlockMax = 262'000 - kBlockDays / 2.0;
static_assert(kFeatureMax * 330'000 < 0x1p31 && kWindowMax * 262'000.0 < 0x1p31);

std::int16_t rounded(double value)
{
    return static_cast<std::int16_t>(std::lround(value));
}

/// The largest sum of so many values in a row.
double largestRun(std::span<const double> sizes, std::size_t days)
{
    double sum = 0;
    double largest = 0;
    for (std::size_t t = 0; t < sizes.size(); ++t) {
        sum += sizes[t] - (t >= days ? sizes[t - days] : 0);
        largest = std::max(largest, sum);
    }
    return largest;
}

/// By which magnitudes become whole numbers as large as they may be; 0: there is nothing.
double unitFor(std::span<const double> sizes, double blockMax)
{
    const double largest = sizes.empty() ? 0 : *std::ranges::max_element(sizes);
    return largest > 0 ? std::min(kScoreMax / largest, blockMax / largestRun(sizes, kBlockDays))
                       : 0;
}

/// The work space of one chunk, used again for the next one.
struct Chunk {
    std::vector<std::size_t> features;
    std::vector<std::int16_t> series;  ///< days × features
    std::vector<std::int16_t> windows; ///< days × (horizon, feature): squared moving sums
    std::vector<float> factors;        ///< of these, by (horizon, feature)
    std::vector<float> products;       ///< (view, shift) × features
    std::vector<float> squares;        ///< (view, lag) × (horizon, feature)
    std::vector<float> t;              ///< (view, horizon, lag) of one feature
    std::vector<std::int32_t> sums;
};

class Sweep {
public:
    Sweep(const SweepTargets &targets, const SweepSink &sink)
        : m_targets(targets), m_sink(sink), m_kernel(chooseKernel())
    {
    }

    void run(std::size_t begin, std::size_t end, const FeatureSource &source,
             const std::stop_token &stop)
    {
        auto chunk = takeChunk();
        for (std::size_t feature = begin; feature < end && !stop.stop_requested(); ++feature)
            if (const auto series = source(feature); !series.empty())
                addFeature(feature, series, *chunk);
        if (!chunk->features.empty())
            multiply(*chunk, stop);
        for (std::size_t f = 0; f < chunk->features.size() && !stop.stop_requested(); ++f)
            score(f, *chunk);
        const std::scoped_lock lock(m_mutex);
        m_resting.push_back(std::move(chunk));
    }

private:
    [[nodiscard]] std::unique_ptr<Chunk> takeChunk()
    {
        std::unique_ptr<Chunk> chunk;
        {
            const std::scoped_lock lock(m_mutex);
            if (!m_resting.empty()) {
                chunk = std::move(m_resting.back());
                m_resting.pop_back();
            }
        }
        if (!chunk)
            chunk = std::make_unique<Chunk>();
        chunk->features.clear();
        chunk->series.clear();
        return chunk;
    }

    void addFeature(std::size_t feature, std::span<const double> series, Chunk &chunk) const
    {
        const std::size_t days = m_targets.days();
        const std::size_t place = chunk.features.size() * days;
        chunk.features.push_back(feature);
        chunk.series.resize(place + days);
        m_kernel.round(series.data(), std::min(series.size(), days), kFeatureMax,
                       chunk.series.data() + place);
        std::fill(chunk.series.begin() +
                      static_cast<std::ptrdiff_t>(place + std::min(series.size(), days)),
                  chunk.series.end(), std::int16_t{0});
    }

    /// Some panels at a time, so that a stop need not wait for all of many targets.
    void multiply(const SweepTargets::Panels &panels, std::span<const std::int16_t> columns,
                  std::span<float> out, const std::stop_token &stop) const
    {
        const std::size_t days = m_targets.days();
        const std::size_t count = columns.size() / days;
        const std::size_t stride = panels.count * kPanelRows;
        const std::size_t step = 1 + kProductsBetweenStops / (columns.size() * kPanelRows);
        for (std::size_t panel = 0; panel < panels.count && !stop.stop_requested(); panel += step)
            m_kernel.multiply({panels.values.data() + panel * kPanelRows * days,
                               std::min(step, panels.count - panel), columns.data(), count, days,
                               out.data() + panel * kPanelRows, stride});
    }

    void multiply(Chunk &chunk, const std::stop_token &stop) const
    {
        const Windows &windows = m_targets.windows();
        const std::size_t days = m_targets.days();
        const std::size_t count = chunk.features.size();
        const auto padded = [](std::size_t columns) {
            return (columns + kColumnGroup - 1) / kColumnGroup * kColumnGroup;
        };
        const std::size_t columns = padded(count);
        const std::size_t windowColumns = padded(count * windows.horizons.size());
        chunk.series.resize(columns * days);
        chunk.windows.resize(windowColumns * days);
        chunk.factors.resize(windowColumns);
        chunk.sums.resize(days + 1);
        for (std::size_t row = 0; row < windows.horizons.size(); ++row)
            for (std::size_t f = 0; f < count; ++f)
                chunk.factors[row * count + f] = m_kernel.squareWindows(
                    chunk.series.data() + f * days, days, windows.horizons[row], chunk.sums.data(),
                    chunk.windows.data() + (row * count + f) * days);
        const auto &shifted = m_targets.shifted();
        const auto &squares = m_targets.shiftedSquares();
        chunk.products.resize(shifted.count * kPanelRows * columns);
        chunk.squares.resize(squares.count * kPanelRows * windowColumns);
        multiply(shifted, chunk.series, chunk.products, stop);
        multiply(squares, chunk.windows, chunk.squares, stop);
    }

    void score(std::size_t f, Chunk &chunk) const
    {
        const Windows &windows = m_targets.windows();
        const std::size_t count = chunk.features.size();
        chunk.t.resize(m_targets.viewCount() * windows.count());
        for (std::size_t row = 0; row < windows.horizons.size(); ++row) {
            const std::size_t column = row * count + f;
            m_kernel.score(
                {chunk.products.data() + f * m_targets.shifted().count * kPanelRows,
                 chunk.squares.data() + column * m_targets.shiftedSquares().count * kPanelRows,
                 m_targets.scales().data(), std::sqrt(chunk.factors[column]), m_targets.viewCount(),
                 windows.shifts(), windows.lags(), windows.horizons[row], windows.count(),
                 chunk.t.data() + row * windows.lags()});
        }
        m_sink(chunk.features[f], chunk.t);
    }

    const SweepTargets &m_targets;
    const SweepSink &m_sink;
    KernelChoice m_kernel;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Chunk>> m_resting;
};

} // namespace

std::size_t Windows::shifts() const
{
    return lagMax + *std::ranges::max_element(horizons);
}

void SweepTargets::Panels::resize(std::size_t rows, std::size_t days)
{
    count = (rows + kPanelRows - 1) / kPanelRows;
    values.assign(count * kPanelRows * days, 0);
}

void SweepTargets::Panels::set(std::size_t row, std::size_t shift,
                               std::span<const std::int16_t> series, std::size_t days)
{
    std::int16_t *panel =
        values.data() + row / kPanelRows * kPanelRows * days + row % kPanelRows * 2;
    for (std::size_t t = shift; t < series.size(); ++t)
        panel[(t - shift) / 2 * 2 * kPanelRows + (t - shift) % 2] = series[t];
}

SweepTargets::SweepTargets(const std::vector<ReturnView> &views, const Windows &windows)
    : m_views(views.size()), m_days(views.empty() ? 0 : (views.front().scores.size() + 1) / 2 * 2),
      m_windows(windows)
{
    m_shifted.resize(m_views * windows.shifts(), m_days);
    m_squares.resize(m_views * windows.lags(), m_days);
    for (std::size_t view = 0; view < m_views; ++view)
        addView(view, views[view].scores);
}

void SweepTargets::addView(std::size_t view, std::span<const double> scores)
{
    std::vector<double> sizes;
    std::vector<double> squares;
    for (const double score : scores) {
        sizes.push_back(std::abs(score));
        squares.push_back(score * score);
    }
    const double unit = unitFor(sizes, kScoreBlockMax);
    const double squareUnit = unitFor(squares, kSquareBlockMax);
    std::vector<std::int16_t> whole;
    std::vector<std::int16_t> wholeSquares;
    for (std::size_t t = 0; t < scores.size(); ++t) {
        whole.push_back(rounded(scores[t] * unit));
        wholeSquares.push_back(rounded(squares[t] * squareUnit));
    }
    for (std::size_t d = 0; d < m_windows.shifts(); ++d)
        m_shifted.set(view * m_windows.shifts() + d, d + 1, whole, m_days);
    for (std::size_t lag = 0; lag < m_windows.lags(); ++lag)
        m_squares.set(view * m_windows.lags() + lag, lag + 1, wholeSquares, m_days);
    m_scales.push_back(unit > 0 ? static_cast<float>(std::sqrt(squareUnit) / unit) : 0.0F);
}

void sweep(const SweepTargets &targets, std::size_t featureCount, const FeatureSource &source,
           const SweepSink &sink, Executor &executor, std::stop_token stop)
{
    Sweep work(targets, sink);
    executor.forEach((featureCount + kChunk - 1) / kChunk,
                     [&](std::size_t number) {
                         work.run(number * kChunk, std::min(featureCount, (number + 1) * kChunk),
                                  source, stop);
                     },
                     stop);
}

} // namespace chrona::discovery
