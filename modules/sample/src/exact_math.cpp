// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exact_math.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace chrona::sample::exact {

namespace {
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kPi = 3.14159265358979323846;
} // namespace

double exp(double x)
{
    const double k = std::floor(x / (kLn2High + kLn2Low) + 0.5);
    const double r = (x - k * kLn2High) - k * kLn2Low;
    // |r| <= 0.35: the Taylor series to r^13 is below the last place.
    double sum = 1;
    for (int i = 13; i >= 1; --i)
        sum = 1 + r * sum / i;
    return std::ldexp(sum, static_cast<int>(k));
}

double log(double x)
{
    auto bits = std::bit_cast<std::uint64_t>(x);
    int exponent = static_cast<int>(bits >> 52) - 1023;
    bits = (bits & 0x000F'FFFF'FFFF'FFFFU) | 0x3FF0'0000'0000'0000U;
    double mantissa = std::bit_cast<double>(bits);
    if (mantissa > 1.4142135623730951) {
        mantissa /= 2;
        ++exponent;
    }
    // ln m = 2 atanh((m-1)/(m+1)); the argument is below 0.1716.
    const double s = (mantissa - 1) / (mantissa + 1);
    const double z = s * s;
    double sum = 0;
    for (int i = 21; i >= 1; i -= 2)
        sum = sum * z + 1.0 / i;
    return exponent * kLn2High + (2 * s * sum + exponent * kLn2Low);
}

double sinTurns(double turns)
{
    double t = turns - std::floor(turns + 0.5); // -0.5 to 0.5
    if (t > 0.25)
        t = 0.5 - t;
    else if (t < -0.25)
        t = -0.5 - t;
    const double x = 2 * kPi * t;
    const double z = x * x;
    double sum = 1;
    for (int i = 21; i >= 3; i -= 2)
        sum = 1 - z * sum / (i * (i - 1));
    return x * sum;
}

double cosDegrees(double degrees)
{
    return cosTurns(degrees / 360);
}

double power(double base, double exponent)
{
    return exp(exponent * log(base));
}

double rounded(double value, int decimals)
{
    double scale = 1;
    for (int i = 0; i < decimals; ++i)
        scale *= 10;
    return std::trunc(value * scale + (value < 0 ? -0.5 : 0.5)) / scale;
}

} // namespace chrona::sample::exact
