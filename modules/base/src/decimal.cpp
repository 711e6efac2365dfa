// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/decimal.h"

#include <array>
#include <charconv>
#include <cmath>
#include <format>

namespace chrona {
namespace {

constexpr int kScaleMax = 18;

__extension__ typedef __int128 Wide;

Wide powerOfTen(int exponent)
{
    Wide value = 1;
    for (; exponent > 0; --exponent)
        value *= 10;
    return value;
}

std::unexpected<Error> notADecimal(std::string_view text)
{
    return fail(
        ErrorCode::InvalidInput,
        std::format("'{}' is not a decimal number of at most 18 digits", text.substr(0, 40)));
}

} // namespace

Result<Decimal> Decimal::parse(std::string_view text)
{
    const std::string_view whole = text;
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    Wide units = 0;
    int scale = 0;
    bool point = false;
    bool any = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (text[i] == '.' && !point) {
            point = true;
        } else if (text[i] >= '0' && text[i] <= '9') {
            any = true;
            units = units * 10 + (text[i] - '0');
            scale += point ? 1 : 0;
            if (units > Wide(INT64_MAX) * 1000)
                return notADecimal(whole);
        } else {
            break;
        }
    }
    if (i < text.size()) {
        int exponent = 0;
        if (!any || (text[i] != 'e' && text[i] != 'E'))
            return notADecimal(whole);
        const char *begin = text.data() + i + 1;
        if (begin != text.data() + text.size() && *begin == '+')
            ++begin;
        const auto [end, problem] = std::from_chars(begin, text.data() + text.size(), exponent);
        if (problem != std::errc{} || end != text.data() + text.size() || std::abs(exponent) > 40)
            return notADecimal(whole);
        scale -= exponent;
    }
    for (; scale > 0 && units % 10 == 0 && (scale > kScaleMax || units > INT64_MAX); --scale)
        units /= 10;
    for (; scale < 0 && units <= INT64_MAX; ++scale)
        units *= 10;
    if (!any || scale > kScaleMax || scale < 0 || units > INT64_MAX)
        return notADecimal(whole);
    return Decimal(static_cast<std::int64_t>(negative ? -units : units), std::uint8_t(scale));
}

Result<Decimal> Decimal::fromDouble(double value)
{
    if (!std::isfinite(value))
        return fail(ErrorCode::InvalidInput, "a price must be a finite number");
    std::array<char, 64> buffer;
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return parse(std::string_view(buffer.data(), written.ptr));
}

double Decimal::toDouble() const
{
    // Through text, so that the result is the nearest double and not one off by a rounding.
    const std::string text = toString();
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string Decimal::toString() const
{
    std::string digits = std::to_string(m_units);
    const std::size_t sign = m_units < 0 ? 1 : 0;
    if (m_scale == 0)
        return digits;
    if (digits.size() - sign <= m_scale)
        digits.insert(sign, m_scale + 1 - (digits.size() - sign), '0');
    digits.insert(digits.size() - m_scale, 1, '.');
    return digits;
}

std::strong_ordering operator<=>(const Decimal &left, const Decimal &right)
{
    const int scale = std::max(left.m_scale, right.m_scale);
    return Wide(left.m_units) * powerOfTen(scale - left.m_scale) <=>
           Wide(right.m_units) * powerOfTen(scale - right.m_scale);
}

} // namespace chrona
