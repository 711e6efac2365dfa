// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace chrona {

/// An exact decimal number: units × 10^-scale, e.g. {12345, 2} = 123.45. For money, where a double
/// would round. Up to 18 significant digits.
class Decimal {
public:
    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t units, std::uint8_t scale) : m_units(units), m_scale(scale) {}

    /// Digits with an optional sign, point and exponent; refuses what does not fit exactly.
    [[nodiscard]] static Result<Decimal> parse(std::string_view text);
    /// The shortest decimal that reads back as the same double.
    [[nodiscard]] static Result<Decimal> fromDouble(double value);

    [[nodiscard]] constexpr std::int64_t units() const { return m_units; }
    [[nodiscard]] constexpr std::uint8_t scale() const { return m_scale; }
    [[nodiscard]] double toDouble() const;
    [[nodiscard]] std::string toString() const;

    /// By value: 1.50 equals 1.5.
    friend std::strong_ordering operator<=>(const Decimal &left, const Decimal &right);
    friend bool operator==(const Decimal &left, const Decimal &right)
    {
        return (left <=> right) == std::strong_ordering::equal;
    }

private:
    std::int64_t m_units = 0;
    std::uint8_t m_scale = 0;
};

} // namespace chrona
