// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

/// Corrections for many tests. A NaN p is missing: it is left out of the family's size and stays
/// NaN. Pure; any thread.
namespace chrona::stats {

[[nodiscard]] std::vector<double> benjaminiHochberg(std::span<const double> p);
/// Benjamini-Yekutieli: holds under any dependence.
[[nodiscard]] std::vector<double> benjaminiYekutieli(std::span<const double> p);
[[nodiscard]] std::vector<double> bonferroni(std::span<const double> p);
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

/// One p for a whole family: the least of m p_(k) / k. NaN for an empty family.
[[nodiscard]] double simes(std::span<const double> p);
/// The same where only the smallest p's of the family were kept: `sorted` ascending, `familySize`
/// the count of all. Exact as long as the left-out ones are not the minimum; cut to 1.
[[nodiscard]] double simesOfSmallest(std::span<const double> sorted, std::size_t familySize);

struct StoreyAdjustment {
    double nullShare = 1;  ///< pi0: the estimated share of true nulls
    std::vector<double> q; ///< min(1, pi0 · BH)
};
[[nodiscard]] StoreyAdjustment storey(std::span<const double> p, double lambda = 0.5);

} // namespace chrona::stats
