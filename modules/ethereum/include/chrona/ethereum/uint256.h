// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"

#include <compare>
#include <optional>

namespace chrona::ethereum {

/// An unsigned 256-bit integer. Sums, differences and products wrap as on chain; where a wrap would
/// be a mistake, the checked forms say so.
class Uint256 {
public:
    constexpr Uint256() = default;
    constexpr Uint256(std::uint64_t value)
        : m_limbs{value, 0, 0, 0} {} // NOLINT: a number is a number

    [[nodiscard]] static Result<Uint256> parse(std::string_view decimal);
    /// Big-endian, at most 32 bytes.
    [[nodiscard]] static Uint256 fromBytes(ByteView bytes);
    [[nodiscard]] Bytes32 toBytes() const;
    /// Without leading zeros; empty for 0.
    [[nodiscard]] Bytes toMinimalBytes() const;
    [[nodiscard]] std::string toString() const; ///< decimal

    [[nodiscard]] constexpr bool isZero() const
    {
        return (m_limbs[0] | m_limbs[1] | m_limbs[2] | m_limbs[3]) == 0;
    }
    [[nodiscard]] int bitWidth() const;
    [[nodiscard]] std::optional<std::uint64_t> toUint64() const;

    friend Uint256 operator+(const Uint256 &left, const Uint256 &right);
    friend Uint256 operator-(const Uint256 &left, const Uint256 &right);
    friend Uint256 operator*(const Uint256 &left, const Uint256 &right);
    /// The divisor must not be 0.
    friend Uint256 operator/(const Uint256 &left, const Uint256 &right);
    friend Uint256 operator%(const Uint256 &left, const Uint256 &right);
    friend Uint256 operator<<(const Uint256 &value, unsigned bits);
    Uint256 &operator+=(const Uint256 &other) { return *this = *this + other; }
    Uint256 &operator-=(const Uint256 &other) { return *this = *this - other; }

    friend bool operator==(const Uint256 &, const Uint256 &) = default;
    friend std::strong_ordering operator<=>(const Uint256 &left, const Uint256 &right);

private:
    struct Division;
    [[nodiscard]] static Division divide(const Uint256 &left, const Uint256 &right);

    std::array<std::uint64_t, 4> m_limbs{}; ///< least significant first
};

/// Sign and magnitude, for amounts that can be owed.
class Int256 {
public:
    Int256() = default;
    explicit Int256(const Uint256 &magnitude) : m_magnitude(magnitude) {}

    /// At most 255 bits.
    [[nodiscard]] static Result<Int256> parse(std::string_view decimal);
    [[nodiscard]] const Uint256 &magnitude() const { return m_magnitude; }
    [[nodiscard]] bool isNegative() const { return m_negative; }
    [[nodiscard]] std::string toString() const;

    friend Int256 operator+(const Int256 &left, const Int256 &right);
    friend Int256 operator-(const Int256 &value);
    friend Int256 operator-(const Int256 &left, const Int256 &right) { return left + -right; }
    friend bool operator==(const Int256 &, const Int256 &) = default;
    friend std::strong_ordering operator<=>(const Int256 &left, const Int256 &right);

private:
    Int256(const Uint256 &magnitude, bool negative)
        : m_magnitude(magnitude), m_negative(negative && !magnitude.isZero())
    {
    }

    Uint256 m_magnitude;
    bool m_negative = false;
};

/// value × numerator / denominator, rounded down, with a 512-bit product: never wraps in between.
/// The result must fit; denominator not 0.
[[nodiscard]] Uint256 multiplyDivide(const Uint256 &value, const Uint256 &numerator,
                                     const Uint256 &denominator);

} // namespace chrona::ethereum
