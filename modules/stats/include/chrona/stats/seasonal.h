// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Taking the calendar out of a series. NaN is missing. Pure; any thread.
namespace chrona::stats {

/// x minus the mean of all values with the same key (weekday, month, …). Uses the future: for
/// in-sample screening only.
[[nodiscard]] std::vector<double> demeanByKey(std::span<const double> x, std::span<const int> keys);
/// x minus the mean of strictly earlier values with the same key, at least `valuesMin` of them.
[[nodiscard]] std::vector<double>
demeanByKeyPastOnly(std::span<const double> x, std::span<const int> keys, std::size_t valuesMin);
/// Residual of least squares on 1, t in [-1, 1] over all rows, sin and cos of 2 pi day/365.25.
/// Fewer than five values: all NaN.
[[nodiscard]] std::vector<double> trendAndSeasonResidual(std::span<const double> x,
                                                         std::span<const int> dayOfYear);

} // namespace chrona::stats
