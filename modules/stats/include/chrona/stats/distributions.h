// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

/// Distribution functions, accurate to some 1e-12 relative in the tails where p-values live. Pure;
/// any thread.
namespace chrona::stats {

[[nodiscard]] double normalCdf(double z);
[[nodiscard]] double normalQuantile(double probability); ///< ±infinity at 0 and 1
[[nodiscard]] double normalTwoSided(double z);           ///< P(|Z| >= |z|); NaN for NaN
[[nodiscard]] double studentTwoSided(double t, double degreesOfFreedom);
/// I_x(a, b), the regularised incomplete beta function; x in [0, 1], a and b positive.
[[nodiscard]] double incompleteBeta(double a, double b, double x);

} // namespace chrona::stats
