// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/venue_text.h"

#include "chrona/base/ascii.h"
#include "chrona/base/time.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace chrona::connect {
namespace {

constexpr std::size_t kDigitsMax = 80;
constexpr std::int64_t kMillisMax = 9'214'646'400'000; // 2262-01-01

/// A number as digits and the place of its point.
struct Digits {
    std::string digits;
    int point = 0; ///< digits in front of the point; may be beyond either end
    bool negative = false;
};

std::optional<int> exponentOf(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    int exponent = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (problem != std::errc{} || end != text.data() + text.size() || exponent < -60 ||
        exponent > 60)
        return std::nullopt;
    return exponent;
}

std::optional<Digits> digitsOf(std::string_view text)
{
    Digits number;
    if (text.starts_with('-') || text.starts_with('+')) {
        number.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text.size() > 2 * kDigitsMax)
        return std::nullopt;
    bool point = false;
    for (; !text.empty(); text.remove_prefix(1)) {
        if (text.front() == '.' && !point) {
            point = true;
        } else if (isAsciiDigit(text.front())) {
            number.digits += text.front();
            number.point += point ? 0 : 1;
        } else {
            break;
        }
    }
    if (number.digits.empty())
        return std::nullopt;
    if (!text.empty()) {
        const auto exponent =
            text.front() == 'e' || text.front() == 'E' ? exponentOf(text.substr(1)) : std::nullopt;
        if (!exponent)
            return std::nullopt;
        number.point += *exponent;
    }
    const std::size_t zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, zeros);
    number.point -= static_cast<int>(zeros);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    return number;
}

/// Everything before the point, as far as it fits.
std::optional<std::int64_t> wholePart(const Digits &number)
{
    if (number.negative && !number.digits.empty())
        return std::nullopt;
    std::int64_t value = 0;
    for (int i = 0; i < number.point; ++i) {
        if (value > kMillisMax)
            return std::nullopt;
        const auto at = static_cast<std::size_t>(i);
        value = value * 10 + (at < number.digits.size() ? number.digits[at] - '0' : 0);
    }
    return value <= kMillisMax ? std::optional(value) : std::nullopt;
}

bool isLeveraged(std::string_view base)
{
    static constexpr std::array<std::string_view, 12> kStems{
        "BTC", "ETH", "BNB", "XRP", "ADA", "LINK", "DOT", "TRX", "LTC", "EOS", "DOGE", "SOL"};
    const auto stemOf = [base](std::string_view ending) {
        return base.ends_with(ending) ? base.substr(0, base.size() - ending.size())
                                      : std::string_view();
    };
    if (std::ranges::contains(kStems, stemOf("UP")) ||
        std::ranges::contains(kStems, stemOf("DOWN")) ||
        std::ranges::contains(kStems, stemOf("BULL")) ||
        std::ranges::contains(kStems, stemOf("BEAR")))
        return true;
    return base.size() >= 4 && (base.back() == 'L' || base.back() == 'S') &&
           std::string_view("2345").contains(base[base.size() - 2]);
}

} // namespace

std::optional<DecimalText> plainDecimal(std::string_view text)
{
    const auto number = digitsOf(text);
    if (!number)
        return std::nullopt;
    const auto &[digits, point, negative] = *number;
    if (digits.empty())
        return "0";
    std::string out = negative ? "-" : "";
    const auto count = static_cast<int>(digits.size());
    if (point <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else if (point >= count) {
        out += digits + std::string(static_cast<std::size_t>(point - count), '0');
    } else {
        out += digits.substr(0, static_cast<std::size_t>(point)) + "." +
               digits.substr(static_cast<std::size_t>(point));
    }
    if (out.size() > kDigitsMax)
        return std::nullopt;
    return out;
}

bool isZero(std::string_view plain)
{
    return plain == "0";
}

bool isNegative(std::string_view plain)
{
    return plain.starts_with('-');
}

double toDouble(std::string_view plain)
{
    double value = 0;
    std::from_chars(plain.data(), plain.data() + plain.size(), value);
    return value;
}

std::optional<std::int64_t> millisFrom(std::string_view text, TimeUnit unit)
{
    if (unit == TimeUnit::Iso) {
        const auto instant = parseInstant(text);
        if (!instant)
            return std::nullopt;
        const auto ms = std::chrono::floor<std::chrono::milliseconds>(instant->time_since_epoch());
        return ms.count() >= 0 && ms.count() <= kMillisMax ? std::optional(ms.count())
                                                           : std::nullopt;
    }
    auto number = digitsOf(text);
    if (!number)
        return std::nullopt;
    constexpr std::array<int, 4> kShift{3, 0, -3, -6};
    number->point += kShift[static_cast<std::size_t>(unit)];
    return wholePart(*number);
}

Market splitMarket(std::string_view native, const SymbolStyle &style)
{
    Market market;
    market.native = native;
    const std::string whole = upperCase(native);
    std::string_view base;
    std::string_view quote;
    if (const auto at = style.separator != 0 ? whole.find(style.separator) : std::string::npos;
        at != std::string::npos) {
        base = std::string_view(whole).substr(0, at);
        quote = std::string_view(whole).substr(at + 1);
    } else if (style.separator == 0) {
        for (const std::string_view ending : style.quotes) {
            if (whole.size() > ending.size() && whole.ends_with(ending)) {
                base = std::string_view(whole).substr(0, whole.size() - ending.size());
                quote = ending;
                break;
            }
        }
    }
    if (base.empty() || quote.empty())
        return market;
    const auto canonical = [&style](std::string_view asset) {
        const auto alias = std::ranges::find(style.aliases, asset,
                                             &std::pair<std::string_view, std::string_view>::first);
        return alias != style.aliases.end() ? alias->second : asset;
    };
    if (isLeveraged(base))
        market.kind = InstrumentKind::Leveraged;
    market.symbol.append(canonical(base)).append("/").append(canonical(quote));
    return market;
}

std::string contractSymbol(const ContractParts &parts)
{
    std::string symbol(parts.base);
    symbol.append("/").append(parts.quote).append(":").append(parts.settle).append(parts.suffix);
    return symbol;
}

std::string upperCase(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

std::string lowerCase(std::string_view text)
{
    return asciiLowered(text);
}

std::string_view queryText(std::string_view target, std::string_view name)
{
    std::size_t at = target.find('?');
    while (at != std::string_view::npos) {
        target.remove_prefix(at + 1);
        at = target.find('&');
        const std::string_view pair = target.substr(0, at);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return {};
}

std::string_view pathPart(std::string_view target, std::string_view before)
{
    const std::size_t at = target.find(before);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = target.substr(at + before.size());
    return rest.substr(0, rest.find_first_of("/?"));
}

std::string_view piece(std::string_view text, char separator, std::size_t index)
{
    for (; index > 0; --index) {
        const std::size_t at = text.find(separator);
        if (at == std::string_view::npos)
            return {};
        text.remove_prefix(at + 1);
    }
    return text.substr(0, text.find(separator));
}

bool isSuccessor(std::string_view before, std::string_view next)
{
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    const auto read = [](std::string_view text, std::uint64_t &value) {
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        return problem == std::errc{} && end == text.data() + text.size();
    };
    return read(before, left) && read(next, right) && right > 0 && left == right - 1;
}

bool mentions(std::string_view text, std::string_view lowerWord)
{
    return std::ranges::search(text, lowerWord, {}, asciiLower).begin() != text.end() ||
           lowerWord.empty();
}

} // namespace chrona::connect
