// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Returns from each trading day of a target's own calendar to `horizon` trading days later. A
/// price that is NaN or not positive is missing; a missing or absent end gives NaN: nothing is
/// filled. Pure; any thread.
namespace chrona::stats {

[[nodiscard]] std::vector<double> forwardSimpleReturns(std::span<const double> prices,
                                                       std::size_t horizon);
[[nodiscard]] std::vector<double> forwardLogReturns(std::span<const double> prices,
                                                    std::size_t horizon);
/// Standard deviation (n - 1) of the `horizon` daily log returns that follow.
[[nodiscard]] std::vector<double> forwardVolatility(std::span<const double> prices,
                                                    std::size_t horizon);
/// ln P[t] - ln P[t-1]; NaN at 0.
[[nodiscard]] std::vector<double> dailyLogReturns(std::span<const double> prices);

} // namespace chrona::stats
