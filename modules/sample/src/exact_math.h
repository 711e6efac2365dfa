// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

/// Elementary functions from additions, multiplications and divisions alone, so that every platform
/// gives the same bits (std's differ between libraries). The module is compiled without contraction
/// to fused multiply-add for the same reason. Accurate to a few units in the last place.
namespace chrona::sample::exact {

[[nodiscard]] double exp(double x);          ///< -700 to 700
[[nodiscard]] double log(double x);          ///< x > 0, normal
[[nodiscard]] double sinTurns(double turns); ///< sin(2 pi turns)
[[nodiscard]] inline double cosTurns(double turns)
{
    return sinTurns(turns + 0.25);
}
[[nodiscard]] double cosDegrees(double degrees);
[[nodiscard]] double power(double base, double exponent); ///< base > 0
/// To so many decimals, halves away from zero.
[[nodiscard]] double rounded(double value, int decimals);

} // namespace chrona::sample::exact
