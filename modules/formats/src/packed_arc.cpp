// SPDX-License-Identifier: AGPL-3.0-or-later
#include "packed_arc.h"

#include "varint.h"

#include <array>
#include <cmath>
#include <cstring>

namespace chrona::formats {
namespace {

/// The first byte of an arc: how many decimals its numbers have, or one of these.
constexpr char kDoubles = 'd', kFaulty = 'f';
constexpr std::array<double, 10> kDecimalPowers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
/// Whole numbers up to here are doubles, and the differences of two of them as well.
constexpr double kWholeMax = 4503599627370496.0; // 2^52

/// Whether the number is a whole one of so many decimals: then the division gives it back, because
/// both are doubles and the quotient is rounded as the text was.
bool hasDecimals(double number, std::size_t decimals)
{
    const double whole = std::nearbyint(number * kDecimalPowers[decimals]);
    return std::abs(whole) < kWholeMax && whole / kDecimalPowers[decimals] == number;
}

std::size_t decimalsOf(std::span<const NumberPair> positions)
{
    std::size_t decimals = 0;
    for (const NumberPair &pair : positions)
        for (const double number : {pair.x, pair.y})
            while (decimals < kDecimalPowers.size() && !hasDecimals(number, decimals))
                ++decimals;
    return decimals;
}

void putZigzag(std::string &into, std::int64_t number)
{
    auto rest =
        (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
    for (; rest >= 0x80; rest >>= 7)
        into += static_cast<char>((rest & 0x7F) | 0x80);
    into += static_cast<char>(rest);
}

void putDouble(std::string &into, double number)
{
    std::array<char, sizeof number> bytes{};
    std::memcpy(bytes.data(), &number, sizeof number);
    into.append(bytes.data(), bytes.size());
}

double doubleAt(std::string_view bytes)
{
    double number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
}

} // namespace

void packArc(std::span<const NumberPair> positions, std::string &into)
{
    into.clear();
    const std::size_t decimals = decimalsOf(positions);
    if (decimals == kDecimalPowers.size()) {
        into += kDoubles;
        for (const NumberPair &pair : positions) {
            putDouble(into, pair.x);
            putDouble(into, pair.y);
        }
        return;
    }
    into += static_cast<char>(decimals);
    std::int64_t beforeX = 0, beforeY = 0;
    for (const NumberPair &pair : positions) {
        const auto x = static_cast<std::int64_t>(std::nearbyint(pair.x * kDecimalPowers[decimals]));
        const auto y = static_cast<std::int64_t>(std::nearbyint(pair.y * kDecimalPowers[decimals]));
        putZigzag(into, x - beforeX);
        putZigzag(into, y - beforeY);
        // Without decimals they are the steps of a grid, which are differences already.
        beforeX = decimals == 0 ? 0 : x;
        beforeY = decimals == 0 ? 0 : y;
    }
}

void packFault(const schema::Fault &fault, std::string &into)
{
    into = kFaulty;
    into += fault.field;
    into += '\n';
    into += fault.reason;
}

Located<std::vector<NumberPair>> unpackArc(std::string_view packed)
{
    const char form = packed.front();
    packed.remove_prefix(1);
    if (form == kFaulty) {
        const std::size_t end = packed.find('\n');
        return fault(std::string(packed.substr(0, end)), std::string(packed.substr(end + 1)));
    }
    std::vector<NumberPair> positions;
    if (form == kDoubles) {
        constexpr std::size_t kPair = 2 * sizeof(double);
        for (; packed.size() >= kPair; packed.remove_prefix(kPair))
            positions.push_back({doubleAt(packed), doubleAt(packed.substr(sizeof(double)))});
        return positions;
    }
    const auto decimals = static_cast<std::size_t>(form);
    positions.reserve(packed.size() / 2);
    VarintReader numbers(packed);
    std::int64_t x = 0, y = 0;
    while (!numbers.isAtEnd()) {
        const std::int64_t stepX = numbers.zigzag();
        const std::int64_t stepY = numbers.zigzag();
        x = decimals == 0 ? stepX : x + stepX;
        y = decimals == 0 ? stepY : y + stepY;
        positions.push_back({static_cast<double>(x) / kDecimalPowers[decimals],
                             static_cast<double>(y) / kDecimalPowers[decimals]});
    }
    return positions;
}

} // namespace chrona::formats
