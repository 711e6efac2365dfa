// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Moving statistics over values in which NaN is missing. A window is the last `length` places, the
/// current one included; fewer than `valuesMin` values in it give NaN. Pure; any thread.
namespace chrona::stats {

struct Window {
    std::size_t length = 20;
    std::size_t valuesMin = 20;
};

struct Moments {
    std::vector<double> mean;
    std::vector<double> deviation; ///< with n - 1
};
[[nodiscard]] Moments rollingMoments(std::span<const double> x, const Window &window);
/// (x - mean) / deviation of the same window; NaN where the deviation is 0.
[[nodiscard]] std::vector<double> rollingZ(std::span<const double> x, const Window &window);
/// The same against the window that ends one place earlier: nothing of today judges today.
[[nodiscard]] std::vector<double> rollingZPastOnly(std::span<const double> x, const Window &window);
/// x in deviations of the window that ends one place earlier, whatever its mean: how large a move
/// is by what was usual before it.
[[nodiscard]] std::vector<double> inPastDeviations(std::span<const double> x, const Window &window);
/// By what the moves of a market are measured, session by session, wherever they are shown.
inline constexpr Window kOwnVolatility{.length = 60, .valuesMin = 20};
/// Against all earlier places.
[[nodiscard]] std::vector<double> expandingZPastOnly(std::span<const double> x,
                                                     std::size_t valuesMin);

struct RobustMoments {
    std::vector<double> median;
    std::vector<double> deviation; ///< median absolute deviation
    std::vector<double> z;         ///< (x - median) / (1.4826 MAD)
};
[[nodiscard]] RobustMoments rollingRobust(std::span<const double> x, const Window &window);

enum class EwmaStart { Adjusted, Recursive }; ///< weights normalised, or first value taken as mean
enum class EwmaGaps { DecayInGaps, IgnoreGaps }; ///< does a missing place age the weights?
struct EwmaRule {
    double alpha = 0.1; ///< 0 < alpha <= 1
    EwmaStart start = EwmaStart::Adjusted;
    EwmaGaps gaps = EwmaGaps::DecayInGaps;
};
[[nodiscard]] double alphaFromSpan(double span);
[[nodiscard]] double alphaFromHalfLife(double halfLife);
[[nodiscard]] std::vector<double> ewma(std::span<const double> x, const EwmaRule &rule);

} // namespace chrona::stats
