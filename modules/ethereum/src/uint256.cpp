// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/uint256.h"

#include <algorithm>
#include <bit>
#include <format>

namespace chrona::ethereum {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Little-endian limbs of any number; long division bit by bit would be slow, so by 32-bit digits
/// (Knuth's algorithm D would be faster still; amounts are divided a few thousand times an epoch).
template <std::size_t N> using Limbs = std::array<std::uint64_t, N>;

template <std::size_t N> int widthOf(const Limbs<N> &limbs)
{
    for (std::size_t i = N; i-- > 0;)
        if (limbs[i] != 0)
            return static_cast<int>(i * 64 + 64) - std::countl_zero(limbs[i]);
    return 0;
}

template <std::size_t N> bool bitOf(const Limbs<N> &limbs, int bit)
{
    return (limbs[std::size_t(bit) / 64] >> (bit % 64) & 1) != 0;
}

Limbs<8> wideProduct(const Limbs<4> &left, const Limbs<4> &right)
{
    Limbs<8> product{};
    for (std::size_t i = 0; i < 4; ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const Wide sum = Wide(left[i]) * right[j] + product[i + j] + carry;
            product[i + j] = static_cast<std::uint64_t>(sum);
            carry = static_cast<std::uint64_t>(sum >> 64);
        }
        product[i + 4] = carry;
    }
    return product;
}

bool notLess(const Limbs<5> &left, const Limbs<4> &right)
{
    if (left[4] != 0)
        return true;
    for (std::size_t i = 4; i-- > 0;)
        if (left[i] != right[i])
            return left[i] > right[i];
    return true;
}

/// Schoolbook division, one bit a step: quotient in place, remainder returned. The fifth limb takes
/// the bit that a shift pushes out.
template <std::size_t N> Limbs<4> divideBits(Limbs<N> &value, const Limbs<4> &divisor)
{
    Limbs<5> rest{};
    Limbs<N> quotient{};
    for (int bit = widthOf(value) - 1; bit >= 0; --bit) {
        for (std::size_t i = 4; i > 0; --i)
            rest[i] = rest[i] << 1 | rest[i - 1] >> 63;
        rest[0] = rest[0] << 1 | std::uint64_t(bitOf(value, bit));
        if (!notLess(rest, divisor))
            continue;
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            const Wide take = Wide(i < 4 ? divisor[i] : 0) + borrow;
            borrow = Wide(rest[i]) < take ? 1 : 0;
            rest[i] = static_cast<std::uint64_t>(Wide(rest[i]) - take);
        }
        quotient[std::size_t(bit) / 64] |= std::uint64_t(1) << (bit % 64);
    }
    value = quotient;
    return {rest[0], rest[1], rest[2], rest[3]};
}

/// The quick way for divisors of one limb, which decimal conversion and shares use.
template <std::size_t N> std::uint64_t divideSmall(Limbs<N> &value, std::uint64_t divisor)
{
    std::uint64_t rest = 0;
    for (std::size_t i = N; i-- > 0;) {
        const Wide part = Wide(rest) << 64 | value[i];
        value[i] = static_cast<std::uint64_t>(part / divisor);
        rest = static_cast<std::uint64_t>(part % divisor);
    }
    return rest;
}

template <std::size_t N> Limbs<4> divideLimbs(Limbs<N> &value, const Limbs<4> &divisor)
{
    if (widthOf(divisor) <= 64)
        return {divideSmall(value, divisor[0]), 0, 0, 0};
    return divideBits(value, divisor);
}

Limbs<4> limbsOf(const Uint256 &value)
{
    const Bytes32 bytes = value.toBytes();
    Limbs<4> limbs{};
    for (std::size_t i = 0; i < 32; ++i)
        limbs[3 - i / 8] = limbs[3 - i / 8] << 8 | bytes[i];
    return limbs;
}

Uint256 fromLimbs(const Limbs<4> &limbs)
{
    Bytes32 bytes;
    for (std::size_t i = 0; i < 32; ++i)
        bytes[31 - i] = static_cast<std::uint8_t>(limbs[i / 8] >> (i % 8 * 8));
    return Uint256::fromBytes(bytes);
}

} // namespace

struct Uint256::Division {
    Uint256 quotient;
    Uint256 rest;
};

Uint256::Division Uint256::divide(const Uint256 &left, const Uint256 &right)
{
    Division division;
    division.quotient = left;
    division.rest.m_limbs = divideLimbs(division.quotient.m_limbs, right.m_limbs);
    return division;
}

Result<Uint256> Uint256::parse(std::string_view decimal)
{
    if (decimal.empty() || decimal.size() > 78)
        return fail(ErrorCode::InvalidInput, "not a whole number of at most 78 digits");
    Uint256 value;
    for (const char c : decimal) {
        if (c < '0' || c > '9')
            return fail(ErrorCode::InvalidInput, "not a whole number");
        const auto digit = static_cast<std::uint64_t>(c - '0');
        std::uint64_t carry = digit;
        for (std::uint64_t &limb : value.m_limbs) {
            const Wide sum = Wide(limb) * 10 + carry;
            limb = static_cast<std::uint64_t>(sum);
            carry = static_cast<std::uint64_t>(sum >> 64);
        }
        if (carry != 0)
            return fail(ErrorCode::InvalidInput, "the number does not fit in 256 bits");
    }
    return value;
}

Uint256 Uint256::fromBytes(ByteView bytes)
{
    Uint256 value;
    for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 32); ++i)
        value.m_limbs[i / 8] |= std::uint64_t(bytes[bytes.size() - 1 - i]) << (i % 8 * 8);
    return value;
}

Bytes32 Uint256::toBytes() const
{
    Bytes32 bytes;
    for (std::size_t i = 0; i < 32; ++i)
        bytes[31 - i] = static_cast<std::uint8_t>(m_limbs[i / 8] >> (i % 8 * 8));
    return bytes;
}

Bytes Uint256::toMinimalBytes() const
{
    const Bytes32 bytes = toBytes();
    const auto first = std::ranges::find_if(bytes, [](std::uint8_t byte) { return byte != 0; });
    return {first, bytes.end()};
}

std::string Uint256::toString() const
{
    constexpr std::uint64_t kChunk = 10'000'000'000'000'000'000ULL;
    Limbs<4> rest = m_limbs;
    std::string text;
    while (widthOf(rest) > 64) {
        text = std::format("{:019}", divideSmall(rest, kChunk)) + text;
    }
    if (rest[0] >= kChunk)
        return std::format("{}{:019}{}", rest[0] / kChunk, rest[0] % kChunk, text);
    return std::to_string(rest[0]) + text;
}

int Uint256::bitWidth() const
{
    return widthOf(m_limbs);
}

std::optional<std::uint64_t> Uint256::toUint64() const
{
    return bitWidth() <= 64 ? std::optional(m_limbs[0]) : std::nullopt;
}

Uint256 operator+(const Uint256 &left, const Uint256 &right)
{
    Uint256 sum;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Wide part = Wide(left.m_limbs[i]) + right.m_limbs[i] + carry;
        sum.m_limbs[i] = static_cast<std::uint64_t>(part);
        carry = static_cast<std::uint64_t>(part >> 64);
    }
    return sum;
}

Uint256 operator-(const Uint256 &left, const Uint256 &right)
{
    Uint256 difference;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Wide take = Wide(right.m_limbs[i]) + borrow;
        difference.m_limbs[i] = static_cast<std::uint64_t>(Wide(left.m_limbs[i]) - take);
        borrow = Wide(left.m_limbs[i]) < take ? 1 : 0;
    }
    return difference;
}

Uint256 operator*(const Uint256 &left, const Uint256 &right)
{
    const Limbs<8> product = wideProduct(left.m_limbs, right.m_limbs);
    Uint256 low;
    std::copy_n(product.begin(), 4, low.m_limbs.begin());
    return low;
}

Uint256 operator/(const Uint256 &left, const Uint256 &right)
{
    return Uint256::divide(left, right).quotient;
}

Uint256 operator%(const Uint256 &left, const Uint256 &right)
{
    return Uint256::divide(left, right).rest;
}

Uint256 operator<<(const Uint256 &value, unsigned bits)
{
    Uint256 shifted;
    const std::size_t whole = bits / 64;
    const unsigned part = bits % 64;
    for (std::size_t i = 4; i-- > whole;) {
        shifted.m_limbs[i] = value.m_limbs[i - whole] << part;
        if (part != 0 && i > whole)
            shifted.m_limbs[i] |= value.m_limbs[i - whole - 1] >> (64 - part);
    }
    return shifted;
}

std::strong_ordering operator<=>(const Uint256 &left, const Uint256 &right)
{
    return std::lexicographical_compare_three_way(left.m_limbs.rbegin(), left.m_limbs.rend(),
                                                  right.m_limbs.rbegin(), right.m_limbs.rend());
}

Result<Int256> Int256::parse(std::string_view decimal)
{
    const bool negative = decimal.starts_with('-');
    if (negative)
        decimal.remove_prefix(1);
    const auto magnitude = Uint256::parse(decimal);
    if (!magnitude)
        return std::unexpected(magnitude.error());
    if (magnitude->bitWidth() > 255)
        return fail(ErrorCode::InvalidInput, "the number does not fit in 255 bits and a sign");
    return Int256(*magnitude, negative);
}

std::string Int256::toString() const
{
    return (m_negative ? "-" : "") + m_magnitude.toString();
}

Int256 operator+(const Int256 &left, const Int256 &right)
{
    if (left.m_negative == right.m_negative)
        return {left.m_magnitude + right.m_magnitude, left.m_negative};
    if (left.m_magnitude >= right.m_magnitude)
        return {left.m_magnitude - right.m_magnitude, left.m_negative};
    return {right.m_magnitude - left.m_magnitude, right.m_negative};
}

Int256 operator-(const Int256 &value)
{
    return {value.m_magnitude, !value.m_negative};
}

std::strong_ordering operator<=>(const Int256 &left, const Int256 &right)
{
    if (left.m_negative != right.m_negative)
        return left.m_negative ? std::strong_ordering::less : std::strong_ordering::greater;
    return left.m_negative ? right.m_magnitude <=> left.m_magnitude
                           : left.m_magnitude <=> right.m_magnitude;
}

Uint256 multiplyDivide(const Uint256 &value, const Uint256 &numerator, const Uint256 &denominator)
{
    Limbs<8> product = wideProduct(limbsOf(value), limbsOf(numerator));
    divideLimbs(product, limbsOf(denominator));
    return fromLimbs({product[0], product[1], product[2], product[3]});
}

} // namespace chrona::ethereum
