// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "kernel.h"
#include "preparation.h"

#include "chrona/base/executor.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

/// Every feature against every return series at every lag and horizon, in whole numbers of 16 bits
/// (docs/adr/0076): finds the pairs worth a second look. Reverse identity: with C(d) = sum of
/// x[t-d] r[t+1], the numerator of horizon h at lag l is C(l) + … + C(l+h-1), so 35 products serve
/// all 105 windows. A t is off by some thousandths, and the same to the last bit everywhere.
namespace chrona::discovery {

struct Windows {
    std::vector<std::size_t> horizons;
    std::size_t lagMax = 20;
    [[nodiscard]] std::size_t lags() const { return lagMax + 1; }
    [[nodiscard]] std::size_t count() const { return horizons.size() * lags(); }
    [[nodiscard]] std::size_t shifts() const; ///< single-day lags that the windows reach
};

/// Return series laid out for the products; made once a run.
class SweepTargets {
public:
    SweepTargets(const std::vector<ReturnView> &views, const Windows &windows);

    [[nodiscard]] std::size_t viewCount() const { return m_views; }
    [[nodiscard]] std::size_t days() const { return m_days; }
    [[nodiscard]] const Windows &windows() const { return m_windows; }
    /// Rows of a product, in panels.
    struct Panels {
        std::size_t count = 0;
        std::vector<std::int16_t> values;
        void resize(std::size_t rows, std::size_t days);
        /// One row: series[day + shift] for each day, as far as it goes.
        void set(std::size_t row, std::size_t shift, std::span<const std::int16_t> series,
                 std::size_t days);
    };
    [[nodiscard]] const Panels &shifted() const { return m_shifted; }
    [[nodiscard]] const Panels &shiftedSquares() const { return m_squares; }
    /// By view: what makes t of the sums, beside the factor of the window.
    [[nodiscard]] std::span<const float> scales() const { return m_scales; }

private:
    void addView(std::size_t view, std::span<const double> scores);

    std::size_t m_views, m_days; ///< even: one without anything is added where needed
    Windows m_windows;
    Panels m_shifted; ///< row (view, d): scores[t + 1 + d]
    Panels m_squares; ///< row (view, l): scores[t + 1 + l]²
    std::vector<float> m_scales;
};

/// t of one feature against all views: [view · windows + horizon · lags + lag].
using SweepSink = std::function<void(std::size_t feature, std::span<const float> t)>;
/// The prepared series of a feature; empty: leave it out.
using FeatureSource = std::function<std::vector<double>(std::size_t feature)>;

/// Calls the sink once for every feature that has a series, possibly from several threads at once.
void sweep(const SweepTargets &targets, std::size_t featureCount, const FeatureSource &source,
           const SweepSink &sink, Executor &executor, std::stop_token stop);

} // namespace chrona::discovery
