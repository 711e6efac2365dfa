// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "sweep.h"

#include <span>
#include <vector>

/// One feature against one target, exactly: the tests that decide, in double precision and a fixed
/// order of additions, so that they do not depend on the instruction set.
namespace chrona::discovery {

/// A sum with four running parts: quick, and the same everywhere.
[[nodiscard]] double dotProduct(std::span<const double> a, std::span<const double> b);
/// w[t] = x[t-h+1] + … + x[t], with nothing before the first day.
[[nodiscard]] std::vector<double> movingSum(std::span<const double> x, std::size_t horizon);

/// One window of one view.
struct WindowTest {
    std::size_t horizon = 1, lag = 0;
    double t = 0;
};
/// All windows of one view, horizon by horizon.
[[nodiscard]] std::vector<WindowTest>
allWindows(std::span<const double> x, std::span<const double> scores, const Windows &windows);

/// w[t-lag] · scores[t+1], the terms whose sum is tested, by t + 1 - (lag + 1): one for each day on
/// which both exist.
[[nodiscard]] std::vector<double> terms(std::span<const double> x, std::span<const double> scores,
                                        std::size_t horizon, std::size_t lag);
/// Standard error with serial dependence over the one without, at least 1 (Newey and West, Bartlett
/// weights, centred).
[[nodiscard]] double serialInflation(std::span<const double> terms, std::size_t lagsMax);

/// The views of a target that a pair is tested in.
struct PairViews {
    std::span<const double> whole;
    std::span<const double> own;    ///< empty: too few targets
    std::span<const double> shared; ///< empty unless the target carries much of it
    double sharedSign = 1;
};

struct PairResult {
    double p = 1; ///< Simes over the windows of all its views
    View view = View::Whole;
    WindowTest best;      ///< signs as for the target
    double inflation = 1; ///< by which the best t was divided
    double wholeT = 0;    ///< t of the whole return in the best window
    std::size_t tests = 0;
};
enum class SecondLook { No, Yes };
[[nodiscard]] PairResult testPair(std::span<const double> x, const PairViews &views,
                                  const Windows &windows, SecondLook look, std::size_t serialLags);

/// Simes' p from t values, of which only those that matter become p values.
template <class Number>
[[nodiscard]] double simesFromT(std::span<const Number> t, std::vector<double> &work);

} // namespace chrona::discovery
